import { expect, test } from 'vitest'
import type { Log } from '../../src/core/log.ts'
import { createReadings } from '../../src/disk/readings.ts'
import { readSealed, seal } from '../../src/disk/sealed-lines.ts'
import { type SimulatedDisk, simulateDisk } from '../parts/disk.ts'
import { quiet } from '../parts/log.ts'

const november = '/platen/journal/readings-2026-11.jsonl'
const december = '/platen/journal/readings-2026-12.jsonl'
const readBack = (disk: SimulatedDisk, path: string) =>
  readSealed(Buffer.from(disk.text(path) ?? ''))
const pagesOf = (...all: readonly number[]) => all.map((pages) => ({ pages }))

test('writes what was heard into the file of its month, in one go', async () => {
  const disk = simulateDisk()
  const readings = createReadings({ folder: '/platen', log: quiet, files: disk })
  readings.keepReading({ printer: 'p-1', pages: 10 }, new Date('2026-11-30T23:59:59Z'))
  readings.keepReading({ printer: 'p-2', pages: 20 }, new Date('2026-11-30T23:59:59Z'))
  readings.keepReading({ printer: 'p-1', pages: 11 }, new Date('2026-12-01T00:00:00Z'))
  expect(disk.steps).toBe(0)
  await readings.flush()
  expect(disk.text(november)).toMatch(/^\{"printer":"p-1","pages":10,"crc":"[0-9a-f]{8}"\}\n\{/)
  expect(readBack(disk, november).lines).toEqual([
    { printer: 'p-1', pages: 10 },
    { printer: 'p-2', pages: 20 },
  ])
  expect(readBack(disk, december).lines).toEqual([{ printer: 'p-1', pages: 11 }])
})

test('takes half a line away that the power cut, and keeps the whole ones before it', async () => {
  const disk = simulateDisk()
  const before = await disk.open(november, 'append')
  await before.append('{"pages":10}\n{"printer":"p-1","pag\0\0\0')
  const readings = createReadings({ folder: '/platen', log: quiet, files: disk })
  for (const pages of [11, 12]) {
    readings.keepReading({ pages }, new Date('2026-11-20T08:00:00Z'))
    await readings.flush()
  }
  expect(readBack(disk, november)).toMatchObject({ lines: pagesOf(10, 11, 12), damaged: [] })
})

test('keeps what a full disk did not take until there is room, and complains once', async () => {
  const disk = simulateDisk()
  const { said, log } = listen()
  const readings = createReadings({ folder: '/platen', log, files: disk })
  // Some of the first line fits.
  disk.space = 5
  for (const pages of [11, 12, 13]) {
    readings.keepReading({ pages }, new Date('2026-11-20T08:00:00Z'))
    await readings.flush()
  }
  expect(said).toEqual(['readings cannot be kept; the printers are watched on'])
  expect(readings.trouble()).toBe(
    'Readings cannot be kept: the disk is full. Make room; it goes on by itself.',
  )
  disk.space = Number.POSITIVE_INFINITY
  readings.keepReading({ pages: 14 }, new Date('2026-11-20T08:00:00Z'))
  await readings.flush()
  expect(said).toHaveLength(2)
  expect(readings.trouble()).toBeNull()
  expect(disk.text(november)).toBe(pagesOf(11, 12, 13, 14).map(seal).join(''))
})

test('writes no month twice where only the next one failed', async () => {
  const disk = simulateDisk()
  const readings = createReadings({ folder: '/platen', log: quiet, files: disk })
  readings.keepReading({ pages: 1 }, new Date('2026-11-30T23:59:59Z'))
  readings.keepReading({ pages: 2 }, new Date('2026-12-01T00:00:00Z'))
  disk.fails = ({ operation, path }) => (operation === 'append' && path === december ? 'EIO' : null)
  await readings.flush()
  disk.fails = () => null
  await readings.flush()
  expect(disk.text(november)).toBe(seal({ pages: 1 }))
  expect(disk.text(december)).toBe(seal({ pages: 2 }))
})

test('what comes while the memory for it is full is dropped, and told once', async () => {
  const disk = simulateDisk()
  const { said, log } = listen()
  const readings = createReadings({ folder: '/platen', log, files: disk })
  const heard = (pages: number) =>
    readings.keepReading({ pages, words: 'x'.repeat(1_000_000) }, new Date('2026-11-20T08:00:00Z'))
  disk.space = 0
  for (const pages of [1, 2, 3, 4]) heard(pages)
  await readings.flush()
  for (const pages of [5, 6, 7]) heard(pages)
  expect(said.filter((sentence) => /dropped/.test(sentence))).toHaveLength(1)
  disk.space = Number.POSITIVE_INFINITY
  await readings.flush()
  heard(8)
  await readings.flush()
  const pages = disk.text(november)?.match(/"pages":\d/g)
  expect(pages).toEqual([1, 2, 3, 4, 8].map((n) => `"pages":${n}`))
})

function listen(): { said: string[]; log: Log } {
  const said: string[] = []
  const say = (_facts: object, sentence: string) => void said.push(sentence)
  return { said, log: { ...quiet, info: say, warn: say, error: say } }
}
