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

test('a status.json that the disk does not give back stops nothing', async () => {
  for (const code of ['EISDIR', 'EACCES', 'EIO']) {
    const disk = simulateDisk()
    const said: object[] = []
    const log: Log = { ...quiet, warn: (facts) => said.push(facts) }
    disk.fails = ({ operation }) => (operation === 'read' ? code : null)
    expect(await createStatusFile({ folder: '/platen', log, files: disk }).load(schema)).toBeNull()
    expect(said).toEqual([{ error: expect.objectContaining({ code }), file: path }])
  }
})

test('tells that it cannot be kept until it can, and leaves no half of it in the way', async () => {
  const disk = simulateDisk()
  const file = createStatusFile({ folder: '/platen', log: quiet, files: disk })
  disk.space = 4
  await file.save({ pages: 1 })
  expect(file.trouble()).toMatch(/^What the printers last said cannot be kept: the disk is full\./)
  expect(disk.text(`${path}.new`)).toBeNull()
  disk.space = Number.POSITIVE_INFINITY
  await file.save({ pages: 2 })
  expect(file.trouble()).toBeNull()
})
