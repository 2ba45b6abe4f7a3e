import { beforeEach, expect, test } from 'vitest'
import type { Act } from '../../src/core/act.ts'
import type { Printer } from '../../src/core/printers/printer.ts'
import type { Store } from '../../src/core/store.ts'
import { aliveTickets, findByReceipt } from '../../src/core/tickets/find.ts'
import { mergeTicket } from '../../src/core/tickets/merge.ts'
import { joinTicket, openTicket, type TicketWords } from '../../src/core/tickets/open.ts'
import { mistakesIn, type Report, requesterOf } from '../../src/core/tickets/report.ts'
import {
  noteTicket,
  reopenTicket,
  resolveTicket,
  takeTicket,
} from '../../src/core/tickets/settle.ts'
import { isAlive, stateWords } from '../../src/core/tickets/ticket.ts'
import { createAct } from '../parts/act.ts'
import { aPrinter, aPrinterThen } from '../parts/records.ts'
import { createMemoryStore } from '../parts/store.ts'

const printer = aPrinter({ id: 'p-1', label: 'LIB-1', group: 'g-1' })
const other = aPrinter({ id: 'p-2', label: 'LIB-2', ipAddress: '127.0.0.2', token: 'B' })
const nobody = { name: null, email: null }
const jam: TicketWords = {
  ...{ kind: 'issue', fault: 'jam', wants: null, words: '', form: null, requester: nobody },
  printerThen: aPrinterThen('error', 'Paper jam'),
}
const poorPrint: TicketWords = { ...jam, fault: 'poor-print' }
const toner: TicketWords = { ...jam, kind: 'supply', fault: null, wants: 'toner' }

let store: Store
const atEight = createAct('QR page')
const later = (minutes: number, by = 'ada'): Act => ({
  ...atEight,
  ...{ by, now: new Date(atEight.now.getTime() + minutes * 60_000) },
})

beforeEach(async () => {
  store = createMemoryStore()
  await store.update((tx) => {
    tx.put('printers', printer)
    tx.put('printers', other)
  })
})

const open = (words: TicketWords, act: Act = atEight, at: Printer = printer) =>
  store.update((tx) => openTicket(tx, at, words, act))
const letters = () => Object.values(store.state.outbox)
const tickets = () => Object.values(store.state.tickets)
const whatHappened = () => Object.values(store.state.journal).map(({ what, by }) => [what, by])

test('opens a ticket, with a letter to the group and a line in the journal', async () => {
  const requester = { name: 'Bo', email: 'bo@school.edu' }
  const { ticket, how } = await open({ ...jam, words: 'It tore.', requester })
  expect([how, ticket.state, ticket.printer]).toEqual(['opened', 'open', 'p-1'])
  expect(ticket).toMatchObject({
    openedAt: '2026-03-02T08:00:00.000Z',
    printerThen: jam.printerThen,
  })
  expect(letters()).toMatchObject([
    {
      ...{ kind: 'ticket-opened', to: { group: 'g-1' }, state: 'waiting' },
      facts: {
        ...{ title: 'Paper jam', printer: 'LIB-1', place: 'Library Room 12', words: 'It tore.' },
        ...{ requester: 'Bo, bo@school.edu', printerSaid: 'error; Paper jam' },
      },
    },
  ])
  expect(whatHappened()).toEqual([['ticket opened', 'QR page']])
})

test('is taken, noted and resolved by those who act, and tells who left an address', async () => {
  const { ticket } = await open({ ...jam, requester: { name: 'Bo', email: 'Bo@school.edu' } })
  await open({ ...jam, requester: { name: null, email: 'cy@school.edu' } }, later(1))
  await open({ ...jam, requester: { name: null, email: 'bo@school.edu' } }, later(2))
  await store.update((tx) => takeTicket(tx, ticket.id, later(5)))
  await store.update((tx) => noteTicket(tx, ticket.id, ' Fuser is worn. ', later(6, 'bea')))
  const done = await store.update((tx) => resolveTicket(tx, ticket.id, later(9, 'bea')))
  expect(done).toMatchObject({
    ...{ state: 'resolved', takenBy: 'ada', takenAt: '2026-03-02T08:05:00.000Z' },
    ...{ resolvedBy: 'bea', resolvedAt: '2026-03-02T08:09:00.000Z' },
    notes: [{ by: 'bea', words: 'Fuser is worn.', at: '2026-03-02T08:06:00.000Z' }],
  })
  const told = letters().filter(({ kind }) => kind === 'ticket-resolved')
  expect(told.map(({ to }) => to)).toEqual([{ email: 'bo@school.edu' }, { email: 'cy@school.edu' }])
  expect(JSON.stringify(told)).not.toContain('Bo')
  expect(aliveTickets(store.state)).toEqual([])
})

test('is open to everybody again when it is reopened', async () => {
  const { ticket } = await open(jam)
  await store.update((tx) => takeTicket(tx, ticket.id, later(1)))
  await store.update((tx) => resolveTicket(tx, ticket.id, later(2)))
  const again = await store.update((tx) => reopenTicket(tx, ticket.id, later(3)))
  expect(again).toMatchObject({ state: 'open', takenBy: null, resolvedBy: null, resolvedAt: null })
  await store.update((tx) => takeTicket(tx, ticket.id, later(4, 'bea')))
  expect(aliveTickets(store.state).map(stateWords)).toEqual(['taken by bea'])
})

test('goes into another of the same printer, and whoever reported it follows that one', async () => {
  const { ticket: first } = await open(jam)
  const bo = { name: 'Bo', email: 'bo@school.edu' }
  const { ticket } = await open({ ...poorPrint, words: 'Streaks', requester: bo }, later(1))
  await store.update((tx) => noteTicket(tx, ticket.id, 'The same roller.', later(2)))
  await store.update((tx) => mergeTicket(tx, { id: ticket.id, into: first.id }, later(3)))
  const into = store.state.tickets[first.id]
  expect(into?.meToo).toMatchObject([{ requester: bo, words: 'Streaks' }])
  expect(into?.notes).toMatchObject([{ words: 'The same roller.' }])
  expect(findByReceipt(store.state, ticket.receipt.toLowerCase())?.id).toBe(first.id)
  await store.update((tx) => resolveTicket(tx, first.id, later(4)))
  expect(letters().at(-1)?.to).toEqual({ email: 'bo@school.edu' })
})

test('refuses what makes no sense, and changes nothing by it', async () => {
  const { ticket } = await open(jam)
  const { ticket: strange } = await open(jam, atEight, other)
  await store.update((tx) => takeTicket(tx, ticket.id, later(1)))
  const before = structuredClone(tickets())
  const { id } = ticket
  const acts: [string, string, Parameters<typeof store.update>[0]][] = [
    ['taken twice', 'conflict', (tx) => takeTicket(tx, id, later(2))],
    ['reopened while alive', 'conflict', (tx) => reopenTicket(tx, id, later(2))],
    ['noted without words', 'invalid', (tx) => noteTicket(tx, id, ' \n', later(2))],
    ['noted at length', 'invalid', (tx) => noteTicket(tx, id, 'x'.repeat(1001), later(2))],
    ['into itself', 'invalid', (tx) => mergeTicket(tx, { id, into: id }, later(2))],
    [
      'into another printer',
      'invalid',
      (tx) => mergeTicket(tx, { id, into: strange.id }, later(2)),
    ],
    ['unknown', 'missing', (tx) => resolveTicket(tx, 't-0', later(2))],
    ['named like a prototype', 'missing', (tx) => resolveTicket(tx, 'constructor', later(2))],
  ]
  for (const [what, code, act] of acts)
    await expect(store.update(act), what).rejects.toMatchObject({ code })
  await store.update((tx) => resolveTicket(tx, id, later(3)))
  await expect(store.update((tx) => resolveTicket(tx, id, later(4)))).rejects.toMatchObject({
    code: 'conflict',
  })
  await expect(
    store.update((tx) => joinTicket(tx, id, { ...jam, form: 'F' }, later(4))),
  ).rejects.toMatchObject({ code: 'conflict' })
  expect(tickets().filter(isAlive)).toEqual(before.filter(({ id }) => id === strange.id))
})

test('refuses the fourth issue for one printer within the hour, with the time to wait', async () => {
  await open({ ...jam })
  await open({ ...poorPrint }, later(10))
  await open({ ...jam, fault: 'panel' }, later(20))
  const fourth = { ...jam, fault: 'empty' } as const
  await expect(open(fourth, later(30))).rejects.toMatchObject({
    code: 'too-many',
    message: 'Thank you. The trouble with LIB-1 is known and somebody will come.',
    details: { retryAfterSeconds: 30 * 60 },
  })
  expect([tickets().length, letters().length]).toEqual([3, 3])
  expect((await open(fourth, later(30), other)).how).toBe('opened')
  expect((await open(toner, later(30))).how).toBe('opened')
  expect((await open(fourth, later(60))).how).toBe('opened')
})

test('an issue that is settled counts as well', async () => {
  for (const minute of [0, 1, 2]) {
    const { ticket } = await open(jam, later(minute))
    await store.update((tx) => resolveTicket(tx, ticket.id, later(minute)))
  }
  await expect(open(jam, later(3))).rejects.toMatchObject({ code: 'too-many' })
})

test('a clock that was a year ahead shuts no printer', async () => {
  for (const fault of ['jam', 'panel', 'empty'] as const)
    await open({ ...jam, fault }, later(365 * 24 * 60))
  expect((await open(poorPrint)).how).toBe('opened')
})

test('the same fault by another student joins the open ticket, also after the third', async () => {
  const { ticket } = await open(jam)
  await open(poorPrint)
  await open({ ...jam, fault: 'panel' })
  await store.update((tx) => takeTicket(tx, ticket.id, later(1)))
  const requester = { name: 'Cy', email: null }
  const { ticket: joined, how } = await open({ ...jam, words: 'Tray 2', requester }, later(2))
  expect([how, joined.id, joined.state]).toEqual(['joined', ticket.id, 'taken'])
  expect(joined.meToo).toEqual([
    { at: '2026-03-02T08:02:00.000Z', requester, words: 'Tray 2', form: null },
  ])
  expect(letters()).toHaveLength(3)
})

test('supplies are asked for as often as they run out, and asked for once', async () => {
  for (const wants of ['toner', 'paper', 'staples', 'other'] as const)
    expect((await open({ ...toner, wants })).how).toBe('opened')
  expect((await open(toner)).how).toBe('joined')
  expect(tickets()).toHaveLength(4)
})

test('after it was settled the same fault is a new ticket', async () => {
  const { ticket } = await open({ ...jam, form: 'F' })
  await store.update((tx) => resolveTicket(tx, ticket.id, later(1)))
  expect((await open({ ...jam, form: 'G' }, later(2))).how).toBe('opened')
})

test('something else is the same only in the same words', async () => {
  const smoke = { ...jam, fault: 'other', words: 'It smokes' } as const
  await open(smoke)
  expect((await open({ ...smoke, words: ' it\n SMOKES ' })).how).toBe('joined')
  expect((await open({ ...smoke, words: 'It beeps' })).how).toBe('opened')
})

test('the same form sent twice is one ticket, and one me-too', async () => {
  const first = await open({ ...jam, form: 'F1' })
  const twice = await open({ ...jam, form: 'F1' })
  expect([twice.how, twice.ticket.id]).toEqual(['sent-twice', first.ticket.id])
  expect((await open({ ...jam, form: 'F2' })).how).toBe('joined')
  expect((await open({ ...jam, form: 'F2' })).how).toBe('sent-twice')
  const meToo = { words: '', requester: nobody, form: 'F3' }
  const join = () => store.update((tx) => joinTicket(tx, first.ticket.id, meToo, atEight))
  expect([(await join()).how, (await join()).how]).toEqual(['joined', 'sent-twice'])
  expect(tickets().map(({ meToo: all }) => all.length)).toEqual([2])
  expect(letters()).toHaveLength(1)
  // Back in the browser, and something else tapped: the page is the same, the trouble is not.
  expect((await open({ ...poorPrint, form: 'F1' })).how).toBe('opened')
  expect((await open({ ...jam, form: 'F1' }, atEight, other)).how).toBe('opened')
})

test('a crowd makes the record no longer than two hundred', async () => {
  const { ticket } = await open(jam)
  for (let person = 0; person < 250; person++) await open({ ...jam, form: `F${person}` })
  expect(store.state.tickets[ticket.id]?.meToo).toHaveLength(200)
})

test('those alive come with the oldest first', async () => {
  const { ticket: second } = await open(jam, later(5))
  const { ticket: first } = await open(poorPrint, later(1))
  await store.update((tx) => takeTicket(tx, second.id, later(6)))
  expect(aliveTickets(store.state).map(({ id }) => id)).toEqual([first.id, second.id])
})

test('a report holds what the site asks for', () => {
  const matter = { kind: 'issue', fault: 'jam', wants: null } as const
  const empty: Report = { matter: null, words: '', name: '', email: '' }
  const off = { name: 'off', email: 'off' } as const
  const asked = { name: 'required', email: 'required' } as const
  const wished = { name: 'optional', email: 'optional' } as const
  expect(Object.keys(mistakesIn(empty, asked))).toEqual(['matter', 'name', 'email'])
  expect(mistakesIn({ ...empty, matter }, wished)).toEqual({})
  const long = { matter, words: 'x'.repeat(501), name: 'x'.repeat(101), email: 'bo@' }
  expect(Object.keys(mistakesIn(long, wished))).toEqual(['words', 'name', 'email'])
  expect(Object.keys(mistakesIn(long, off))).toEqual(['words'])
  const bo = { matter, words: '', name: 'Bo', email: 'bo@school.edu' }
  expect(requesterOf(bo, off)).toEqual({ name: null, email: null })
  expect(requesterOf(bo, wished)).toEqual({ name: 'Bo', email: 'bo@school.edu' })
})

test('what is reopened before its letter went is told to nobody', async () => {
  const { ticket } = await open({ ...jam, requester: { name: null, email: 'bo@school.edu' } })
  await store.update((tx) => resolveTicket(tx, ticket.id, later(5)))
  const kinds = () => Object.values(store.state.outbox).map(({ kind }) => kind)
  expect(kinds()).toContain('ticket-resolved')
  await store.update((tx) => reopenTicket(tx, ticket.id, later(6)))
  expect(kinds()).toEqual(['ticket-opened'])
})

test('ten things asked for are enough to come', async () => {
  const asking = (words: string) => open({ ...toner, wants: 'other', words }, createAct('QR page'))
  const ids: Act = later(0)
  for (let at = 0; at < 10; at++)
    await store.update((tx) =>
      openTicket(tx, printer, { ...toner, wants: 'other', words: `w${at}` }, ids),
    )
  await expect(asking('one more')).rejects.toMatchObject({ code: 'too-many' })
})

test('who reported it is told of the end of a ticket, though its printer was removed meanwhile', async () => {
  const requester = { name: null, email: 'bo@school.edu' }
  await store.update((tx) => {
    const { ticket } = openTicket(tx, printer, { ...jam, requester }, atEight)
    tx.drop('printers', printer.id)
    resolveTicket(tx, ticket.id, later(5))
  })
  expect(Object.values(store.state.outbox)).toContainEqual(
    expect.objectContaining({
      ...{ kind: 'ticket-resolved', to: { email: 'bo@school.edu' } },
      facts: expect.objectContaining({ title: 'Paper jam', printer: 'a printer that is gone' }),
    }),
  )
})
