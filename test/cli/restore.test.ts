import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { restoreVerb } from '../../src/cli/restore.ts'
import { WrongUsage } from '../../src/cli/verb.ts'
import { lookIntoBackup } from '../../src/disk/backup/look.ts'
import { makeBackup } from '../../src/disk/backup/make.ts'
import { restoreBackup } from '../../src/disk/backup/restore.ts'
import { type OpenStore, openStore } from '../../src/disk/store.ts'
import { createAct } from '../parts/act.ts'
import { createTestClock } from '../parts/clock.ts'
import { aDesk } from '../parts/desk.ts'
import { quiet } from '../parts/log.ts'
import { aGroup } from '../parts/records.ts'

let base = ''
let folder = ''
let file = ''
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'platen-verb-'))
  folder = join(base, 'data')
  await mkdir(folder)
  await copyFile(join(import.meta.dirname, '../states/4.state'), join(folder, 'platen.json'))
  const store = await open()
  const site = { folder, version: '0.1.0', site: 'North\u001b[2J', settings: [] }
  const { path } = await makeBackup({ ...site, store }, createAct())
  file = join(base, 'backup.tar.gz')
  await copyFile(path, file)
  await store.update((tx) => tx.put('groups', aGroup({ id: 'g-since' })))
  const [ticket] = Object.values(store.state.tickets)
  if (ticket) await store.update((tx) => tx.put('tickets', { ...ticket, id: 't-since' }))
  await store.close()
})
afterEach(() => rm(base, { recursive: true }))

/** Types `platen restore ARGS`. */
async function restore(...args: string[]) {
  const clock = createTestClock('2026-03-09T08:00:00.000Z')
  const by = { by: 'admin', from: 'command line' } as const
  const { desk, said } = aDesk({
    restoring: {
      look: (given: string) => lookIntoBackup({ file: given, folder, log: quiet }),
      restore: (given: string, progress: (words: string) => void) =>
        restoreBackup({
          ...{ file: given, folder, log: quiet, clock, by, progress, witness: null },
        }),
    },
  })
  const code = await restoreVerb.run(args, desk)
  return { code, ...said() }
}

it('says with --dry-run what would come back and what is newer, and changes nothing', async () => {
  const { code, out } = await restore(file, '--dry-run')
  expect(code).toBe(0)
  expect(out).toContain('is good: made by platen 0.1.0 at North [2J, 2026-03-02 08:00 UTC.')
  expect(out).toMatch(/It holds 2 printers in 1 group, 1 account, 3 tickets, \d+ letters/)
  expect(out).toContain('not in the backup: 1 ticket, 0 entries')
  expect(out).toContain('Nothing was changed.')
  expect(out).not.toContain('\u001b')
  const store = await open()
  expect(store.state.groups['g-since']).toBeDefined()
  await store.close()
})

it('puts it back, and says where what was here is now', async () => {
  const { code, out } = await restore(file)
  expect(code).toBe(0)
  const aside = /What was here before is in (.*)\./.exec(out)?.[1] ?? ''
  expect(aside).toBe(join(folder, 'backup/before-restore-2026-03-09T08-00-00Z'))
  expect(await readdir(aside)).toContain('platen.json')
  const store = await open()
  expect(store.state.groups['g-since']).toBeUndefined()
  await store.close()
})

it('wants one file', async () => {
  await expect(restore()).rejects.toThrow(WrongUsage)
  await expect(restore(file, file)).rejects.toThrow(WrongUsage)
  await expect(restore(join(base, 'none'))).rejects.toMatchObject({ code: 'invalid' })
})

function open(): Promise<OpenStore> {
  return openStore({ folder, log: quiet, clock: createTestClock() })
}
