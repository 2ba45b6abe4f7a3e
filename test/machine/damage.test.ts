import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { realFiles } from '../../src/disk/files.ts'
import { readFolder } from '../../src/disk/start.ts'
import { openStore } from '../../src/disk/store.ts'
import { createTestClock } from '../parts/clock.ts'
import { randomBy } from '../parts/disk.ts'
import { quiet } from '../parts/log.ts'
import { aMachine } from '../parts/process.ts'

// What is kept, cut short or with one bit turned anywhere: a start says so, and leaves it as it is.

const seed = Number(process.env.DAMAGE_SEED ?? Date.now() % 2 ** 31)
const base = mkdtempSync(join(tmpdir(), 'platen-damage-'))
const good = join(base, 'good')
const spoilt = join(base, 'data')
const machine = await aMachine({ PLATEN_DATA_DIR: spoilt, PLATEN_LOG_LEVEL: 'error' })
afterAll(async () => {
  await machine.end()
  rmSync(base, { recursive: true })
})

/** Snapshot and log, both with something in them, and the ones before; readings; no clean stop. */
beforeAll(async () => {
  const group = (at: number) => ({
    id: `g-${at}`,
    name: `Group ${at}`,
    building: null,
    managers: [],
  })
  const open = () =>
    openStore({ folder: spoilt, log: quiet, clock: createTestClock(), leastLogBytes: 4096 })
  const store = await open()
  for (let at = 0; at < 60; at += 1) await store.update((tx) => tx.put('groups', group(at)))
  await store.close()
  const again = await open()
  for (let at = 60; at < 70; at += 1) await again.update((tx) => tx.put('groups', group(at)))
  cpSync(spoilt, good, { recursive: true, verbatimSymlinks: true })
  await again.close()
  rmSync(join(good, 'lock'), { force: true })
  mkdirSync(join(good, 'journal'), { recursive: true })
  writeFileSync(
    join(good, 'journal/readings-2026-03.jsonl'),
    '{"printer":"p-1","pages":10}\n'.repeat(50),
  )
  writeFileSync(join(good, 'status.json'), '{}')
  writeFileSync(join(good, 'wear.json'), '{"days":{}}')
})

interface Damage {
  readonly name: string
  readonly how: 'one bit turned' | 'cut short'
  /** Byte; bit of it. */
  readonly at: number
  readonly bit: number
}

function spoil({ name, how, at, bit }: Damage): void {
  rmSync(spoilt, { recursive: true, force: true })
  cpSync(good, spoilt, { recursive: true, verbatimSymlinks: true })
  const bytes = readFileSync(join(spoilt, name))
  if (how === 'one bit turned') bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
  writeFileSync(join(spoilt, name), how === 'cut short' ? bytes.subarray(0, at) : bytes)
}

/**
 * Somewhere in a file. Not in the log's last write: cut off or spoilt there it is a write that the power cut,
 * which nobody was told of.
 */
function somewhere(random: () => number, names: readonly string[]): Damage {
  const name = names[Math.floor(random() * names.length)] ?? ''
  const bytes = readFileSync(join(good, name))
  const how = name !== 'platen.log' && random() < 0.4 ? 'cut short' : 'one bit turned'
  const end = name === 'platen.log' ? bytes.lastIndexOf(10, -2) + 1 : bytes.length
  return { name, how, at: Math.floor(random() * end), bit: Math.floor(random() * 8) }
}

const kept = ['platen.json', 'platen.log']

/** All of a folder, by name. */
function contents(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const files = names.filter((name) => statSync(join(folder, name)).isFile())
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), 'latin1')]))
}

test(`a start refuses what it cannot read, says which and what is good, and writes nothing (DAMAGE_SEED=${seed})`, async () => {
  const random = randomBy(seed)
  for (let count = 0; count < 40; count += 1) {
    const damage = somewhere(random, kept)
    spoil(damage)
    const before = contents(spoilt)
    const { code, err } = await machine.platen(['serve', '--no-console'])
    const told = JSON.stringify(damage)
    expect(code, told).toBe(1)
    expect(err, told).toContain(`${join(spoilt, damage.name)} cannot be read`)
    expect(err, told).toContain('Nothing in the folder was changed.')
    expect(err, told).toMatch(
      damage.name === 'platen.json' ? /platen\.json\.1 of .* is good/ : /newest good/,
    )
    expect(contents(spoilt), told).toEqual(before)
  }
})

test('the same of hundreds of places more', async () => {
  const random = randomBy(seed + 1)
  for (let count = 0; count < 600; count += 1) {
    const damage = somewhere(random, kept)
    spoil(damage)
    const before = contents(spoilt)
    const told = JSON.stringify(damage)
    await expect(readFolder(realFiles, spoilt, quiet), told).rejects.toMatchObject({
      ...{ code: 'invalid', message: expect.stringContaining(`/${damage.name} cannot be read`) },
    })
    expect(contents(spoilt), told).toEqual(before)
  }
})

test('what a sweep brings again stops no start: readings, the last word of printers, the count', async () => {
  const random = randomBy(seed + 2)
  const names = ['journal/readings-2026-03.jsonl', 'status.json', 'wear.json']
  for (let count = 0; count < 12; count += 1) {
    const damage = somewhere(random, names)
    spoil(damage)
    const platen = machine.serve()
    await machine.isUp()
    expect(await platen.stop(), JSON.stringify(damage)).toBe(0)
  }
})
