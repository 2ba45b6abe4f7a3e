import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { backupName } from '../../src/core/backup/name.ts'
import { createElsewhere } from '../../src/disk/elsewhere.ts'
import { until } from '../boot.ts'
import { aCard } from '../parts/own-disk.ts'
import { aMachine, program } from '../parts/process.ts'

// The real program, and a folder elsewhere that lets whoever asks it wait for ever, as a share whose server
// is gone. One test freezes a disk, where no signal ends the waiting: it asks for root.

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const built = join(program, '../disk/elsewhere.js')
const site = 'north'
const mark = `platen-${site}.canary`

test('the canary there hangs: a stop ends within five seconds', async () => {
  const share = aShare()
  execFileSync('mkfifo', [join(share, mark)])
  const platen = await serve(share)
  await platen.stopsInTime()
})

test('the mark cannot be left there at the stop: it ends within five seconds', async () => {
  const share = aShare()
  const platen = await serve(share)
  await until(() => readdirSync(share).includes(mark))
  execFileSync('mkfifo', [join(share, `${mark}.new`)])
  await platen.stopsInTime()
})

test('a copy that hangs: the backup here is good, and a stop ends within five seconds', async () => {
  const share = aShare()
  const platen = await serve(share)
  await beginsACopyInVain(share, platen)
  await platen.stopsInTime()
})

test('on a disk where no signal ends the waiting, too', async () => {
  const card = aCard()
  ends.push(card.end)
  const platen = await serve(card.folder)
  await until(() => readdirSync(card.folder).includes(mark))
  const thaw = freeze(card.folder)
  const backup = platen.machine.platen(['backup'])
  await until(() => copiersTo(card.folder).length > 0)
  await platen.stopsInTime()
  expect(copiersTo(card.folder)).toHaveLength(1)
  thaw()
  await backup
})

test('as long as somebody waits there nobody else is sent, and he holds nobody up', async () => {
  const card = aCard()
  ends.push(card.end)
  const thaw = freeze(card.folder)
  const elsewhere = createElsewhere()
  const late = { code: 'ETIMEDOUT' }
  // Long enough for whoever is sent to get there: killed on the way, nobody would wait.
  await expect(elsewhere.write(join(card.folder, mark), 'x', 10_000)).rejects.toMatchObject(late)
  // A frozen disk would answer this one.
  await expect(elsewhere.list(card.folder, 60_000)).rejects.toMatchObject(late)
  const alone = `
    const { createElsewhere } = await import(${JSON.stringify(built)})
    await createElsewhere().write(${JSON.stringify(join(card.folder, mark))}, 'x', 10_000).catch(({ code }) => console.log(code))`
  const itself = execFileSync(process.execPath, ['--input-type=module', '-e', alone], {
    ...{ encoding: 'utf8', timeout: 120_000 },
  })
  expect(itself).toBe('ETIMEDOUT\n')
  thaw()
  await until(() =>
    elsewhere.list(card.folder, 5000).then(
      () => true,
      () => false,
    ),
  )
})

/** On another disk than /tmp: memory. */
function aShare(): string {
  const share = mkdtempSync('/dev/shm/platen-share-')
  ends.push(() => rmSync(share, { recursive: true }))
  return share
}

async function serve(share: string) {
  const machine = await aMachine({ PLATEN_SITE: site, PLATEN_BACKUP_DIR: share })
  ends.push(machine.end)
  const platen = machine.serve()
  await machine.isUp()
  return {
    machine,
    async stopsInTime() {
      const code = await platen.stop()
      expect(code).toBe(0)
      const lines = (await platen.log).trim().split('\n')
      expect(lines.filter((line) => /too long to stop/.test(line))).toEqual([])
      expect(lines.at(-1)).toContain('platen has stopped')
    },
  }
}

/** Whatever the second is when it is made: a name there that lets it wait. */
async function beginsACopyInVain(share: string, { machine }: Awaited<ReturnType<typeof serve>>) {
  const seconds = Array.from({ length: 300 }, (_, at) => new Date(Date.now() + at * 1000))
  execFileSync(
    'mkfifo',
    seconds.map((at) => join(share, `${backupName(at, site)}.new`)),
  )
  void machine.platen(['backup'])
  await until(() => copiersTo(share).length > 0)
  const here = readdirSync(join(machine.settings.PLATEN_DATA_DIR, 'backup'))
  expect(here.filter((name) => name.endsWith('.gz'))).toHaveLength(1)
}

/** Whoever changes something there waits until it is thawed; no signal ends that. */
function freeze(folder: string): () => void {
  execFileSync('fsfreeze', ['--freeze', folder])
  let isFrozen = true
  const thaw = () => {
    if (isFrozen) execFileSync('fsfreeze', ['--unfreeze', folder])
    isFrozen = false
  }
  ends.push(thaw)
  return thaw
}

/** Processes that copy a backup into a folder, by their arguments. */
function copiersTo(folder: string): string[] {
  return readdirSync('/proc').filter((id) => {
    if (!/^\d+$/.test(id)) return false
    try {
      const words = readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0')
      return words.some((word) => word.startsWith(`of=${folder}/`) && word.endsWith('.gz.new'))
    } catch {
      return false
    }
  })
}
