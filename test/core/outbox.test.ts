import { expect, it } from 'vitest'
import { dropEnded, dropLetter, sendAgain } from '../../src/core/outbox/by-hand.ts'
import { countMaybeTwice, handNext } from '../../src/core/outbox/handed.ts'
import {
  isDue,
  markFailed,
  markSent,
  markWaiting,
  outboxFacts,
  pauseMs,
  post,
  waitingLetters,
} from '../../src/core/outbox/outbox.ts'
import { markOutcome } from '../../src/core/outbox/outcome.ts'
import { recipientsOf } from '../../src/core/outbox/recipients.ts'
import type { Person } from '../../src/core/people/person.ts'
import { createAct } from '../parts/act.ts'
import { aLetter, ticketFacts } from '../parts/letters.ts'
import { aGroup, aPerson } from '../parts/records.ts'
import { createMemoryStore } from '../parts/store.ts'

const at = (minutes: number) => new Date(Date.parse('2026-03-02T08:00:00Z') + minutes * 60_000)
const day = 24 * 60

async function withLetter(words = {}) {
  const store = createMemoryStore()
  await store.update((tx) => tx.put('outbox', aLetter(words)))
  const letter = () => {
    const found = store.state.outbox['l-1']
    if (!found) throw new Error('the letter is gone')
    return found
  }
  return { store, letter }
}

it('gives letters out in the order they were posted', async () => {
  const store = createMemoryStore()
  await store.update((tx) => {
    for (const minutes of [2, 0, 1]) {
      const act = { ...createAct('desk', at(minutes)), newId: () => `l-${minutes}` }
      post(tx, act, { kind: 'ticket-opened', to: { group: null }, facts: ticketFacts() })
    }
  })
  expect(waitingLetters(store.state).map(({ id }) => id)).toEqual(['l-0', 'l-1', 'l-2'])
  expect(outboxFacts(store.state)).toEqual({
    ...{ waiting: 3, givenUp: 0, lastTrouble: null },
    oldest: at(0).toISOString(),
  })
})

it('tries a letter again after a minute, two, four, and an hour at most', async () => {
  const { store, letter } = await withLetter()
  await store.update((tx) => markFailed(tx, 'l-1', { how: 'not-now', why: 'full' }, at(0)))
  expect(letter()).toMatchObject({ state: 'waiting', tries: 1, trouble: 'full' })
  expect(isDue(letter(), at(0.9))).toBe(false)
  expect(isDue(letter(), at(1))).toBe(true)
  await store.update((tx) => markFailed(tx, 'l-1', { how: 'not-now', why: 'full' }, at(1)))
  expect(isDue(letter(), at(2.9))).toBe(false)
  expect(isDue(letter(), at(3))).toBe(true)
  expect([3, 4, 7, 50].map((failures) => pauseMs(failures) / 60_000)).toEqual([4, 8, 60, 60])
})

it('does not wait for weeks where the clock was set back', async () => {
  const { store, letter } = await withLetter()
  await store.update((tx) => markFailed(tx, 'l-1', { how: 'not-now', why: 'full' }, at(0)))
  expect(isDue(letter(), at(-14 * day))).toBe(true)
})

it('gives a letter up after five days of trying, and at once what is refused', async () => {
  const { store, letter } = await withLetter()
  let minutes = 0
  for (
    ;
    letter().state === 'waiting' && minutes < 9 * day;
    minutes += pauseMs(letter().tries) / 60_000
  )
    await store.update((tx) => markFailed(tx, 'l-1', { how: 'not-now', why: 'full' }, at(minutes)))
  const days = (Date.parse(letter().endedAt ?? '') - Date.parse(letter().postedAt)) / 86_400_000
  expect(days).toBeGreaterThan(5)
  expect(days).toBeLessThan(5.05)

  const other = await withLetter()
  await other.store.update((tx) =>
    markFailed(tx, 'l-1', { how: 'refused', why: '550 nobody' }, at(0)),
  )
  expect(other.letter()).toMatchObject({ state: 'given-up', trouble: '550 nobody' })
  expect(outboxFacts(other.store.state)).toMatchObject({ givenUp: 1, lastTrouble: '550 nobody' })
})

it('gives no letter up because the clock was set right', async () => {
  const { store, letter } = await withLetter({ tries: 60 })
  const now = at(60 * day)
  await store.update((tx) => markFailed(tx, 'l-1', { how: 'not-now', why: 'full' }, now))
  expect(letter().state).toBe('waiting')
})

it('remembers whom a letter has reached, and counts no try where it only waits', async () => {
  const { store, letter } = await withLetter()
  await store.update((tx) => {
    markWaiting(tx, 'l-1', 'The server is down.')
    markWaiting(tx, 'l-1', 'The server is down.')
  })
  expect(letter()).toMatchObject({
    tries: 0,
    trouble: 'The server is down.',
    dueAt: letter().postedAt,
  })
  const some = { how: 'not-now', why: '450 busy', reached: ['ada@school.test'] } as const
  await store.update((tx) => markFailed(tx, 'l-1', some, at(0)))
  await store.update((tx) =>
    markSent(tx, 'l-1', { reached: ['bob@school.test'], trouble: null }, at(1)),
  )
  expect(letter()).toMatchObject({
    ...{ state: 'sent', tries: 2, trouble: null, endedAt: at(1).toISOString() },
    reached: ['ada@school.test', 'bob@school.test'],
  })
  await store.update((tx) => markFailed(tx, 'l-1', { how: 'refused', why: 'late' }, at(2)))
  expect(letter().state).toBe('sent')
})

const desk = { seen: new Set<string>(), fallback: 'desk@school.test' }

it('a letter in the hands of the post says since when, until the post has answered', async () => {
  const { store, letter } = await withLetter()
  await store.update((tx) => handNext(tx, { ...desk, now: at(1) }))
  expect(letter()).toMatchObject({ handedAt: at(1).toISOString(), maybeTwice: false })
  const answer = { id: 'l-1', to: ['desk@school.test'] }
  const busy = { how: 'not-now', why: '450 busy', maybeTaken: false } as const
  await store.update((tx) => markOutcome(tx, { ...answer, outcome: busy }, at(1)))
  expect(letter()).toMatchObject({ handedAt: null, tries: 1 })
  const next = await store.update((tx) => handNext(tx, { ...desk, now: at(2) }))
  expect(next).toMatchObject({ letter: { maybeTwice: false }, to: ['desk@school.test'] })
  const taken = { how: 'taken', rejected: [] } as const
  await store.update((tx) => markOutcome(tx, { ...answer, outcome: taken }, at(2)))
  expect(letter()).toMatchObject({ state: 'sent', handedAt: null, maybeTwice: false })
})

it.each(['not-now', 'closed', 'given-up'] as const)(
  'a letter that went out whole without an answer (%s) may come twice, and that is counted for a week',
  async (how) => {
    const { store, letter } = await withLetter()
    await store.update((tx) => handNext(tx, { ...desk, now: at(0) }))
    const outcome = { how, why: 'no word', maybeTaken: true }
    await store.update((tx) => markOutcome(tx, { id: 'l-1', to: [], outcome }, at(0)))
    expect(letter()).toMatchObject({ state: 'waiting', handedAt: at(0).toISOString() })
    await store.update((tx) => handNext(tx, { ...desk, now: at(5) }))
    expect(letter()).toMatchObject({ handedAt: at(5).toISOString(), maybeTwice: true })
    expect(countMaybeTwice(store.state, at(5))).toBe(0)
    await store.update((tx) => markSent(tx, 'l-1', { reached: [], trouble: null }, at(5)))
    expect(letter()).toMatchObject({ state: 'sent', handedAt: null, maybeTwice: true })
    expect(countMaybeTwice(store.state, at(6 * day))).toBe(1)
    expect(countMaybeTwice(store.state, at(8 * day))).toBe(0)
  },
)

it('a letter that nobody is there for any more is not forgotten to have been handed in', async () => {
  const { store, letter } = await withLetter({ handedAt: at(0).toISOString() })
  const none = await store.update((tx) => handNext(tx, { ...desk, fallback: null, now: at(1) }))
  expect(none).toBeNull()
  expect(letter()).toMatchObject({ handedAt: at(0).toISOString(), maybeTwice: false })
  await store.update((tx) => handNext(tx, { ...desk, now: at(2) }))
  expect(letter().maybeTwice).toBe(true)
})

it('looks up who gets it when it is sent: managers with an address, else EMAIL_TO', async () => {
  const store = createMemoryStore()
  const person = (id: string, words: Partial<Person>): Person => aPerson({ id, ...words })
  await store.update((tx) => {
    tx.put('people', person('u-1', { email: 'ada@school.test' }))
    tx.put('people', person('u-2', { email: 'gone@school.test', disabledAt: at(0).toISOString() }))
    tx.put('people', person('u-3', {}))
    tx.put('groups', aGroup({ managers: ['u-1', 'u-2', 'u-3'] }))
    tx.put('groups', aGroup({ id: 'g-2', name: 'Draper', managers: ['u-2', 'u-3'] }))
  })
  const to = (group: string | null, fallback: string | null) =>
    recipientsOf(store.state, aLetter({ to: { group } }), fallback)
  expect(to('g-1', 'desk@school.test')).toEqual({ to: ['ada@school.test'] })
  expect(to('g-2', 'desk@school.test, b@school.test')).toEqual({
    to: ['desk@school.test', 'b@school.test'],
  })
  expect(to('g-2', null)).toEqual({
    to: null,
    missing: 'Nobody to send it to: give a manager of Draper an e-mail address, or set EMAIL_TO.',
  })
  expect(to(null, null)).toMatchObject({ missing: expect.stringContaining('in no group') })
  expect(recipientsOf(store.state, aLetter({ to: { email: 's@school.test' } }), null)).toEqual({
    to: ['s@school.test'],
  })
})

const desktop = createAct('ada', at(0))

it('a letter that was given up goes out again at once, with all its tries before it', async () => {
  const ended = { state: 'given-up', tries: 126, endedAt: at(-5).toISOString() } as const
  const { store, letter } = await withLetter({ ...ended, trouble: 'full', reached: ['a@b.test'] })
  await store.update((tx) => sendAgain(tx, 'l-1', desktop))
  expect(letter()).toMatchObject({ state: 'waiting', tries: 0, endedAt: null })
  expect(letter()).toMatchObject({ dueAt: at(0).toISOString(), reached: ['a@b.test'] })
  expect(isDue(letter(), at(0))).toBe(true)
  expect(Object.values(store.state.journal)).toMatchObject([
    { by: 'ada', what: 'letter sent again', subject: 'l-1', details: { was: 'given-up' } },
  ])
})

it('a letter that is dropped goes nowhere, and the journal can forget whom it was for', async () => {
  const { store } = await withLetter({ to: { email: 'Sam@school.test' } })
  await store.update((tx) => dropLetter(tx, 'l-1', desktop))
  expect(store.state.outbox).toEqual({})
  const [entry] = Object.values(store.state.journal)
  expect(entry).toMatchObject({
    what: 'letter dropped',
    personal: { fields: { email: 'Sam@school.test' } },
  })
  expect(JSON.stringify({ ...entry, personal: null })).not.toContain('Sam')
})

it.each([sendAgain, dropLetter])('what was sent stays as it was (%o)', async (act) => {
  const { store } = await withLetter({ state: 'sent', endedAt: at(0).toISOString() })
  const before = { ...store.state.outbox }
  await expect(store.update((tx) => void act(tx, 'l-1', desktop))).rejects.toThrow('sent by now')
  for (const id of ['l-2', '__proto__', 'toString'])
    await expect(store.update((tx) => void act(tx, id, desktop))).rejects.toMatchObject({
      code: 'missing',
    })
  expect(store.state.outbox).toEqual(before)
  expect(store.state.journal).toEqual({})
})

it('letters go a month after they were sent, three after they were given up, and never while they wait', async () => {
  const store = createMemoryStore()
  const old = { endedAt: at(-100 * day).toISOString() }
  const put = (id: string, words: object) =>
    store.update((tx) => tx.put('outbox', aLetter({ id, ...words })))
  await put('waits', { postedAt: at(-400 * day).toISOString() })
  await put('sent', { state: 'sent', ...old })
  await put('given up', { state: 'given-up', ...old })
  await put('sent lately', { state: 'sent', endedAt: at(-29 * day).toISOString() })
  await put('given up lately', { state: 'given-up', endedAt: at(-40 * day).toISOString() })
  expect(await store.update((tx) => dropEnded(tx, at(0)))).toBe(2)
  expect(Object.keys(store.state.outbox).sort()).toEqual([
    ...['given up lately', 'sent lately', 'waits'],
  ])
})
