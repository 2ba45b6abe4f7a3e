import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Log } from '../../src/core/log.ts'
import { createStatusFile } from '../../src/disk/status-file.ts'
import { simulateDisk } from '../parts/disk.ts'
import { quiet } from '../parts/log.ts'

const schema = z.object({ pages: z.number() })
const path = '/platen/status.json'

test('gives back what the printers last said', async () => {
  const disk = simulateDisk()
  const file = createStatusFile({ folder: '/platen', log: quiet, files: disk })
  expect(await file.load(schema)).toBeNull()
  await Promise.all([1, 2, 3].map((pages) => file.save({ pages })))
  expect(await file.load(schema)).toEqual({ pages: 3 })
})

test('drops what cannot be read or does not fit, and says so', async () => {
  for (const text of ['{"pages":', '', '{"pages":"many"}', '\0\0\0\0']) {
    const disk = simulateDisk()
    const said: string[] = []
    const log: Log = { ...quiet, warn: (_facts, sentence) => said.push(sentence) }
    await (await disk.open(path, 'anew')).append(text)
    expect(await createStatusFile({ folder: '/platen', log, files: disk }).load(schema)).toBeNull()
    expect(said).toHaveLength(1)
  }
})

test('leaves the old one whole where the disk fails half-way', async () => {
  const disk = simulateDisk()
  const file = createStatusFile({ folder: '/platen', log: quiet, files: disk })
  await file.save({ pages: 1 })
  disk.fails = ({ operation }) => (operation === 'append' ? 'ENOSPC' : null)
  await file.save({ pages: 2 })
  expect(await file.load(schema)).toEqual({ pages: 1 })
})
