import { expect, test } from 'vitest'
import type { Log } from '../../src/core/log.ts'
import { createReadings } from '../../src/disk/readings.ts'
import { simulateDisk } from '../parts/disk.ts'
import { quiet } from '../parts/log.ts'

const november = '/platen/journal/readings-2026-11.jsonl'

test('writes what was heard into the file of its month, in one go', async () => {
  const disk = simulateDisk()
  const readings = createReadings({ folder: '/platen', log: quiet, files: disk })
  readings.keepReading({ printer: 'p-1', pages: 10 }, new Date('2026-11-30T23:59:59Z'))
  readings.keepReading({ printer: 'p-2', pages: 20 }, new Date('2026-11-30T23:59:59Z'))
  readings.keepReading({ printer: 'p-1', pages: 11 }, new Date('2026-12-01T00:00:00Z'))
  expect(disk.steps).toBe(0)
  await readings.flush()
  expect(disk.text(november)).toBe('{"printer":"p-1","pages":10}\n{"printer":"p-2","pages":20}\n')
  expect(disk.text('/platen/journal/readings-2026-12.jsonl')).toBe('{"printer":"p-1","pages":11}\n')
})

test('begins on a line of its own after one that was cut off', async () => {
  const disk = simulateDisk()
  const before = await disk.open(november, 'append')
  await before.append('{"printer":"p-1","pag')
  const readings = createReadings({ folder: '/platen', log: quiet, files: disk })
  for (const pages of [11, 12]) {
    readings.keepReading({ pages }, new Date('2026-11-20T08:00:00Z'))
    await readings.flush()
  }
  expect(disk.text(november)).toBe('{"printer":"p-1","pag\n{"pages":11}\n{"pages":12}\n')
})

test('complains once of a disk that takes none, and goes on when it does', async () => {
  const disk = simulateDisk()
  const said: string[] = []
  const log: Log = {
    ...quiet,
    info: (_facts, sentence) => said.push(sentence),
    error: (_facts, sentence) => said.push(sentence),
  }
  const readings = createReadings({ folder: '/platen', log, files: disk })
  disk.space = 0
  for (const pages of [11, 12, 13]) {
    readings.keepReading({ pages }, new Date('2026-11-20T08:00:00Z'))
    await readings.flush()
  }
  expect(said).toEqual(['readings cannot be kept; the printers are watched on'])
  disk.space = Number.POSITIVE_INFINITY
  readings.keepReading({ pages: 14 }, new Date('2026-11-20T08:00:00Z'))
  await readings.flush()
  expect(said).toHaveLength(2)
  expect(disk.text(november)).toBe('{"pages":14}\n')
})
