import { execFileSync } from 'node:child_process'
import { lstat, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { createCanary, type Keepsake, layCanaryAnew } from '../../src/disk/canary.ts'
import type { AsRead } from '../../src/disk/claim.ts'
import type { Files } from '../../src/disk/files.ts'
import { realMachine } from '../../src/disk/machine.ts'
import { createTestClock } from '../parts/clock.ts'
import { type SimulatedDisk, simulateDisk } from '../parts/disk.ts'
import { quiet } from '../parts/log.ts'

const folder = '/platen'
const path = '/platen/canary'
const name = 'platen-North.canary'
const later: AsRead = { epoch: 2, seq: 500 }
const earlier: AsRead = { epoch: 2, seq: 450 }

const shares: string[] = []
afterEach(async () => {
  for (const share of shares.splice(0)) await rm(share, { recursive: true })
})

async function aShare(): Promise<string> {
  const share = await mkdtemp(join(tmpdir(), 'platen-share-'))
  shares.push(share)
  return share
}

interface Started {
  readonly disk: Files
  /** A real folder. */
  readonly elsewhere?: string
  readonly patienceMs?: number
  /** Where the state is when the store is opened, and at the end. */
  readonly from?: AsRead | null
  readonly to?: AsRead | null
  readonly boot?: string
  readonly card?: (path: string) => Promise<Buffer | null>
  readonly backup?: string
}

/** One start, to its clean stop unless the power goes. */
async function start(given: Started, end: 'stop' | 'power cut' = 'stop'): Promise<Keepsake> {
  const { disk, elsewhere, from = later, to = from, boot = 'boot-1', card, backup } = given
  const { patienceMs } = given
  let durable = from ?? { epoch: 1, seq: 0 }
  const keepsake = createCanary({
    ...{ folder, log: quiet, clock: createTestClock(), found: from },
    witness: elsewhere ? join(elsewhere, name) : null,
    files: disk,
    durable: () => (to === null ? null : durable),
    newestBackup: () => backup ?? null,
    machine: { bootId: async () => boot, readPastCache: card ?? (() => Promise.resolve(null)) },
    ...(patienceMs === undefined ? {} : { patienceMs }),
  })
  await keepsake.begin()
  if (to !== null) durable = to
  if (end === 'stop') await keepsake.lay()
  return keepsake
}

async function write(disk: SimulatedDisk, name: string, text: string): Promise<void> {
  const file = await disk.open(name, 'anew')
  await file.append(text)
  await file.flush()
}

test('a card that remembers gives no cause to speak, through clean stops and power cuts', async () => {
  let disk = simulateDisk()
  expect((await start({ disk, from: null, to: { epoch: 1, seq: 7 } })).trouble()).toBeNull()
  await write(disk, '/platen/wear.json', '{}')
  await disk.flushFolder(folder)
  for (let boot = 2; boot < 60; boot += 1) {
    const from = { epoch: boot, seq: boot * 10 }
    const canary = await start(
      { disk, from, boot: `boot-${boot}` },
      boot % 2 ? 'stop' : 'power cut',
    )
    expect(canary.trouble()).toBeNull()
    disk = disk.crash(boot)
  }
})

test('what a start leaves is there after a power cut', async () => {
  for (let seed = 1; seed < 20; seed += 1) {
    const disk = simulateDisk()
    await start({ disk }, 'power cut')
    expect(disk.crash(seed).text(path)).toBe(disk.text(path))
  }
})

test('a state that is older than what was durable is told, with the newest backup', async () => {
  for (const [to, gone] of [
    [earlier, true],
    [{ epoch: 1, seq: 900 }, true],
    [{ epoch: 3, seq: 400 }, false],
  ] as const) {
    const disk = simulateDisk()
    await start({ disk })
    const canary = await start({
      disk,
      from: to,
      boot: 'boot-2',
      backup: 'platen-1.tar.gz of Monday',
    })
    if (!gone) expect(canary.trouble()).toBeNull()
    else
      expect(canary.trouble()).toMatch(
        /^What was kept until change 500 of 2026-03-02 08:00 UTC is gone\. .*the card forgets.*replace the card; the newest backup is platen-1\.tar\.gz of Monday\.$/,
      )
  }
})

test('what was kept after a start counts too, from its clean stop on', async () => {
  const disk = simulateDisk()
  await start({ disk, from: earlier, to: later })
  expect((await start({ disk, from: earlier })).trouble()).toMatch(/until change 500 .* is gone/)
})

test('without a restart of the machine the card is not blamed', async () => {
  const disk = simulateDisk()
  await start({ disk })
  const said = (await start({ disk, from: earlier })).trouble()
  expect(said).toContain('An older copy was put here')
  expect(said).not.toContain('replace the card')
})

test('is missed where every start left one, and not on a state of an older platen', async () => {
  const disk = simulateDisk()
  expect((await start({ disk })).trouble()).toBeNull()
  await write(disk, '/platen/wear.json', '{}')
  await disk.remove(path)
  const canary = await start({ disk })
  expect(canary.trouble()).toMatch(
    /^\/platen\/canary, which every start leaves, is gone\..*no backup/,
  )
  // The next start finds this one's.
  expect((await start({ disk })).trouble()).toBeNull()
})

test('one turned bit anywhere is told, and so is half of it', async () => {
  const disk = simulateDisk()
  await start({ disk })
  const text = disk.text(path) ?? ''
  for (let at = 0; at < text.length; at += 1) {
    await write(disk, path, text)
    disk.flipBit(path, at)
    expect((await start({ disk })).trouble(), `${at}`).toContain('not what was written')
  }
  for (const length of [0, 10, 65, text.length - 1]) {
    await write(disk, path, text.slice(0, length))
    expect((await start({ disk })).trouble(), `${length}`).toContain('not what was written')
  }
})

test('a disk that takes or gives nothing stops nothing, and is tried again', async () => {
  for (const code of ['ENOSPC', 'EROFS', 'EIO', 'EACCES']) {
    const disk = simulateDisk()
    disk.fails = () => code
    const canary = await start({ disk, from: null, to: later }, 'power cut')
    await canary.mend()
    disk.fails = () => null
    expect(disk.text(path)).toBeNull()
    await canary.mend()
    const mended = disk.text(path)
    expect(mended).toContain('"seq":500')
    // Nothing is left to do, and a card is not worn for nothing.
    await canary.mend()
    expect(disk.text(path)).toBe(mended)
    expect((await start({ disk })).trouble()).toBeNull()
  }
})

test('nothing is left where nothing is durable, and half of it never', async () => {
  const disk = simulateDisk()
  await start({ disk, to: null })
  expect(disk.text(path)).toBeNull()
  disk.space = 30
  await start({ disk })
  expect([disk.text(path), disk.text(`${path}.new`)]).toEqual([null, null])
})

test('a card that gives back other than was written is told in the same start', async () => {
  const disk = simulateDisk()
  await start({ disk })
  const before = Buffer.from(disk.text(path) ?? '')
  for (const given of [before, Buffer.alloc(0)]) {
    const canary = await start({ disk, card: async () => given })
    expect(canary.trouble()).toMatch(/^\/platen\/canary comes back other than it was written/)
  }
  // A block is read, and the file is shorter.
  const whole = await start({ disk, card: async (at) => Buffer.from(disk.text(at) ?? '') })
  expect(whole.trouble()).toBeNull()
})

test('a card that forgets all since it was flashed is found out by the folder elsewhere', async () => {
  const elsewhere = await aShare()
  const flashed = simulateDisk()
  await start({ disk: flashed, from: earlier, elsewhere })
  for (let boot = 2; boot < 5; boot += 1) {
    const disk = flashed.crash(1)
    const canary = await start({ disk, elsewhere, from: earlier, to: later, boot: `boot-${boot}` })
    if (boot === 2) expect(canary.trouble()).toBeNull()
    else expect(canary.trouble()).toMatch(/until change 500 .* the card forgets/)
  }
})

test('also where nothing was changed in between, and where nothing at all is left', async () => {
  const elsewhere = await aShare()
  const flashed = simulateDisk()
  await start({ disk: flashed, elsewhere })
  await start({ disk: flashed.crash(1), elsewhere, boot: 'boot-2' })
  const third = await start({ disk: flashed.crash(1), elsewhere, boot: 'boot-3' })
  expect(third.trouble()).toMatch(/^The start of .* is forgotten here\. .*replace the card/)
  const empty = await start({ disk: simulateDisk(), elsewhere, from: null, boot: 'boot-4' })
  expect(empty.trouble()).toMatch(/until change 500 .* is gone.*PLATEN_SITE of its own/)
})

test('two appliances of one name are told apart, and leave each other’s canary alone', async () => {
  const elsewhere = await aShare()
  const [here, there] = [simulateDisk(), simulateDisk()]
  await start({ disk: here })
  await start({ disk: there, elsewhere })
  const before = await readFile(join(elsewhere, name))
  expect((await start({ disk: here, from: earlier, elsewhere })).trouble()).toMatch(
    /^\/.*\/platen-North\.canary is another appliance's\. Give each a PLATEN_SITE of its own/,
  )
  expect(await readFile(join(elsewhere, name))).toEqual(before)
})

test('a share that fails holds up neither start nor stop', async () => {
  // On one nothing can be read, into the other nothing written.
  for (const elsewhere of ['/dev/null', join(await aShare(), 'gone')]) {
    const disk = simulateDisk()
    expect((await start({ disk, elsewhere })).trouble()).toBeNull()
    expect(disk.text(path)).toContain('"starts":1')
  }
})

test('a share that never answers holds up neither, and what may lie there is left alone', async () => {
  const disk = simulateDisk()
  const elsewhere = await aShare()
  // Whoever opens it waits for ever, as on a share whose server is gone.
  execFileSync('mkfifo', [join(elsewhere, name)])
  const keepsake = await start({ disk, elsewhere, patienceMs: 600 }, 'power cut')
  expect(keepsake.trouble()).toBeNull()
  expect(disk.text(path)).toContain('"starts":1')
  // Until he who waited there has ended.
  await wait(100)
  await keepsake.lay()
  expect((await lstat(join(elsewhere, name))).isFIFO()).toBe(true)
})

test('a state that was put back on purpose is no older copy', async () => {
  const disk = simulateDisk()
  const elsewhere = await aShare()
  await start({ disk, elsewhere })
  const clock = createTestClock()
  await layCanaryAnew({ folder, witness: join(elsewhere, name), clock, files: disk }, earlier)
  expect((await start({ disk, elsewhere, from: earlier })).trouble()).toBeNull()
  expect(disk.text(path)).toContain('"starts":2')
})

test('the machine gives a file back past its memory, or says that it cannot', async () => {
  const base = await mkdtemp(join(tmpdir(), 'platen-canary-'))
  const real = join(base, 'canary')
  const canary = createCanary({
    ...{ folder: base, witness: null, log: quiet, clock: createTestClock(), found: null },
    ...{ durable: () => later, newestBackup: () => null },
  })
  await canary.begin()
  expect(canary.trouble()).toBeNull()
  const back = await realMachine.readPastCache(real)
  if (back !== null) expect(back).toEqual(await readFile(real))
  expect(await realMachine.readPastCache(join(base, 'nothing'))).toBeNull()
  await rm(base, { recursive: true })
})
