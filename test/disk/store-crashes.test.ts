import { expect, test } from 'vitest'
import type { Group } from '../../src/core/printers/group.ts'
import { Refusal } from '../../src/core/refusal.ts'
import { type OpenStore, openStore } from '../../src/disk/store.ts'
import { createTestClock } from '../parts/clock.ts'
import { randomBy, type SimulatedDisk, type Step, simulateDisk } from '../parts/disk.ts'
import { quiet } from '../parts/log.ts'

// Random histories; the power goes at every step of each; what a start then finds is held against
// what people were told. A failure names its seed, its step and its crash.

const folder = '/platen'
const ids = ['g-1', 'g-2', 'g-3', 'g-4', '__proto__']

interface Change {
  readonly number: number
  readonly puts: readonly Group[]
  readonly drops: readonly string[]
  /** What the person who asked for it was told before the power went. */
  told: 'nothing' | 'saved' | 'refused' | 'refused, not for sure'
}

test('loses nothing that was told saved, and brings back nothing that was refused, wherever the power goes', async () => {
  let states = 0
  for (let seed = 1; seed <= 20; seed += 1) {
    const whole = simulateDisk(seed)
    await live(whole, seed, [])
    const stride = Math.max(1, Math.floor(whole.steps / 60))
    for (let cut = 1 + (seed % stride); cut <= whole.steps; cut += stride) {
      const disk = simulateDisk(seed)
      disk.cutAt = cut
      const changes: Change[] = []
      await Promise.race([live(disk, seed, changes), disk.dark])
      for (let crash = 1; crash <= 2; crash += 1) {
        await expectKept(disk.crash(crash), changes, `seed ${seed}, step ${cut}, crash ${crash}`)
        states += 1
      }
    }
  }
  expect(states).toBeGreaterThan(2_000)
})

/** A day: changes alone and in crowds, some that throw, stops and starts, and a disk that fails. */
async function live(disk: SimulatedDisk, seed: number, changes: Change[]): Promise<void> {
  const random = randomBy(seed * 7_919)
  disk.fails = troubles(seed)
  let store = await openUntilItWorks(disk)
  for (let number = 1; number <= 30; number += 1) {
    const change = draw(number, random)
    const throws = random() < 0.1
    if (!throws) changes.push(change)
    void tell(store, change, throws)
    const pause = random()
    if (pause < 0.4) for (let turn = random() * 30; turn > 0; turn -= 1) await null
    else if (pause < 0.5) await new Promise((resolve) => setImmediate(resolve))
    if (random() < 0.2) void store.mend()
    if (random() < 0.05) {
      await store.close()
      store = await openUntilItWorks(disk)
    }
  }
  await store.close()
}

/** The disk fails now and then, not for ever. */
async function openUntilItWorks(disk: SimulatedDisk): Promise<OpenStore> {
  for (;;) {
    try {
      return await open(disk)
    } catch (error) {
      const ofTheDisk = error instanceof Error && error.message.includes('simulated')
      const unkept = error instanceof Refusal && error.code === 'unkeepable'
      if (!ofTheDisk && !unkept) throw error
    }
  }
}

async function tell(store: OpenStore, change: Change, throws: boolean): Promise<void> {
  try {
    await store.update((tx) => {
      for (const group of change.puts) tx.put('groups', group)
      for (const id of change.drops) tx.drop('groups', id)
      if (throws) throw new Error('the act refused')
      tx.put('groups', aGroup(`change-${change.number}`, change.number))
    })
    change.told = 'saved'
  } catch (error) {
    if (throws) return
    const unsure = error instanceof Refusal && /may show again/.test(error.message)
    change.told = unsure ? 'refused, not for sure' : 'refused'
  }
}

async function expectKept(
  disk: SimulatedDisk,
  changes: readonly Change[],
  where: string,
): Promise<void> {
  // The power may go again while it starts.
  const shaken = disk.crash(1)
  shaken.cutAt = 3 + (where.length % 17)
  await Promise.race([open(shaken).then((store) => store.close()), shaken.dark])
  for (const found of [disk, shaken.crash(2)]) {
    const store = await open(found).catch((error) => {
      throw new Error(`${where}: ${error}`)
    })
    const isKept = ({ number }: Change) => store.state.groups[`change-${number}`] !== undefined
    const lost = changes.filter((change) => change.told === 'saved' && !isKept(change))
    const revived = changes.filter((change) => change.told === 'refused' && isKept(change))
    // Of those that nobody was told about, the earlier ones.
    const untold = changes.filter(({ told }) => told === 'nothing').map(isKept)
    const disorder = untold.some((kept, n) => kept && untold[n - 1] === false)
    same(where, { lost, revived, disorder }, { lost: [], revived: [], disorder: false })
    const groups = replay(changes.filter(isKept))
    same(where, sorted(store.state.groups), sorted(groups))
    // And it goes on.
    const after = aGroup('after', 0)
    await store.update((tx) => tx.put('groups', after))
    await store.close()
    const again = await open(found)
    same(where, sorted(again.state.groups), sorted(Object.assign(groups, { after })))
    await again.close()
  }
}

/** Thousands of times; `expect` takes longer than the store. */
function same(where: string, found: unknown, due: unknown): void {
  if (JSON.stringify(found) !== JSON.stringify(due))
    expect({ where, found }).toEqual({ where, found: due })
}

const sorted = (groups: Readonly<Record<string, Group>>): Group[] =>
  Object.values(groups).sort((a, b) => (a.id < b.id ? -1 : 1))

function replay(changes: readonly Change[]): Record<string, Group> {
  const groups: Record<string, Group> = Object.create(null)
  for (const { number, puts, drops } of changes) {
    for (const group of puts) groups[group.id] = group
    for (const id of drops) delete groups[id]
    groups[`change-${number}`] = aGroup(`change-${number}`, number)
  }
  return groups
}

function draw(number: number, random: () => number): Change {
  const some = () => ids.filter(() => random() < 0.3)
  const puts = some().map((id) => aGroup(id, number))
  return { number, puts, drops: some(), told: 'nothing' }
}

function aGroup(id: string, number: number): Group {
  return { id, name: `change ${number}`, building: null, managers: [] }
}

/** Each seed has its kind of trouble; every fourth disk is a good one. */
function troubles(seed: number): (step: Step) => string | null {
  if (seed % 4 === 0) return () => null
  return ({ number, operation }) => {
    if (operation === 'close' || operation === 'read' || operation === 'list') return null
    if (operation === 'readMark' || operation === 'mark' || operation === 'remove') return null
    const chance = randomBy(seed * 104_729 + number)()
    if (operation === 'append') return chance < 0.06 ? 'ENOSPC' : null
    if (operation === 'flush') return chance < 0.06 ? 'EIO' : null
    return chance < 0.03 ? 'EIO' : null
  }
}

let boots = 0

/** Each start is another process; those before it are gone. */
async function open(disk: SimulatedDisk): Promise<OpenStore> {
  boots += 1
  const words = `7 ${boots}`
  return openStore({
    folder,
    files: disk,
    log: quiet,
    clock: createTestClock(),
    processes: { pid: 7, identify: () => words },
    leastLogBytes: 600,
  })
}
