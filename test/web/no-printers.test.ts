import { afterEach, beforeEach, expect, test } from 'vitest'
import { noRights } from '../../src/core/people/rights.ts'
import { openTicket } from '../../src/core/tickets/open.ts'
import { startTwoGroups } from '../parts/two-groups.ts'
import { aVisitor, type Visitor } from '../parts/visitor.ts'
import type { RunningWeb } from '../parts/web.ts'

// Tickets and reports for who may not look at printers.

let web: RunningWeb
let kim: Visitor
let ticket: string

beforeEach(async () => {
  ;({ web } = await startTwoGroups())
  const { id } = await web.person('kim', 'reader')
  ticket = await web.store.update((tx) => {
    const kept = tx.state.people[id]
    const printer = tx.state.printers.gym
    if (!kept || !printer) throw new Error('nobody to give rights to, or nothing to report')
    tx.put('people', { ...kept, rights: { ...noRights, tickets: 'look', reports: 'look' } })
    const matter = { kind: 'issue', fault: 'jam', wants: null } as const
    const told = { words: '', requester: { name: null, email: null }, printerThen: null }
    return openTicket(tx, printer, { ...matter, ...told, form: null }, web.act).ticket.id
  })
  kim = aVisitor(web)
  await kim.signIn('kim')
})
afterEach(() => web.stop())

test('tells the name of a printer without a link that would be refused', async () => {
  for (const path of ['/', '/tickets', `/tickets/${ticket}`, '/reports']) {
    const page = await kim.text(path)
    expect(page, path).toContain('GYM-1')
    expect(page, path).not.toContain('<a href="/printers')
  }
})
