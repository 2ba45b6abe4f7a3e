import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { backupVerb } from '../../src/cli/backup.ts'
import { checkBackup } from '../../src/cli/check-backup.ts'
import { actOf } from '../../src/core/act.ts'
import type { Made } from '../../src/core/backup/made.ts'
import { createBackups } from '../../src/disk/backup/backups.ts'
import { readBackup } from '../../src/disk/backup/verify.ts'
import { openStore } from '../../src/disk/store.ts'
import { createTestClock } from '../parts/clock.ts'
import { aDesk } from '../parts/desk.ts'
import { quiet } from '../parts/log.ts'
import { aPrinter } from '../parts/records.ts'

let base = ''
let elsewhere: string | null = null
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'platen-verb-'))
  elsewhere = null
})
afterEach(() => rm(base, { recursive: true }))

/** Types `platen backup ARGS`. */
async function backup(...args: string[]) {
  const folder = join(base, 'data')
  const clock = createTestClock()
  const store = await openStore({ folder, log: quiet, clock })
  await store.update((tx) => tx.put('printers', aPrinter()))
  const made = await createBackups({
    ...{ store, folder, clock, log: quiet, version: '0.1.0', site: 'north', settings: [] },
    ...{ elsewhere, letters: 'failures' },
  })
  const act = actOf(clock, { by: 'admin', from: 'command line' })
  const makeBackup = (): Promise<Made> => made.make(act)
  const { desk, said } = aDesk({ makeBackup })
  const code = await backupVerb.run(args, desk).finally(() => store.close())
  return { code, ...said() }
}

it('says where it is, how long it is and what is in it', async () => {
  const { code, out, err } = await backup()
  expect(code).toBe(0)
  const [path = '', words] = out.split('\n')
  expect(path).toBe(join(base, 'data/backup/platen-2026-03-02T08-00-00Z.tar.gz'))
  expect(words).toMatch(
    /^[\d\u00a0]+ bytes in 0\.0 s: 1 printer in 0 groups, 0 accounts, 0 tickets/,
  )
  expect(err).toBe('')
  await readBackup(path)
})

it('says where the good one is when it cannot be copied to where it was asked', async () => {
  const out = join(base, 'gone/mine.tar.gz')
  await expect(backup('--out', out)).rejects.toThrow(
    /^A good backup was made, .*data\/backup\/platen-.*, but it could not be copied to .*mine\.tar/,
  )
})

it('puts a copy where it was asked to, for its owner alone, and never over another file', async () => {
  const out = join(base, 'mine.tar.gz')
  const first = await backup('--out', out)
  expect(first.out.split('\n')[0]).toBe(out)
  expect((await stat(out)).mode & 0o777).toBe(0o600)
  await readBackup(out)
  const bytes = await readFile(out)
  await expect(backup('--out', out)).rejects.toMatchObject({
    ...{ code: 'conflict', message: expect.stringContaining('Choose another name') },
  })
  expect(await readFile(out)).toEqual(bytes)
  expect(await readdir(join(base, 'data/backup'))).toHaveLength(1)
})

it('ends with 1 and says why where the second place failed', async () => {
  elsewhere = base
  const { code, out, err } = await backup()
  expect(code).toBe(1)
  expect(out).toContain('backup/platen-')
  expect(err).toContain('Is the share mounted?')
})

const at = '2026-03-02T08:00:00.000Z'
const newest = { path: '/srv/platen/backup/x', at, bytes: 1234 }
const facts = { newest, elsewhere: null, trouble: null, ranMs: 0 }
const hours = (count: number) => new Date(Date.parse(at) + count * 3_600_000)

it('check tells how old the newest is, how long, and where copies go', () => {
  expect(checkBackup(null, hours(0))).toMatchObject({ ok: true })
  expect(checkBackup({ ...facts, newest: null }, hours(0))).toMatchObject({ ok: true })
  expect(checkBackup({ ...facts, elsewhere: '/mnt/share' }, hours(5))).toEqual({
    ...{
      ok: true,
      sentence: 'The newest is 5 h old, 1\u00a0234 bytes; each is copied to /mnt/share.',
    },
  })
  expect(checkBackup(facts, hours(5)).sentence).toContain('PLATEN_BACKUP_DIR')
})

it('check says what is wrong: an old one or none after two days, and what stands in the way', () => {
  const long = { ...facts, ranMs: 49 * 3_600_000 }
  expect(checkBackup(long, hours(47))).toMatchObject({ ok: true })
  expect(checkBackup(long, hours(49))).toMatchObject({
    ...{ ok: false, sentence: expect.stringMatching(/2 days old.*platen backup/) },
  })
  // Back from the holidays: the one of today is about to be made.
  expect(checkBackup(facts, hours(500))).toMatchObject({ ok: true })
  expect(checkBackup({ ...long, newest: null }, hours(0))).toMatchObject({ ok: false })
  expect(checkBackup({ ...facts, trouble: 'The disk is full.' }, hours(1))).toEqual({
    ...{ ok: false, sentence: `The disk is full. The newest is of ${at}.` },
  })
})
