import { expect, test } from 'vitest'
import { searchSeeds } from '../parts/search.ts'

// As in store-crashes.test.ts, on disks that fail now and then, or for a while.

test('loses nothing that was told saved on a disk that fails, and brings back nothing that was refused', {
  timeout: 120_000,
}, async () => {
  const { states, wrong } = await searchSeeds((seed) => seed % 4 !== 0, 5_500)
  expect(wrong).toBeNull()
  expect(states).toBeGreaterThanOrEqual(5_500)
})
