import { expect, test } from 'vitest'
import { lastKnownTime } from '../../src/core/schedule/known-time.ts'
import type { Store } from '../../src/core/store.ts'
import { day, writeDown } from '../parts/journal.ts'
import { createMemoryStore } from '../parts/store.ts'

/** As the migration of older states leaves them: nobody knows from where. */
async function asOfBefore(store: Store, number: number): Promise<void> {
  const old = Object.values(store.state.journal).find((each) => each.number === number)
  if (old) await store.update((tx) => tx.put('journal', { ...old, from: null }))
}

test('it is not earlier than the newest time that was right when it was written down', async () => {
  const store = createMemoryStore()
  expect(lastKnownTime(store.state)).toEqual(new Date(0))
  await writeDown(store, [
    { on: '2026-03-02' },
    { on: '2026-03-04' },
    { on: '2026-03-03' },
    { on: '2099-01-01', clockTrusted: false },
  ])
  expect(lastKnownTime(store.state)).toEqual(day('2026-03-04'))
})

test('of times that were written down before platen looked whether they were right, nobody knows', async () => {
  const store = createMemoryStore()
  await writeDown(store, [{ on: '2031-01-01' }, { on: '2026-03-02' }])
  await asOfBefore(store, 1)
  expect(lastKnownTime(store.state)).toEqual(day('2026-03-02'))
  await asOfBefore(store, 2)
  expect(lastKnownTime(store.state)).toEqual(new Date(0))
})
