import { expect, test } from 'vitest'
import type { Entry } from '../../src/core/journal/entry.ts'
import { changesBetween, note } from '../../src/core/journal/journal.ts'
import { addPerson, disablePerson, setPassword } from '../../src/core/people/people.ts'
import { importPrinters } from '../../src/core/printers/import.ts'
import { setSupplyRule } from '../../src/core/printers/supply-rules.ts'
import { openTicket, type TicketWords } from '../../src/core/tickets/open.ts'
import { reopenTicket, resolveTicket, takeTicket } from '../../src/core/tickets/settle.ts'
import { createAct } from '../parts/act.ts'
import { aPrinter, cheapPassword } from '../parts/records.ts'
import { createMemoryStore } from '../parts/store.ts'

const ada = createAct('ada')
const atThePrinter = { ...createAct('QR page'), address: '192.0.2.7' }
const jam: TicketWords = {
  ...{ kind: 'issue', fault: 'jam', wants: null, words: 'It tore my thesis.', form: null },
  ...{ requester: { name: 'Bo', email: 'bo@school.edu' }, printerThen: null },
}

async function aRoom() {
  const store = createMemoryStore()
  const printer = aPrinter({ label: 'LIB-1' })
  await store.update((tx) => tx.put('printers', printer))
  const entries = () =>
    Object.values(store.state.journal).sort((a, b) => a.number - b.number) as Entry[]
  const newest = () => entries().at(-1)
  return { ...store, printer, entries, newest }
}

const unsaid = (entry: Entry | undefined) => JSON.stringify({ ...entry, personal: null })

test('what was and what is stand beside each other, from report to reopening', async () => {
  const room = await aRoom()
  const { ticket } = await room.update((tx) => openTicket(tx, room.printer, jam, atThePrinter))
  await room.update((tx) => takeTicket(tx, ticket.id, ada))
  await room.update((tx) => resolveTicket(tx, ticket.id, ada))
  await room.update((tx) => reopenTicket(tx, ticket.id, ada))
  const at = ada.now.toISOString()
  expect(room.entries().map(({ by, what, changes }) => [by, what, changes])).toEqual([
    ['QR page', 'ticket opened', {}],
    [
      ...['ada', 'ticket taken'],
      { state: ['open', 'taken'], takenBy: [null, 'ada'], takenAt: [null, at] },
    ],
    [
      ...['ada', 'ticket resolved'],
      { state: ['taken', 'resolved'], resolvedBy: [null, 'ada'], resolvedAt: [null, at] },
    ],
    [
      ...['ada', 'ticket reopened'],
      {
        state: ['resolved', 'open'],
        ...{ takenBy: ['ada', null], takenAt: [at, null] },
        ...{ resolvedBy: ['ada', null], resolvedAt: [at, null] },
      },
    ],
  ])
})

test('who reported stands apart from what was reported, and their words stand nowhere', async () => {
  const room = await aRoom()
  await room.update((tx) => openTicket(tx, room.printer, jam, atThePrinter))
  const other = { ...jam, requester: { name: null, email: 'cy@school.edu' } }
  await room.update((tx) => openTicket(tx, room.printer, other, atThePrinter))
  const [opened, joined] = room.entries()
  expect(opened?.details).toEqual({ printer: 'LIB-1', kind: 'issue', matter: 'jam' })
  const fields = { name: 'Bo', email: 'bo@school.edu', address: '192.0.2.7' }
  expect(opened?.personal?.fields).toEqual(fields)
  expect(joined?.changes).toEqual({ meToo: [0, 1] })
  expect(joined?.personal?.fields).toEqual({ email: 'cy@school.edu', address: '192.0.2.7' })
  for (const entry of [opened, joined]) {
    expect(unsaid(entry)).not.toMatch(/"Bo"|school\.edu|192\.0\.2/)
    expect(JSON.stringify(entry)).not.toContain('thesis')
  }
})

test('of an account it tells name and address apart, and nothing that lets anybody in', async () => {
  const room = await aRoom()
  const password = await cheapPassword('cy', 'correct horse')
  const words = { name: 'cy', email: 'cy@school.edu', role: 'manager', password } as const
  const { id } = await room.update((tx) => addPerson(tx, words, ada))
  expect(room.newest()).toMatchObject({ subject: id, details: { name: 'cy', role: 'manager' } })
  expect(room.newest()?.personal?.fields).toEqual({ email: 'cy@school.edu' })
  expect(unsaid(room.newest())).not.toContain('@school')
  await room.update((tx) => setPassword(tx, { name: 'cy', password }, ada))
  expect(room.newest()?.changes).toEqual({})
  await room.update((tx) => disablePerson(tx, { name: 'cy' }, ada))
  expect(room.newest()?.changes).toEqual({ disabledAt: [null, ada.now.toISOString()] })
  expect(JSON.stringify(room.entries())).not.toContain(password.hash)
})

test('an import tells each cell before and after, of a community only that it changed', async () => {
  const room = await aRoom()
  const head = 'label,ipAddress,group,location,community\n'
  const importing = (rows: string) => room.update((tx) => importPrinters(tx, `${head}${rows}`, ada))
  await importing('LIB-1,127.0.0.1,Library,Room 12,hush-hush\nGYM-1,127.0.0.2,,,s3cret\n')
  const [group, changed, added] = room.entries()
  expect(group).toMatchObject({ what: 'group added', details: { name: 'Library' } })
  expect(changed).toMatchObject({ what: 'changed', details: { label: 'LIB-1' } })
  expect(changed?.changes).toEqual({ group: [null, 'Library'] })
  expect(changed?.details).not.toHaveProperty('community')
  expect(added?.changes).toEqual({
    ...{ label: [null, 'GYM-1'], ipAddress: [null, '127.0.0.2'], isActive: [null, true] },
  })
  await importing('LIB-1,127.0.0.1,Library,Room 13,whisper\n')
  expect(room.newest()).toMatchObject({
    details: { label: 'LIB-1', community: 'changed' },
    changes: { location: ['Room 12', 'Room 13'] },
  })
  expect(JSON.stringify(room.entries())).not.toMatch(/hush|s3cret|whisper/)
})

test('a rule of a supply tells what it was before', async () => {
  const room = await aRoom()
  const set = (warningPercent: number | null) =>
    room.update((tx) => {
      const rule = { invert: false, ignore: false, warningPercent, errorPercent: null }
      const printer = tx.state.printers[room.printer.id] ?? room.printer
      setSupplyRule(tx, printer, { index: '1.1', rule, supply: null }, ada)
    })
  for (const percent of [30, 25, null]) await set(percent)
  expect(room.entries().map(({ what, changes }) => [what, changes.warningPercent])).toEqual([
    ['supply rule set', [null, 30]],
    ['supply rule set', [30, 25]],
    ['supply rule taken back', [25, null]],
  ])
})

test('only what differs is told, lists by what is in them', () => {
  const before = { a: 1, b: null, c: ['x'], d: 'same' }
  const after = { a: 2, b: null, c: ['x'], d: 'same' }
  expect(changesBetween(before, after, ['a', 'b', 'c', 'd'])).toEqual({ a: [1, 2] })
  expect(changesBetween(null, after, ['a', 'b'])).toEqual({ a: [null, 2] })
})

test('what an act that was refused would have noted is not in the chain', async () => {
  const room = await aRoom()
  const refused = room.update((tx) => {
    note(tx, ada, { what: 'added', subject: 'p-1' })
    throw new Error('refused after all')
  })
  await expect(refused).rejects.toThrow('refused')
  expect(room.state.chain).toEqual({})
  await room.update((tx) => note(tx, ada, { what: 'added', subject: 'p-1' }))
  expect(room.newest()?.number).toBe(1)
})
