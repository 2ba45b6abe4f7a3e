import { expect, test } from 'vitest'
import { searchSeeds } from '../parts/search.ts'

// Random histories; the power goes before every step of each disk; what a start then finds is held
// against what people were told. A failure names its seed, moment and choices:
// npm run torture -- crash SEED MOMENT CHOICES

test('loses nothing that was told saved, wherever the power goes or the process is killed', {
  timeout: 120_000,
}, async () => {
  const { states, wrong } = await searchSeeds((seed) => seed % 4 === 0, 4_500)
  expect(wrong).toBeNull()
  expect(states).toBeGreaterThanOrEqual(4_500)
})
