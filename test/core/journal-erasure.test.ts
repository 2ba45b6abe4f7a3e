import { expect, test } from 'vitest'
import { verifyJournal } from '../../src/core/journal/verify.ts'
import { eraseRequester, heldAbout } from '../../src/core/tickets/erasure.ts'
import { openTicket, type TicketWords } from '../../src/core/tickets/open.ts'
import { noteOfReporter } from '../../src/core/tickets/reporter.ts'
import { resolveTicket } from '../../src/core/tickets/settle.ts'
import { createAct } from '../parts/act.ts'
import { aPrinter } from '../parts/records.ts'
import { createMemoryStore } from '../parts/store.ts'

const ada = createAct('ada')
const bo = { name: 'Bo Berg', email: 'Bo@School.edu' }
const cy = { name: 'Cy', email: 'cy@school.edu' }
const jam: TicketWords = {
  ...{ kind: 'issue', fault: 'jam', wants: null, words: 'My thesis is in there.', form: null },
  ...{ requester: bo, printerThen: null },
}

/** Bo reports a jam, Cy the same; Cy reports streaks, Bo the same; the jam is resolved. */
async function aDay() {
  const store = createMemoryStore()
  const printer = aPrinter({ group: 'g-1' })
  await store.update((tx) => tx.put('printers', printer))
  const streaks = { ...jam, fault: 'poor-print', requester: cy, words: 'Streaks.' } as const
  const report = (words: TicketWords) =>
    store.update((tx) => openTicket(tx, printer, words, ada)).then(({ ticket }) => ticket.id)
  const first = await report(jam)
  await report({ ...jam, requester: cy, words: 'Here too.' })
  const second = await report(streaks)
  await report({ ...streaks, requester: bo, words: 'Bo was here.' })
  await store.update((tx) => resolveTicket(tx, first, ada))
  const told = () => JSON.stringify([store.state.tickets, store.state.outbox, store.state.journal])
  return { store, first, second, told }
}

test('who asks to be forgotten is in no ticket, no letter and no entry any more', async () => {
  const { store, told } = await aDay()
  expect(told()).toMatch(/Bo Berg.*thesis/)
  const erased = await store.update((tx) => eraseRequester(tx, ' bo@school.EDU ', ada))
  expect(erased).toEqual({ tickets: 2, letters: 2, entries: 2 })
  expect(told()).not.toMatch(/Berg|thesis|Bo was here|bo@school/i)
})

test('what was done stays, and by whom, and the chain holds', async () => {
  const { store } = await aDay()
  const acts = () => Object.values(store.state.journal).map(({ what, by }) => `${by}: ${what}`)
  const before = acts()
  await store.update((tx) => eraseRequester(tx, 'bo@school.edu', ada))
  expect(acts()).toEqual([...before, 'ada: erased'])
  expect(verifyJournal(store.state)).toMatchObject({ ok: true, erased: 2 })
})

test('the others who reported the same keep their words and their letters', async () => {
  const { store, first, second } = await aDay()
  await store.update((tx) => eraseRequester(tx, 'bo@school.edu', ada))
  expect(store.state.tickets[first]).toMatchObject({
    ...{ requester: { name: null, email: null }, words: '', state: 'resolved' },
    meToo: [{ requester: cy, words: 'Here too.' }],
  })
  expect(store.state.tickets[second]).toMatchObject({ requester: cy, words: 'Streaks.' })
  const letters = Object.values(store.state.outbox).map(({ kind, to, facts }) =>
    'words' in facts ? [kind, to, facts.requester, facts.words] : [kind],
  )
  expect(letters).toEqual([
    ['ticket-opened', { group: 'g-1' }, '', ''],
    ['ticket-opened', { group: 'g-1' }, 'Cy, cy@school.edu', 'Streaks.'],
    ['ticket-resolved', { email: 'cy@school.edu' }, '', ''],
  ])
})

test('an address that is part of another one is not that one', async () => {
  const { store, told } = await aDay()
  const before = told()
  const erased = await store.update((tx) => eraseRequester(tx, 'o@school.edu', ada))
  expect(erased).toEqual({ tickets: 0, letters: 0, entries: 0 })
  expect(told().slice(0, 500)).toBe(before.slice(0, 500))
})

test('refuses an empty address, which many left', async () => {
  const { store } = await aDay()
  await expect(store.update((tx) => eraseRequester(tx, ' ', ada))).rejects.toMatchObject({
    code: 'invalid',
  })
})

test('the address of the phone goes too, from which the receipt was answered', async () => {
  const store = createMemoryStore()
  const printer = aPrinter()
  const phone = { ...ada, by: 'QR page', from: 'QR page', address: '10.9.8.7' } as const
  await store.update((tx) => {
    tx.put('printers', printer)
    noteOfReporter(tx, openTicket(tx, printer, jam, phone).ticket, 'broken', phone)
  })
  const held = heldAbout(store.state, 'bo@school.edu')
  expect(await store.update((tx) => eraseRequester(tx, 'bo@school.edu', ada))).toEqual(held)
  expect(JSON.stringify(store.state.journal)).not.toContain('10.9.8.7')
  expect(verifyJournal(store.state)).toMatchObject({ ok: true, erased: 2 })
})
