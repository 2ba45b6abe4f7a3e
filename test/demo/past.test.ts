import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { startPlaten } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { pastOf } from '../../src/core/counters/past.ts'
import { lastDays } from '../../src/core/schedule/days.ts'
import { openDemo } from '../../src/demo/demo.ts'
import { pastLines } from '../../src/demo/past.ts'
import { createSystemClock } from '../../src/disk/system-clock.ts'
import { readerOf } from '../../src/reader.ts'
import { epochOfJam } from '../console/drawings.ts'
import { quiet } from '../parts/log.ts'

const now = new Date('2026-11-20T10:00:00Z')
const lines = pastLines(
  new Map([
    ['mono-laser', 'p-1'],
    ['jams', 'p-2'],
    ['dead', 'p-3'],
  ]),
  now,
)
const pastOfPrinter = (id: string) =>
  pastOf(
    lines.filter(({ printer }) => printer === id),
    [epochOfJam],
    lastDays(now, 'UTC'),
  )

it('four weeks lie behind a printer of the demo: pages on working days, none on Sunday', () => {
  const { days } = pastOfPrinter('p-1')
  const pagesOn = (day: string) =>
    days.find(({ from }) => from.toISOString().startsWith(day))?.pages
  expect(pagesOn('2026-11-18')).toBe(310)
  expect(pagesOn('2026-11-15')).toBe(0)
})

it('its toner sinks to what it says now, and was replaced when it was empty', () => {
  const { days, replaced } = pastOfPrinter('p-1')
  const levels = days.flatMap(({ levels }) => levels.get('1.1') ?? [])
  expect(levels.at(-1)).toBeGreaterThan(24)
  expect(levels.at(-1)).toBeLessThan(32)
  expect(levels.every((percent) => percent >= 0 && percent <= 100)).toBe(true)
  expect(replaced.map(({ supplies }) => supplies)).toContainEqual(['1.1'])
})

it('the one that never answered has no past', () => {
  expect(lines.some(({ printer }) => printer === 'p-3')).toBe(false)
})

it('is there to be looked at as soon as the demo is', async () => {
  const demo = await openDemo({ PLATEN_HTTP_PORT: '0' })
  onTestFinished(demo.stop)
  const config = readConfig(demo.settings, () => '')
  const platen = await startPlaten({
    ...{ config, folder: demo.folder, version: '0.0.0', log: quiet, reader: readerOf(config) },
    ...{ clock: createSystemClock(), leave: () => {}, terminal: null, demo },
  })
  onTestFinished(platen.stop)
  const journal = join(demo.folder, 'journal')
  expect(existsSync(journal) && readdirSync(journal)).toContainEqual(
    expect.stringMatching(/^readings-.*\.jsonl$/),
  )
})
