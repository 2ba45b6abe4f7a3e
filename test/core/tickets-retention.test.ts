import { beforeEach, expect, test } from 'vitest'
import type { Act } from '../../src/core/act.ts'
import { verifyJournal } from '../../src/core/journal/verify.ts'
import { dropLetter } from '../../src/core/outbox/by-hand.ts'
import type { Store } from '../../src/core/store.ts'
import { heldAbout } from '../../src/core/tickets/erasure.ts'
import { findByReceipt } from '../../src/core/tickets/find.ts'
import { mergeTicket } from '../../src/core/tickets/merge.ts'
import { openTicket, type TicketWords } from '../../src/core/tickets/open.ts'
import { forgetOld } from '../../src/core/tickets/retention.ts'
import { noteTicket, resolveTicket } from '../../src/core/tickets/settle.ts'
import { createAct } from '../parts/act.ts'
import { aPrinter } from '../parts/records.ts'
import { createMemoryStore } from '../parts/store.ts'

const printer = aPrinter({ id: 'p-1', label: 'LIB-1', group: 'g-1' })
const bo = { name: 'Bo Berg', email: 'bo@school.edu' }
const jam: TicketWords = {
  ...{ kind: 'issue', fault: 'jam', wants: null, words: 'My thesis', form: null },
  ...{ requester: bo, printerThen: null },
}
const rules = { reporterDays: 180, ticketDays: 1095 }
const dayOne = createAct('ada')
const on = (day: number): Act => ({
  ...dayOne,
  now: new Date(dayOne.now.getTime() + day * 86_400_000),
})
/** From a QR page: the journal has the address of the phone. */
const student = { ...dayOne, by: 'QR page', from: 'QR page', address: '10.9.8.7' } as const

let store: Store
beforeEach(async () => {
  store = createMemoryStore()
  await store.update((tx) => tx.put('printers', printer))
})

const open = (words: TicketWords = jam) =>
  store.update((tx) => openTicket(tx, printer, words, student)).then(({ ticket }) => ticket.id)
const forget = (day: number, act: Partial<Act> = {}) =>
  store.update((tx) => forgetOld(tx, rules, { ...on(day), ...act }))
const all = () => JSON.stringify(store.state)
const lastEntry = () => Object.values(store.state.journal).at(-1)

test('who reported what is settled for half a year is forgotten, and what was done stays', async () => {
  const id = await open()
  await open({ ...jam, words: 'Mine too', requester: { name: null, email: 'cy@school.edu' } })
  await store.update((tx) => noteTicket(tx, id, 'Roller worn', on(0)))
  await store.update((tx) => resolveTicket(tx, id, on(1)))
  expect(await forget(181)).toEqual({ forgotten: 0, dropped: 0, more: false })
  expect(all()).toMatch(/Berg.*thesis/)
  expect(await forget(182)).toEqual({ forgotten: 1, dropped: 0, more: false })
  expect(all()).not.toMatch(/Berg|bo@|cy@|thesis|Mine too|10\.9\.8\.7/)
  expect(store.state.tickets[id]).toMatchObject({
    ...{ state: 'resolved', resolvedBy: 'ada', fault: 'jam', meToo: [{ words: '' }] },
    notes: [{ by: 'ada', words: 'Roller worn' }],
  })
  expect(lastEntry()).toMatchObject({ what: 'reporters forgotten', details: { tickets: 1 } })
  expect(verifyJournal(store.state)).toMatchObject({ ok: true })
  expect(await forget(183)).toEqual({ forgotten: 0, dropped: 0, more: false })
})

test('a letter about it tells of nobody, and one to its reporter is gone', async () => {
  const id = await open()
  await store.update((tx) => resolveTicket(tx, id, on(1)))
  await forget(182)
  expect(Object.values(store.state.outbox)).toMatchObject([
    { kind: 'ticket-opened', facts: { requester: '', words: '', printer: 'LIB-1' } },
  ])
})

test('after three years the ticket goes, with its letters; the journal knows what was done', async () => {
  const id = await open()
  await store.update((tx) => resolveTicket(tx, id, on(1)))
  expect(await forget(1097)).toEqual({ forgotten: 0, dropped: 1, more: false })
  expect(store.state.tickets).toEqual({})
  expect(store.state.outbox).toEqual({})
  expect(all()).not.toMatch(/Berg|bo@|10\.9\.8\.7/)
  const acts = Object.values(store.state.journal).map(({ what }) => what)
  expect(acts).toEqual(['ticket opened', 'ticket resolved', 'ticket forgotten'])
  expect(verifyJournal(store.state)).toMatchObject({ ok: true })
})

test('what somebody still has to do is kept, however old', async () => {
  const id = await open()
  expect(await forget(5000)).toEqual({ forgotten: 0, dropped: 0, more: false })
  expect(store.state.tickets[id]?.requester).toEqual(bo)
})

test('what went into another one is settled with that', async () => {
  const id = await open()
  const into = await open({ ...jam, fault: 'poor-print', words: 'Streaks' })
  await store.update((tx) => mergeTicket(tx, { id, into }, on(1)))
  expect((await forget(400)).forgotten).toBe(0)
  await store.update((tx) => resolveTicket(tx, into, on(400)))
  const receipt = store.state.tickets[id]?.receipt ?? ''
  expect((await forget(581)).forgotten).toBe(2)
  expect(heldAbout(store.state, 'bo@school.edu')).toEqual({ tickets: 0, letters: 0, entries: 0 })
  expect(findByReceipt(store.state, receipt)?.id).toBe(into)
  expect((await forget(1496)).dropped).toBe(2)
})

test('a run takes five hundred, and says that there are more', async () => {
  await store.update((tx) => {
    for (let at = 0; at < 510; at++) {
      const words = {
        ...jam,
        kind: 'supply',
        fault: null,
        wants: 'other',
        words: `w${at}`,
      } as const
      const { ticket } = openTicket(tx, printer, words, student)
      resolveTicket(tx, ticket.id, on(1))
    }
  })
  expect(await forget(200)).toEqual({ forgotten: 500, dropped: 0, more: true })
  expect(await forget(200)).toEqual({ forgotten: 10, dropped: 0, more: false })
})

test('while the time is not certain nothing is forgotten', async () => {
  const id = await open()
  await store.update((tx) => resolveTicket(tx, id, on(1)))
  expect(await forget(5000, { clockTrusted: false })).toMatchObject({ forgotten: 0, dropped: 0 })
  expect(store.state.tickets[id]?.requester).toEqual(bo)
})

test('whose letter was dropped by hand is forgotten with the ticket', async () => {
  const id = await open()
  await store.update((tx) => resolveTicket(tx, id, on(1)))
  const letter = Object.values(store.state.outbox).find(({ kind }) => kind === 'ticket-resolved')
  await store.update((tx) => dropLetter(tx, letter?.id ?? '', on(2)))
  expect(all()).toMatch(/bo@/)
  await forget(182)
  expect(all()).not.toMatch(/bo@/)
  expect(verifyJournal(store.state)).toMatchObject({ ok: true })
})
