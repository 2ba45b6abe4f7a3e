import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { actOf } from '../../src/core/act.ts'
import { Refusal } from '../../src/core/refusal.ts'
import { type BackupsParts, createBackups } from '../../src/disk/backup/backups.ts'
import { readBackup } from '../../src/disk/backup/verify.ts'
import { realFiles } from '../../src/disk/files.ts'
import { seal } from '../../src/disk/sealed-lines.ts'
import { type OpenStore, openStore } from '../../src/disk/store.ts'
import { until } from '../boot.ts'
import { createTestClock, type TestClock } from '../parts/clock.ts'
import { quiet } from '../parts/log.ts'

// The daily ones: when, where to, what stays, who is told.

const hourMs = 3_600_000
let base = ''
let folder = ''
/** On another disk than /tmp: memory. */
let elsewhere = ''
let clock: TestClock
let store: OpenStore
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'platen-daily-'))
  elsewhere = await mkdtemp('/dev/shm/platen-daily-')
  folder = join(base, 'data')
  clock = createTestClock()
  store = await openStore({ folder, log: quiet, clock })
})
afterEach(async () => {
  await store.close()
  await rm(base, { recursive: true, force: true })
  await rm(elsewhere, { recursive: true, force: true })
})

test('makes one, copies it to the second place, and both are good', async () => {
  expect((await stat(elsewhere)).dev).not.toBe((await stat(folder)).dev)
  const backups = await create({ elsewhere })
  expect(backups.facts()).toMatchObject({ newest: null, trouble: null })
  const made = await backups.make(asked())
  expect(made).toMatchObject({ trouble: null, damage: [], bytes: expect.any(Number) })
  expect(await readdir(join(folder, 'backup'))).toEqual(['platen-2026-03-02T08-00-00Z.tar.gz'])
  expect(await readdir(elsewhere)).toEqual(['platen-north-2026-03-02T08-00-00Z.tar.gz'])
  expect(await readFile(made.copy ?? '')).toEqual(await readFile(made.path))
  expect((await stat(made.copy ?? '')).mode & 0o777).toBe(0o600)
  expect(await readBackup(made.copy ?? '')).toMatchObject({ site: 'north' })
  expect(backups.facts()).toMatchObject({
    newest: { path: made.path, at: '2026-03-02T08:00:00.000Z', bytes: made.bytes },
  })
  expect((await create()).facts().newest?.path).toBe(made.path)
  expect(letters()).toEqual([])
})

test('two at once are made one after the other, and neither takes the place of the other', async () => {
  const backups = await create()
  const made = await Promise.all([backups.make(asked()), backups.make(asked())])
  expect(made.map(({ name }) => name)).toEqual([
    'platen-2026-03-02T08-00-00Z.tar.gz',
    'platen-2026-03-02T08-00-01Z.tar.gz',
  ])
  for (const { path } of made) await readBackup(path)
})

test('a failure is told once for its day, tried again, and told again the next day', async () => {
  await writeFile(join(folder, 'backup'), 'in the way')
  const backups = await create()
  expect(await backups.makeDue('2026-03-02')).toBe(false)
  expect(letters()).toMatchObject([
    {
      kind: 'backup-failed',
      to: { group: null },
      facts: {
        file: null,
        sentences: [
          expect.stringMatching(/^No backup could be made: /),
          'There is none yet.',
          expect.any(String),
        ],
      },
    },
  ])
  expect(backups.trouble()).toContain('No backup could be made')
  clock.advance(hourMs)
  expect(await backups.makeDue('2026-03-02')).toBe(false)
  expect(letters()).toHaveLength(1)
  clock.advance(24 * hourMs)
  expect(await backups.makeDue('2026-03-03')).toBe(false)
  expect(letters()).toHaveLength(2)
  await rm(join(folder, 'backup'))
  clock.advance(hourMs)
  expect(await backups.makeDue('2026-03-03')).toBe(true)
  expect(backups.trouble()).toBeNull()
  expect(letters()).toHaveLength(2)
})

test('a failure that was told is not told again by a platen that was started again', async () => {
  await writeFile(join(folder, 'backup'), 'in the way')
  for (const hours of [0, 1, 1, 17]) {
    clock.advance(hours * hourMs)
    await (await create()).makeDue('2026-03-02')
    expect(letters()).toHaveLength(1)
  }
  clock.advance(5 * hourMs)
  await (await create()).makeDue('2026-03-03')
  expect(letters()).toHaveLength(2)
})

test('a success is told where that is wished', async () => {
  const backups = await create({ letters: 'always', elsewhere })
  expect(await backups.makeDue('2026-03-02')).toBe(true)
  expect(letters()).toMatchObject([
    {
      kind: 'backup-made',
      facts: {
        file: 'platen-2026-03-02T08-00-00Z.tar.gz',
        sentences: [
          expect.stringContaining('read back and is good'),
          expect.stringContaining(elsewhere),
        ],
      },
    },
  ])
})

test('while the share is away only the copy is tried again, not the backup', async () => {
  const share = join(elsewhere, 'share')
  const backups = await create({ elsewhere: share })
  expect(await backups.makeDue('2026-03-02')).toBe(false)
  expect(await backups.makeDue('2026-03-02')).toBe(false)
  await mkdir(share)
  clock.advance(hourMs)
  expect(await backups.makeDue('2026-03-02')).toBe(true)
  expect(backups.trouble()).toBeNull()
  const [name, ...more] = await readdir(join(folder, 'backup'))
  expect(more).toEqual([])
  expect(await readdir(share)).toEqual([expect.stringContaining(name?.slice(-22) ?? 'none')])
})

test('a share that hangs is a failure of the day, and asked again the next', async () => {
  const half = join(elsewhere, 'platen-north-2026-03-02T08-00-00Z.tar.gz.new')
  // Whoever opens it waits for ever, as on a share whose server is gone.
  execFileSync('mkfifo', [half])
  const backups = await create({ elsewhere, patienceMs: 200 })
  expect(await backups.makeDue('2026-03-02')).toBe(false)
  expect(backups.trouble()).toContain('it does not answer')
  const [name = ''] = await readdir(join(folder, 'backup'))
  await readBackup(join(folder, 'backup', name))
  expect(letters()).toMatchObject([{ kind: 'backup-failed', facts: { file: name } }])
  await rm(half, { force: true })
  clock.advance(24 * hourMs)
  expect(await (await create({ elsewhere })).makeDue('2026-03-03')).toBe(true)
})

test('a stop does not wait for a share that hangs, and the backup here stays', async () => {
  const name = '2026-03-02T08-00-00Z.tar.gz'
  execFileSync('mkfifo', [join(elsewhere, `platen-north-${name}.new`)])
  const backups = await create({ elsewhere })
  const made = backups.make(asked())
  await until(async () => (await realFiles.list(join(folder, 'backup'))).includes(`platen-${name}`))
  await backups.stop()
  expect(await made).toMatchObject({
    copy: null,
    trouble: expect.stringContaining('platen is being stopped'),
  })
  await readBackup(join(folder, 'backup', `platen-${name}`))
})

test('a file of readings that is damaged is told once', async () => {
  await mkdir(join(folder, 'journal'))
  const readings = join(folder, 'journal/readings-2026-02.jsonl')
  const line = seal({ printer: 'p-1', pageCount: 41_200 })
  await writeFile(readings, line.replace('41200', '41201') + line)
  const backups = await create()
  expect(await backups.makeDue('2026-03-02')).toBe(true)
  expect(letters()).toMatchObject([
    { facts: { sentences: expect.arrayContaining([expect.stringContaining('02.jsonl: line 1')]) } },
  ])
  clock.advance(24 * hourMs)
  expect(await backups.makeDue('2026-03-03')).toBe(true)
  expect(letters()).toHaveLength(1)
})

test('where the disk does not take the letter it is posted when it does, and the trouble stands', async () => {
  await writeFile(join(folder, 'backup'), 'in the way')
  let isFull = true
  const update: OpenStore['update'] = (change) =>
    isFull ? Promise.reject(new Refusal('unkeepable', 'full')) : store.update(change)
  const backups = await create({ store: { ...store, state: store.state, update } })
  await backups.makeDue('2026-03-02')
  await backups.tell()
  expect(letters()).toEqual([])
  expect(backups.trouble()).not.toBeNull()
  isFull = false
  await backups.tell()
  await backups.tell()
  expect(letters()).toMatchObject([{ kind: 'backup-failed' }])
})

test.each<[string, () => Promise<string>, string]>([
  ['is on the same disk', async () => base, 'Is the share mounted?'],
  ['is not there', async () => join(elsewhere, 'gone'), 'Is the share mounted?'],
  ['is full', async () => full(), 'its disk is full'],
  ['is no folder', async () => fileIn(elsewhere), 'it is no folder'],
  ['is a link to the same disk', async () => linkTo(base), 'on the same disk'],
  ['cannot be written to', async () => '/proc/self', 'may not write|its disk'],
])(
  'a second place that %s is a failure of the day, though the backup here stays',
  async (_, at, word) => {
    const backups = await create({ elsewhere: await at() })
    expect(await backups.makeDue('2026-03-02')).toBe(false)
    expect(backups.trouble()).toMatch(new RegExp(word))
    const [name = ''] = await readdir(join(folder, 'backup'))
    await readBackup(join(folder, 'backup', name))
    expect(letters()).toMatchObject([
      {
        kind: 'backup-failed',
        facts: {
          file: name,
          sentences: [backups.trouble(), expect.stringContaining(name), expect.any(String)],
        },
      },
    ])
  },
)

test('old ones go at both places, and other people’s files stay', async () => {
  await mkdir(join(folder, 'backup'))
  for (let day = 1; day <= 28; day += 1) {
    const date = `2026-02-${String(day).padStart(2, '0')}T08-00-00Z`
    await writeFile(join(folder, `backup/platen-${date}.tar.gz`), '')
    await writeFile(join(elsewhere, `platen-north-${date}.tar.gz`), '')
    await writeFile(join(elsewhere, `platen-south-${date}.tar.gz`), '')
  }
  for (const change of [1, 2, 3, 4, 5])
    await writeFile(join(folder, `backup/shape-3-change-${change}.json`), '')
  await writeFile(join(folder, 'backup/platen-2026-02-03T08-00-00Z.tar.gz.new'), 'half')
  await writeFile(join(elsewhere, 'platen-north-2026-02-03T08-00-00Z.tar.gz.new'), 'half')
  await writeFile(join(elsewhere, 'notes.txt'), '')
  const untrusted = await create({ elsewhere, clock: { ...clock, trusted: () => false } })
  await untrusted.makeDue('2026-03-02')
  expect(await readdir(join(folder, 'backup'))).toHaveLength(29 + 5)
  const backups = await create({ elsewhere })
  clock.advance(1000)
  await backups.makeDue('2026-03-02')
  const here = await readdir(join(folder, 'backup'))
  // The newest of 14 days, and the first of each; the Sundays of the weeks before.
  const days = ['01', '08', '15', ...Array.from({ length: 13 }, (_, n) => n + 16)]
  expect(here.filter((name) => name.startsWith('platen-'))).toEqual([
    ...days.map((day) => `platen-2026-02-${day}T08-00-00Z.tar.gz`),
    ...['00', '01'].map((second) => `platen-2026-03-02T08-00-${second}Z.tar.gz`),
  ])
  expect(here.filter((name) => name.startsWith('shape-'))).toHaveLength(3)
  const there = await readdir(elsewhere)
  expect(there.filter((name) => name.startsWith('platen-south-'))).toHaveLength(28)
  expect(there.filter((name) => name.startsWith('platen-north-'))).toHaveLength(days.length + 2)
  expect(there).toContain('notes.txt')
  expect([...here, ...there].filter((name) => name.endsWith('.new'))).toEqual([])
})

function create(more: Partial<BackupsParts> = {}) {
  return createBackups({
    ...{ store, folder, clock, log: quiet, version: '0.1.0', site: 'north', settings: [] },
    ...{ elsewhere: null, letters: 'failures', ...more },
  })
}

const asked = () => actOf(clock, { by: 'admin', from: 'command line' })
const letters = () => Object.values(store.state.outbox)

async function fileIn(at: string): Promise<string> {
  await writeFile(join(at, 'file'), '')
  return join(at, 'file')
}

async function linkTo(at: string): Promise<string> {
  await symlink(at, join(elsewhere, 'link'))
  return join(elsewhere, 'link')
}

async function full(): Promise<string> {
  await symlink('/dev/full', join(elsewhere, 'platen-north-2026-03-02T08-00-00Z.tar.gz.new'))
  return elsewhere
}
