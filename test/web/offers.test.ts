import { afterEach, beforeEach, expect, test } from 'vitest'
import { aPrinter } from '../parts/records.ts'
import { startTwoGroups } from '../parts/two-groups.ts'
import type { Visitor } from '../parts/visitor.ts'
import type { RunningWeb } from '../parts/web.ts'

// What a page offers may be done by who reads it.

let web: RunningWeb
let ada: Visitor
let ben: Visitor

beforeEach(async () => {
  ;({ web, ada, ben } = await startTwoGroups())
  await web.store.update((tx) => {
    tx.put('printers', aPrinter({ id: 'old', label: 'OLD-1', isActive: false, group: 'g-gym' }))
  })
})
afterEach(() => web.stop())

test('who looks after some groups is offered nothing that touches all printers', async () => {
  expect(await ada.text('/printers')).toContain('href="/printers/import"')
  expect(await ben.text('/printers')).not.toContain('href="/printers/import"')
  expect(await ada.text('/printers/old')).toContain('href="/printers/old/remove"')
  expect(await ben.text('/printers/old')).not.toContain('href="/printers/old/remove"')
})

test('a printer that is retired offers neither its label nor the page behind its code', async () => {
  const page = await ada.text('/printers/old')
  expect(page).not.toContain('/labels?printer=old')
  expect(page).not.toContain('href="/p/')
  expect(await ada.text('/printers/gym')).toContain('/labels?printer=gym')
})
