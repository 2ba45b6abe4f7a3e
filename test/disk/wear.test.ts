import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openWear, readWear } from '../../src/disk/wear.ts'
import { createTestClock } from '../parts/clock.ts'
import { type SimulatedDisk, simulateDisk } from '../parts/disk.ts'
import { quiet } from '../parts/log.ts'

const folder = '/platen'
const day = 86_400_000

/** A platen whose writes the test makes, over a disk that outlives it. */
async function aPlaten(disk: SimulatedDisk, at: string, timeZone: string | null = 'UTC') {
  const clock = createTestClock(at)
  let bytes = 0
  let isTrusted = true
  const parts = {
    ...{ folder, log: quiet, timeZone, files: disk },
    clock: { ...clock, trusted: () => isTrusted },
  }
  const wear = await openWear({ ...parts, bytesSoFar: async () => bytes })
  return {
    wear,
    clock,
    async writes(count: number): Promise<void> {
      bytes += count
      await wear.note()
    },
    trust: (word: boolean) => {
      isTrusted = word
    },
    /** As `platen check` reads it. */
    kept: () => readWear(parts),
  }
}

test('counts what is written today, and before, over restarts', async () => {
  const disk = simulateDisk()
  const first = await aPlaten(disk, '2026-03-02T23:00:00Z')
  await first.writes(4_000_000)
  first.clock.advance(7_200_000)
  await first.writes(1_000_000)
  await first.wear.save()
  const second = await aPlaten(disk, '2026-03-03T09:00:00Z')
  await second.writes(500_000)
  expect(second.wear.written()).toEqual({ today: 1_500_000, aDay: 4_000_000, days: 1 })
  await second.wear.save()
  expect(await second.kept()).toEqual(second.wear.written())
})

test('a day begins where the people are', async () => {
  const disk = simulateDisk()
  const there = await aPlaten(disk, '2026-03-02T22:30:00Z', 'Europe/Berlin')
  await there.writes(10)
  there.clock.advance(3_600_000)
  await there.writes(7)
  expect(there.wear.written()).toEqual({ today: 7, aDay: 10, days: 1 })
})

test('the mean is of the last seven whole days, of those that platen ran', async () => {
  const disk = simulateDisk()
  const platen = await aPlaten(disk, '2026-03-01T12:00:00Z')
  for (const bytes of [90, 90, 10, 20, 0, 30, 40]) {
    if (bytes > 0) await platen.writes(bytes)
    platen.clock.advance(day)
  }
  platen.clock.advance(2 * day)
  await platen.writes(5)
  expect(platen.wear.written()).toEqual({ today: 5, aDay: 25, days: 4 })
})

test('keeps a month', async () => {
  const disk = simulateDisk()
  const platen = await aPlaten(disk, '2026-01-01T12:00:00Z')
  for (let at = 0; at < 50; at += 1) {
    await platen.writes(1)
    platen.clock.advance(day)
  }
  await platen.wear.save()
  expect(disk.text('/platen/wear.json')?.match(/2026-/g)).toHaveLength(31)
})

test('what is written before the clock is set counts for the last day that is known', async () => {
  const disk = simulateDisk()
  const before = await aPlaten(disk, '2026-03-02T12:00:00Z')
  await before.writes(10)
  await before.wear.save()
  const after = await aPlaten(disk, '2026-01-01T00:00:00Z')
  after.trust(false)
  await after.writes(5)
  after.clock.set(new Date('2026-03-03T12:00:00Z'))
  after.trust(true)
  await after.writes(1)
  expect(after.wear.written()).toEqual({ today: 1, aDay: 15, days: 1 })
})

test('days that a wrong clock made up are forgotten', async () => {
  const disk = simulateDisk()
  const platen = await aPlaten(disk, '2036-03-02T12:00:00Z')
  await platen.writes(10)
  platen.clock.set(new Date('2026-03-03T12:00:00Z'))
  await platen.writes(1)
  await platen.wear.save()
  expect(disk.text('/platen/wear.json')).not.toContain('2036')
})

test('a count that is lost, or cannot be kept, stops nothing', async () => {
  for (const text of ['', '{"days":', '{"days":{"2026-03-02":-4}}', '{"days":{"today":4}}']) {
    const disk = simulateDisk()
    await (await disk.open('/platen/wear.json', 'anew')).append(text)
    const platen = await aPlaten(disk, '2026-03-02T12:00:00Z')
    await platen.writes(3)
    disk.fails = () => 'ENOSPC'
    await platen.wear.save()
    expect(platen.wear.written()).toEqual({ today: 3, aDay: null, days: 0 })
  }
})

test('says nothing where the system does not count', async () => {
  const parts = { folder, log: quiet, clock: createTestClock(), timeZone: null }
  const disk = simulateDisk()
  const wear = await openWear({ ...parts, files: disk, bytesSoFar: async () => null })
  await wear.save()
  expect(wear.written()).toBeNull()
  expect(await readWear({ ...parts, files: disk })).toBeNull()
})

test('the system counts what this process writes to a real disk', async () => {
  // What goes into a /tmp in memory is not counted.
  const base = mkdtempSync(join(import.meta.dirname, '../../node_modules/.wear-'))
  try {
    const clock = createTestClock()
    const wear = await openWear({ folder: base, log: quiet, clock, timeZone: 'UTC' })
    await wear.note()
    const before = wear.written()?.today ?? 0
    const file = openSync(join(base, 'much'), 'w')
    writeSync(file, Buffer.alloc(3_000_000, 'x'))
    closeSync(file)
    await wear.note()
    expect((wear.written()?.today ?? 0) - before).toBeGreaterThanOrEqual(3_000_000)
  } finally {
    rmSync(base, { recursive: true })
  }
})
