import { beforeEach, expect, test } from 'vitest'
import type { Store } from '../../src/core/store.ts'
import { actingAs, actorsFor } from '../../src/core/tickets/acting.ts'
import { mergeTicket } from '../../src/core/tickets/merge.ts'
import { openTicket, type TicketWords } from '../../src/core/tickets/open.ts'
import { findTickets, type TicketWish } from '../../src/core/tickets/search.ts'
import {
  giveBackTicket,
  noteTicket,
  resolveTicket,
  takeTicket,
} from '../../src/core/tickets/settle.ts'
import { createAct } from '../parts/act.ts'
import { aGroup, aPerson, aPrinter } from '../parts/records.ts'
import { createMemoryStore } from '../parts/store.ts'

const lib = aPrinter({ id: 'lib', label: 'LIB-10', group: 'g-lib', building: 'Bücherei' })
const gym = aPrinter({
  id: 'gym',
  label: 'LIB-2',
  group: 'g-gym',
  ipAddress: '10.0.0.2',
  token: 'B',
})
const ada = aPerson({ id: 'u-ada', name: 'Ada', role: 'administrator' })
const ben = aPerson({ id: 'u-ben', name: 'Ben' })
const eve = aPerson({ id: 'u-eve', name: 'Eve', role: 'reader' })
const gone = aPerson({
  id: 'u-gone',
  name: 'Gil',
  role: 'administrator',
  disabledAt: '2026-03-01T08:00:00.000Z',
})
const jam: TicketWords = {
  ...{ kind: 'issue', fault: 'jam', wants: null, words: 'It crunches', form: null },
  ...{ requester: { name: 'José Sam', email: 'sam@school.edu' }, printerThen: null },
}
const act = createAct('Ada')
const at = (minute: number) => ({ ...act, now: new Date(act.now.getTime() + minute * 60_000) })

let store: Store
/** By what they are: ids. */
let ids: Record<'jam' | 'streaks' | 'toner' | 'beep', string>

beforeEach(async () => {
  store = createMemoryStore()
  ids = await store.update((tx) => {
    for (const each of [lib, gym]) tx.put('printers', each)
    for (const each of [ada, ben, eve, gone]) tx.put('people', each)
    tx.put('groups', aGroup({ id: 'g-lib', name: 'Library' }))
    tx.put('groups', aGroup({ id: 'g-gym', name: 'Gym', managers: ['u-ben'] }))
    const open = (minute: number, words: Partial<TicketWords>, printer = lib) =>
      openTicket(tx, printer, { ...jam, words: '', ...words }, at(minute)).ticket.id
    return {
      jam: open(0, { words: 'It crunches' }),
      streaks: open(5, { fault: 'poor-print', requester: { name: null, email: null } }),
      toner: open(10, { kind: 'supply', fault: null, wants: 'toner' }, gym),
      beep: open(15, { fault: 'panel', words: 'Beep' }),
    }
  })
})

const anything: TicketWish = {
  q: '',
  state: 'to-do',
  kind: null,
  printer: null,
  group: null,
  sort: null,
}
const found = (wish: Partial<TicketWish>, person = ada) =>
  findTickets(store.state, person, { ...anything, ...wish }).map(
    ({ id }) => Object.entries(ids).find(([, each]) => each === id)?.[0],
  )

test('what is to do comes with the oldest first', () => {
  expect(found({})).toEqual(['jam', 'streaks', 'toner', 'beep'])
  expect(found({ sort: 'newest' })).toEqual(['beep', 'toner', 'streaks', 'jam'])
  expect(found({ sort: 'printer' })).toEqual(['toner', 'jam', 'streaks', 'beep'])
})

test('is found by words, printer, place, person and number, whatever the case and the accents', () => {
  expect(found({ q: 'CRUNCH' })).toEqual(['jam'])
  expect(found({ q: 'bucherei beep' })).toEqual(['beep'])
  expect(found({ q: 'jose' })).toEqual(['jam', 'toner', 'beep'])
  expect(found({ q: 'lib-2' })).toEqual(['toner'])
  expect(found({ q: ids.streaks })).toEqual(['streaks'])
  expect(found({ q: 'crunch toner' })).toEqual([])
})

test('is listed by kind, printer, group and state', async () => {
  expect(found({ kind: 'supply' })).toEqual(['toner'])
  expect(found({ printer: 'gym' })).toEqual(['toner'])
  expect(found({ group: 'g-lib' })).toEqual(['jam', 'streaks', 'beep'])
  await store.update((tx) => {
    takeTicket(tx, ids.jam, at(20))
    mergeTicket(tx, { id: ids.streaks, into: ids.jam }, at(21))
    resolveTicket(tx, ids.beep, at(22))
    const { [ids.toner]: toner } = tx.state.tickets
    if (toner) tx.put('tickets', { ...toner, clearedAt: at(23).now.toISOString() })
  })
  expect(found({ state: 'open' })).toEqual(['toner'])
  expect(found({ state: 'taken' })).toEqual(['jam'])
  expect(found({ state: 'merged' })).toEqual(['streaks'])
  expect(found({ state: 'resolved' })).toEqual(['beep'])
  expect(found({ state: 'cleared' })).toEqual(['toner'])
  expect(found({ state: 'all' })).toEqual(['beep', 'toner', 'streaks', 'jam'])
})

test('who looks after some printers finds the tickets of these', () => {
  expect(found({ state: 'all' }, ben)).toEqual(['toner'])
  expect(found({ group: 'g-lib' }, ben)).toEqual([])
})

test('is given back to whoever comes', async () => {
  await store.update((tx) => takeTicket(tx, ids.jam, at(20)))
  const back = await store.update((tx) => giveBackTicket(tx, ids.jam, at(21)))
  expect(back).toMatchObject({ state: 'open', takenBy: null, takenAt: null })
  await expect(store.update((tx) => giveBackTicket(tx, ids.jam, at(22)))).rejects.toMatchObject({
    code: 'conflict',
  })
})

test('names are offered of those who may change that ticket', () => {
  const names = (id: string) => {
    const ticket = store.state.tickets[id]
    return ticket && actorsFor(store.state, ticket).map(({ name }) => name)
  }
  expect(names(ids.jam)).toEqual(['Ada'])
  expect(names(ids.toner)).toEqual(['Ada', 'Ben'])
})

test('an act in the name of another says both, and in one’s own nothing more', async () => {
  const as = (name: string) => {
    const { [ids.toner]: ticket } = store.state.tickets
    if (!ticket) throw new Error('no ticket')
    return actingAs(store.state, at(20), { as: name, ticket })
  }
  await store.update((tx) => noteTicket(tx, ids.toner, 'Ordered', as('ben')))
  expect(store.state.tickets[ids.toner]?.notes).toMatchObject([{ by: 'Ben' }])
  const entry = Object.values(store.state.journal).at(-1)
  expect(entry).toMatchObject({ by: 'Ben', details: { signedInAs: 'Ada' } })
  expect(as(' Ada ')).toEqual(at(20))
  expect(as('')).toEqual(at(20))
  for (const nobody of ['Zoe', 'Eve', 'Gil'])
    expect(() => as(nobody)).toThrow(`Nobody named "${nobody}" may change this ticket`)
})
