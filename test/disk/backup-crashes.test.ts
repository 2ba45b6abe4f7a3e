import type { FileHandle } from 'node:fs/promises'
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeBackup } from '../../src/disk/backup/make.ts'
import { restoreBackup } from '../../src/disk/backup/restore.ts'
import { openBackup } from '../../src/disk/backup/verify.ts'
import { openStore } from '../../src/disk/store.ts'
import { createAct } from '../parts/act.ts'
import { createTestClock } from '../parts/clock.ts'
import { type SimulatedDisk, simulateDisk } from '../parts/disk.ts'
import { quiet } from '../parts/log.ts'
import { aGroup } from '../parts/records.ts'

// A restore, and the power goes at every step of it. What the next start then finds is all of the old or
// all of the new, and what was there before is still somewhere.

const folder = '/platen'
let base = ''
let backup = ''

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'platen-crash-'))
  await mkdir(join(base, 'journal'))
  await copyFile(join(import.meta.dirname, '../states/5.state'), join(base, 'platen.json'))
  await writeFile(join(base, 'journal/readings-2026-01.jsonl'), '{"of":"backup"}\n')
  await writeFile(join(base, 'journal/readings-2026-02.jsonl'), '{"of":"backup"}\n')
  const store = await openStore({ folder: base, log: quiet, clock: createTestClock() })
  const site = { folder: base, version: '0.1.0', site: 'North', settings: [] }
  backup = (await makeBackup({ ...site, store }, createAct())).path
  await store.close()
})
afterAll(async () => {
  await closeAll()
  await rm(base, { recursive: true })
})

test('wherever the power goes in a restore, all of the old or all of the new is there', async () => {
  const whole = await aDisk(1)
  const first = whole.steps
  await restore(whole)
  expect(await whatIsKept(whole)).toBe('new')
  const outcomes = new Map<string, number>()
  for (let cut = first + 1; cut <= whole.steps; cut += 1) {
    const disk = await aDisk(cut)
    disk.cutAt = cut
    await Promise.race([restore(disk).catch(() => {}), disk.dark])
    await closeAll()
    for (let crash = 1; crash <= 3; crash += 1) {
      const where = `step ${cut}, crash ${crash}`
      const after = disk.crash(crash)
      // A second power cut, in the middle of what the start after the first one finishes.
      if (crash === 3) {
        after.cutAt = 4 + (cut % 20)
        await Promise.race([open(after).catch(() => {}), after.dark])
      }
      const found = crash === 3 ? after.crash(crash) : after
      const kept = await whatIsKept(found)
      expect(kept, where).toMatch(/^(old|new)$/)
      expect(found.text(`${folder}/restore.new/platen.json`), where).toBeNull()
      expect(found.text(`${folder}/restore.go`), where).toBeNull()
      outcomes.set(kept, (outcomes.get(kept) ?? 0) + 1)
    }
  }
  expect(outcomes.get('old')).toBeGreaterThan(20)
  expect(outcomes.get('new')).toBeGreaterThan(20)
}, 120_000)

test('where the disk does not take it, everything is as it was', async () => {
  for (const [operation, code] of [
    ['append', 'ENOSPC'],
    ['flush', 'EIO'],
  ] as const) {
    const disk = await aDisk(7)
    disk.fails = (step) =>
      step.operation === operation && step.path.includes('restore.new') ? code : null
    await expect(restore(disk)).rejects.toMatchObject({
      code: 'unkeepable',
      message: expect.stringContaining('Nothing was restored'),
    })
    disk.fails = () => null
    expect(await whatIsKept(disk)).toBe('old')
  }
})

test('where it fails in the middle of the exchange, it says so, and the next start finishes', async () => {
  const disk = await aDisk(8)
  disk.fails = ({ operation, path }) =>
    operation === 'rename' && path.endsWith('restore.new/platen.json') ? 'EIO' : null
  await expect(restore(disk)).rejects.toMatchObject({
    code: 'unkeepable',
    message: expect.stringContaining('next start of platen'),
  })
  disk.fails = () => null
  expect(await whatIsKept(disk)).toBe('new')
})

/** With a state of its own, readings, and a change that is only in the log. */
async function aDisk(seed: number): Promise<SimulatedDisk> {
  const disk = simulateDisk(seed)
  const store = await open(disk)
  await store.update((tx) => tx.put('groups', aGroup({ id: 'g-old' })))
  await store.close()
  await disk.makeFolder(`${folder}/journal`)
  for (const month of ['2026-02', '2026-03']) {
    const file = await disk.open(`${folder}/journal/readings-${month}.jsonl`, 'anew')
    await file.append('{"of":"old"}\n')
    await file.flush()
    await file.close()
  }
  await disk.flushFolder(`${folder}/journal`)
  return disk
}

/** Whoever restores when the power goes never closes it. */
const opened: FileHandle[] = []
async function closeAll() {
  for (const file of opened.splice(0)) await file.close()
}

async function restore(disk: SimulatedDisk) {
  const held = await openBackup(backup)
  opened.push(held)
  const by = { by: 'admin', from: 'command line' } as const
  const clock = createTestClock('2026-03-09T08:00:00.000Z')
  return restoreBackup({
    ...{ witness: null, opened: held },
    ...{ file: backup, folder, log: quiet, clock, by, files: disk, processes },
  })
}

/** Each time another one: the one before went with the power. */
let pid = 1
const processes = {
  get pid() {
    return pid
  },
  identify: (asked: number) => (asked === pid ? `${pid} runs` : null),
}

function open(disk: SimulatedDisk) {
  pid += 1
  return openStore({ folder, log: quiet, clock: createTestClock(), files: disk, processes })
}

async function whatIsKept(disk: SimulatedDisk): Promise<string> {
  const store = await open(disk)
  const isOld = 'g-old' in store.state.groups
  const isNew = Object.keys(store.state.tickets).length === 3
  await store.close()
  const texts = ['2026-01', '2026-02', '2026-03'].map((month) =>
    disk.text(`${folder}/journal/readings-${month}.jsonl`),
  )
  const [aside = ''] = (await disk.list(`${folder}/backup`)).filter((name) =>
    name.startsWith('before-restore-'),
  )
  const [of, none] = [(who: string) => `{"of":"${who}"}\n`, null]
  const said = JSON.stringify([isOld, isNew, texts])
  if (said === JSON.stringify([true, false, [none, of('old'), of('old')]])) return 'old'
  if (said !== JSON.stringify([false, true, [of('backup'), of('backup'), none]])) return said
  const before = ['02', '03'].map((month) =>
    disk.text(`${folder}/backup/${aside}/journal/readings-2026-${month}.jsonl`),
  )
  const isAside = disk.text(`${folder}/backup/${aside}/platen.json`)?.includes('g-old')
  return isAside && before.every((text) => text === of('old')) ? 'new' : 'new, and the old is lost'
}
