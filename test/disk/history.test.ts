import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createHistory } from '../../src/disk/history.ts'
import { createReadings } from '../../src/disk/readings.ts'
import { seal } from '../../src/disk/sealed-lines.ts'
import { quiet } from '../parts/log.ts'

// What one printer said of late, out of the files that hold what all said.

let folder: string
const now = () => new Date('2026-03-15T12:00:00Z')

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-history-'))
})
afterEach(() => rm(folder, { recursive: true }))

type Said = Record<string, unknown>
const line = (at: string, printer: string, more: Said = {}): Said => ({
  ...{ at: `2026-${at}:00.000Z`, printer, ok: true, pageCount: 1 },
  ...more,
})

/** As the appliance keeps them. */
async function keep(...lines: Said[]): Promise<void> {
  const readings = createReadings({ folder, log: quiet })
  for (const each of lines) readings.keepReading(each, new Date(String(each.at)))
  await readings.flush()
}

const look = async (printer: string) => {
  const lines = await createHistory({ folder, now })(printer)
  return lines.map(({ at, pageCount, ok }) => `${at.slice(5, 16)} ${ok ? pageCount : 'silent'}`)
}

test('tells of this month and the one before, the oldest first, and of no other printer', async () => {
  await keep(
    line('01-31T08:00', 'p-1', { pageCount: 1 }),
    line('02-27T08:00', 'p-1', { pageCount: 2 }),
    line('03-01T08:00', 'p-10', { pageCount: 3 }),
    line('03-01T09:00', 'p-1', { pageCount: 4 }),
    line('03-02T09:00', 'p-2', { error: '"printer":"p-1"' }),
    line('03-03T09:00', 'p-1', { pageCount: 5 }),
  )
  expect(await look('p-1')).toEqual(['02-27T08:00 2', '03-01T09:00 4', '03-03T09:00 5'])
  expect(await look('p-9')).toEqual([])
})

test('where nothing was kept yet there is nothing to tell', async () => {
  expect(await look('p-1')).toEqual([])
})

test('of an hour full of pages the last stands, beside each silence with its end', async () => {
  await keep(
    line('03-01T10:05', 'p-1', { pageCount: 10 }),
    line('03-01T10:10', 'p-1', { ok: false, error: 'No answer' }),
    line('03-01T10:20', 'p-1', { pageCount: 20 }),
    line('03-01T10:30', 'p-1', { pageCount: 30 }),
    line('03-01T10:40', 'p-1', { pageCount: 40, replaced: ['1.1'] }),
    line('03-01T10:50', 'p-1', { pageCount: 50 }),
    line('03-01T11:00', 'p-1', { pageCount: 60 }),
  )
  expect(await look('p-1')).toEqual([
    '03-01T10:05 10',
    '03-01T10:10 silent',
    '03-01T10:20 20',
    '03-01T10:30 30',
    '03-01T10:40 40',
    '03-01T10:50 50',
    '03-01T11:00 60',
  ])
})

test('a damaged line and half a line are passed over', async () => {
  const good = seal(line('03-01T10:00', 'p-1', { pageCount: 7 }))
  const turned = seal(line('03-01T11:00', 'p-1', { pageCount: 8 })).replace('Count":8', 'Count":9')
  const half = seal(line('03-01T12:00', 'p-1')).slice(0, 40)
  await mkdir(join(folder, 'journal'))
  const text = `${good}${turned}\0\0"printer":"p-1"\n{"printer":"p-1"}\n${half}`
  await writeFile(join(folder, 'journal/readings-2026-03.jsonl'), text)
  expect(await look('p-1')).toEqual(['03-01T10:00 7'])
})

test('of a long file every line is found once, wherever a slice ends', async () => {
  const hours = Array.from({ length: 14 * 24 }, (_, at) => new Date(Date.UTC(2026, 2, 1, at)))
  const lines = hours.flatMap((hour) =>
    ['p-1', 'p-2', 'p-3', 'p-4'].map((printer, at) => ({
      ...{ at: new Date(hour.getTime() + at * 60_000).toISOString(), printer, ok: true },
      ...{ pageCount: 1, alerts: ['x'.repeat(hour.getUTCHours() * 40)] },
    })),
  )
  await keep(...lines)
  const found = await createHistory({ folder, now })('p-3')
  expect(found.map(({ at }) => at)).toEqual(
    lines.filter(({ printer }) => printer === 'p-3').map(({ at }) => at),
  )
})

test('of a printer that says something new each hour the newest are told', async () => {
  const lines = Array.from({ length: 1600 }, (_, at) => {
    const when = new Date(Date.UTC(2026, 2, 15, 11) - at * 60_000).toISOString()
    return { at: when, printer: 'p-1', ok: false, error: `trouble ${at}` }
  })
  await keep(...lines.reverse())
  const found = await createHistory({ folder, now })('p-1')
  expect([found.length, found.at(-1)?.error]).toEqual([1500, 'trouble 0'])
})

test('who asks twice at once is answered by one reading', async () => {
  await keep(line('03-01T10:00', 'p-1'))
  const history = createHistory({ folder, now })
  const [one, two, other] = await Promise.all([history('p-1'), history('p-1'), history('p-2')])
  expect([one.length, two === one, other]).toEqual([1, true, []])
})
