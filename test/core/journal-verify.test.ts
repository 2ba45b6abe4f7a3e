import { beforeEach, describe, expect, test } from 'vitest'
import { dropArchived, dueSteps } from '../../src/core/journal/archive.ts'
import { linkOf } from '../../src/core/journal/chain.ts'
import type { Entry } from '../../src/core/journal/entry.ts'
import { eraseFromJournal } from '../../src/core/journal/erasure.ts'
import { note } from '../../src/core/journal/journal.ts'
import { verifyJournal, verifySteps } from '../../src/core/journal/verify.ts'
import type { Store } from '../../src/core/store.ts'
import { createAct } from '../parts/act.ts'
import { day, writeDown } from '../parts/journal.ts'
import { createMemoryStore } from '../parts/store.ts'

let store: Store
beforeEach(async () => {
  store = createMemoryStore()
  await writeDown(store, [
    { on: '2026-03-02', what: 'ticket opened', email: 'bo@school.edu' },
    { on: '2026-03-02' },
    { on: '2026-03-03' },
    { on: '2026-03-04', what: 'ticket resolved' },
    { on: '2026-03-05', email: 'cy@school.edu' },
  ])
})

const entry = (number: number): Entry => {
  const found = Object.values(store.state.journal).find((each) => each.number === number)
  if (!found) throw new Error(`no entry ${number}`)
  return found
}
const rewrite = (number: number, words: Partial<Entry>) =>
  store.update((tx) => tx.put('journal', { ...entry(number), ...words }))
const lose = (number: number) => store.update((tx) => tx.drop('journal', entry(number).id))

test('a journal that nobody touched is whole, and tells its newest entry', () => {
  expect(verifyJournal(store.state)).toEqual({
    ...{ ok: true, entries: 5, erased: 0, runs: [] },
    end: { id: 'journal', number: 5, hash: entry(5).hash },
  })
})

test('so is one in which nothing was written yet', () => {
  const proof = verifyJournal(createMemoryStore().state)
  expect(proof).toMatchObject({ ok: true, entries: 0, end: { number: 0 } })
})

describe('whoever changes an entry in the middle is found out:', () => {
  test.each<[keyof Entry, Partial<Entry>]>([
    ['by', { by: 'somebody else' }],
    ['what', { what: 'ticket noted' }],
    ['at', { at: '2026-03-02T09:00:00.000Z' }],
    ['from', { from: 'site' }],
    ['subject', { subject: 't-9' }],
    ['clockTrusted', { clockTrusted: false }],
    ['details', { details: { count: 9 } }],
    ['changes', { changes: { state: ['open', 'taken'] } }],
    ['personalHash', { personalHash: 'made up' }],
    ['hash', { hash: 'made up' }],
  ])('%s', async (_, words) => {
    await rewrite(2, words)
    expect(verifyJournal(store.state)).toEqual({
      ok: false,
      sentence: expect.stringMatching(/^Entry 2 of 2026-03-02 0\d:00 UTC was changed after it was/),
    })
  })
})

test('one who makes a new hash too is found out by the entry behind it', async () => {
  const forged = { ...entry(2), by: 'somebody else' }
  await rewrite(2, { by: 'somebody else', hash: linkOf(entry(1).hash, forged) })
  expect(verifyJournal(store.state)).toEqual({
    ok: false,
    sentence: expect.stringMatching(/^Entry 3 of .* or the one before it\.$/),
  })
})

test('one who does so with the last entry is found out by the end of the chain', async () => {
  const forged = { ...entry(5), by: 'somebody else' }
  await rewrite(5, { by: 'somebody else', hash: linkOf(entry(4).hash, forged) })
  expect(verifyJournal(store.state)).toEqual({
    ok: false,
    sentence: 'Entry 5 is not the one that the chain ends with.',
  })
})

test('what it tells of a person is bound too', async () => {
  const personal = { salt: entry(1).personal?.salt ?? '', fields: { email: 'eve@school.edu' } }
  await rewrite(1, { personal })
  expect(verifyJournal(store.state)).toMatchObject({
    sentence: expect.stringMatching(/^Entry 1 of .* tells of a person is not what was written/),
  })
  await rewrite(1, { personal: null })
  expect(verifyJournal(store.state)).toMatchObject({ ok: true, erased: 1 })
})

test('nobody can be written into an entry that told of none', async () => {
  await rewrite(2, { personal: { salt: 'x', fields: { email: 'eve@school.edu' } } })
  expect(verifyJournal(store.state)).toMatchObject({ ok: false })
})

test('an entry that is taken out leaves a gap', async () => {
  await lose(3)
  const sentence = 'Entry 3 is missing.'
  expect(verifyJournal(store.state)).toEqual({ ok: false, sentence })
})

test('entries that are cut off at the end are missed', async () => {
  await lose(5)
  const sentence = 'The chain ends at 4, not at 5: the rest is missing.'
  expect(verifyJournal(store.state)).toEqual({ ok: false, sentence })
})

test('entries that are put on at the end are too many', async () => {
  await store.update((tx) => tx.put('chain', { id: 'journal', number: 4, hash: entry(4).hash }))
  const sentence = 'The chain ends at 4, but there is an entry 5.'
  expect(verifyJournal(store.state)).toEqual({ ok: false, sentence })
})

test('two entries that change places are found out', async () => {
  const [three, four] = [entry(3), entry(4)]
  await rewrite(3, { ...four, id: three.id, number: 3 })
  await rewrite(4, { ...three, id: four.id, number: 4 })
  expect(verifyJournal(store.state)).toMatchObject({
    sentence: expect.stringMatching(/^Entry 3 /),
  })
})

test('an entry of a number that there is already is one too many', async () => {
  await store.update((tx) => tx.put('journal', { ...entry(4), id: 'j-forged' }))
  const sentence = 'Two entries have the same number.'
  expect(verifyJournal(store.state)).toEqual({ ok: false, sentence })
})

test('what is noted, erased or archived while it is looked through is no damage', async () => {
  const more = Array.from({ length: 1200 }, () => ({ on: '2026-03-05', email: 'bo@school.edu' }))
  store = createMemoryStore()
  await writeDown(store, more)
  const deeds = [
    () => archiveSome(700),
    () => noteLater(1),
    () => store.update((tx) => eraseFromJournal(tx, 'bo@school.edu')),
    () => noteLater(2),
    () => archiveSome(1200),
  ]
  for (let first = 1; first <= 4; first += 1) {
    const steps = verifySteps(store.state)
    for (let step = 1; ; step += 1) {
      const { done, value } = steps.next()
      if (done) {
        expect(value.ok ? null : value.sentence).toBeNull()
        break
      }
      if (step >= first) await deeds.shift()?.()
    }
  }
  expect(deeds).toEqual([])
})

/** As platen archives, so many. */
async function archiveSome(count: number): Promise<void> {
  const steps = dueSteps(store.state, day('2027-01-01'))
  let found = steps.next()
  while (!found.done) found = steps.next()
  const { due, runs } = found.value
  await store.update((tx) => dropArchived(tx, due.slice(0, count), runs))
}

/** Of ids that `writeDown` did not give yet. */
function noteLater(number: number): Promise<void> {
  const act = { ...createAct('ada', day('2027-03-05')), newId: () => `later-${number}` }
  return store.update((tx) => note(tx, act, { what: 'ticket taken', subject: `later-${number}` }))
}
