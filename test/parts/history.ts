import type { Act } from '../../src/core/act.ts'
import type { Change } from '../../src/core/change.ts'
import { chainEndOf, note } from '../../src/core/journal/journal.ts'
import { Refusal } from '../../src/core/refusal.ts'
import { type OpenStore, openStore } from '../../src/disk/store.ts'
import { cardAfter, chooseBy, type Image, randomBy } from './card.ts'
import { createTestClock } from './clock.ts'
import { type SimulatedDisk, type Step, simulateDisk } from './disk.ts'
import { type Asked, createLineage, type Lineage, noting } from './lineage.ts'
import { quiet } from './log.ts'
import { troublesOf } from './troubles.ts'

// A random history of one data folder: changes alone and in crowds, some that throw, copies, stops,
// kills, power cuts and starts. What the disk was before each of its steps is kept.

export const folder = '/platen'

export interface Moment {
  /** What the disk was about to do. */
  readonly step: Step
  readonly image: Image
}

export interface History {
  readonly seed: number
  readonly moments: readonly Moment[]
  readonly asked: readonly Asked[]
  readonly lineage: Lineage
}

const clock = createTestClock()

/** Throws where even the history itself shows what must not be. */
export async function live(seed: number, changes: number): Promise<History> {
  const random = randomBy(seed * 7_919)
  const chance = (share: number) => random() < share
  const fails = troublesOf(seed)
  const moments: Moment[] = []
  const asked: Asked[] = []
  const lineage = createLineage()
  const history = { seed, moments, asked, lineage }
  let boots = 0
  let copies = 0
  let wrong: unknown = null
  const foundWrong = (error: unknown) => {
    wrong ??= error
  }
  let disk = running(simulateDisk(seed))
  let store = await openUntilItWorks()

  for (let number = 1; number <= changes; number += 1) {
    void ask(number).catch(foundWrong)
    const pause = random()
    if (pause < 0.4) for (let turn = random() * 30; turn > 0; turn -= 1) await null
    else if (pause < 0.6) await new Promise((resolve) => setImmediate(resolve))
    if (chance(0.1)) void store.mend()
    if (chance(0.06)) void copy().catch(foundWrong)
    if (wrong !== null) throw wrong
    if (!chance(0.12)) continue
    const end = random()
    // A close that fails has told nobody anything.
    if (end < 0.4) await store.close().catch(() => {})
    else if (end < 0.7) disk = running(disk.kill())
    else {
      disk.kill()
      disk = running(simulateDisk(number, cardAfter(disk.image(), chooseBy(random))))
    }
    store = await openUntilItWorks()
  }
  await store.close().catch(() => {})
  if (wrong !== null) throw wrong
  moments.push({ step: { number: 0, operation: 'close', path: 'the end' }, image: disk.image() })
  return history

  function running(next: SimulatedDisk): SimulatedDisk {
    next.fails = fails
    next.watch = (step) => void moments.push({ step, image: next.image() })
    return next
  }

  async function ask(number: number): Promise<void> {
    const throws = chance(0.1)
    const draw = randomBy(seed * 31 + number)
    const one: Asked = {
      ...{ number, askedAt: moments.length, toldAt: Number.POSITIVE_INFINITY },
      ...{ told: 'nothing', ids: [] },
    }
    try {
      await store.update((tx) => {
        if (chance(0.05)) return
        change(tx, one, { draw, throws, lineage })
        asked.push(one)
      })
      one.told = 'saved'
    } catch (error) {
      if (!throws && !(error instanceof Refusal)) throw error
      const unsure = error instanceof Refusal && /may show again/.test(error.message)
      one.told = unsure ? 'refused, not for sure' : 'refused'
    }
    one.toldAt = moments.length
  }

  async function copy(): Promise<void> {
    copies += 1
    // One each: whoever copies to a name takes away what another has just put there.
    const path = `${folder}/backup/copy-${copies}`
    const due = asked.filter(({ told }) => told === 'saved').map(({ number }) => number)
    const [from, at] = [disk, store]
    try {
      await at.copyTo(path)
    } catch {
      return
    }
    const hash = /"id":"journal","number":\d+,"hash":"([^"]*)"/.exec(from.text(path) ?? '')?.[1]
    const held = lineage.changesTo(hash ?? '')
    const lost = due.filter((number) => !held?.has(number))
    if (lost.length > 0) throw new Error(`changes ${lost} are not in a copy`)
  }

  /** The disk fails now and then, not for ever. */
  async function openUntilItWorks(): Promise<OpenStore> {
    for (;;) {
      const before = contentOf(disk)
      let troubles = 0
      disk.fails = (step) => {
        const code = fails(step)
        if (code !== null) troubles += 1
        return code
      }
      boots += 1
      try {
        const opened = await open(disk, boots)
        const wrong = mistakeIn(history, moments.length, opened)
        if (wrong !== null) throw new Error(`a start: ${wrong}`)
        return opened
      } catch (error) {
        const isRefused = error instanceof Refusal && troubles > 0
        const ofTheDisk = error instanceof Error && error.message.includes('simulated')
        if (!isRefused && !ofTheDisk) throw error
        if (isRefused && error.code === 'invalid' && contentOf(disk) !== before)
          throw new Error('a start that was refused wrote something')
      }
    }
  }
}

/** What the people who were told by then may miss in what a start found, or null. */
export function mistakeIn(
  { asked, lineage }: History,
  moment: number,
  { state }: Pick<OpenStore, 'state'>,
): string | null {
  const kept = lineage.changesTo(chainEndOf(state).hash)
  const wrong = lineage.mistakeIn(state)
  if (wrong !== null || kept === null) return wrong
  for (const { number, askedAt, toldAt, told } of asked) {
    if (kept.has(number) && askedAt > moment) return `change ${number} is there before its time`
    if (toldAt > moment) continue
    if (told === 'saved' && !kept.has(number)) return `change ${number} was told saved and is lost`
    if (told === 'refused' && kept.has(number)) return `change ${number} was refused and is back`
  }
  return null
}

const groups = ['g-1', 'g-2', 'g-3', 'g-4', '__proto__']
const mostEntries = 5

/** Something of everything: ids by a counter that is kept, records of several rooms, the journal. */
export function change(
  given: Change,
  asked: Pick<Asked, 'number' | 'ids'>,
  { draw, throws, lineage }: { draw: () => number; throws: boolean; lineage: Lineage },
): void {
  const { tx, writes } = noting(given)
  const before = chainEndOf(tx.state)
  const ids: string[] = []
  const act: Act = {
    ...{ by: 'ada', from: 'site', address: null, now: clock.now(), clockTrusted: true },
    newId(prefix) {
      const count = Number(tx.state.groups.counter?.name ?? '0') + 1
      tx.put('groups', aGroup('counter', String(count)))
      ids.push(`${prefix}-${count}`)
      return `${prefix}-${count}`
    },
  }
  const name = `change ${asked.number}${' long'.repeat(draw() < 0.1 ? draw() * 100 : 1)}`
  for (const id of groups) if (draw() < 0.3) tx.put('groups', aGroup(id, name))
  for (const id of groups) if (draw() < 0.2) tx.drop('groups', id)
  const at = act.now.toISOString()
  const times = {
    startedAt: at,
    seenAt: at,
    clockTrusted: true,
    by: 'password',
    browser: '',
  } as const
  if (draw() < 0.5) tx.put('sessions', { id: act.newId('s'), person: 'ada', ...times })
  const [session] = Object.keys(tx.state.sessions)
  if (session && draw() < 0.4) tx.drop('sessions', session)
  if (draw() < 0.2) tx.put('schedule', { id: 'backup', done: [String(asked.number)] })
  note(tx, act, { what: 'changed', subject: `change-${asked.number}` })
  // The oldest entries go, as to the archive.
  const entries = Object.values(tx.state.journal).sort((a, b) => a.number - b.number)
  for (const entry of entries.slice(0, -mostEntries)) tx.drop('journal', entry.id)
  if (throws) throw new Error('the act refused')
  asked.ids = ids
  const { hash } = chainEndOf(tx.state)
  lineage.add(hash, { before: before.hash, number: asked.number, writes })
}

function aGroup(id: string, name: string) {
  return { id, name, building: null, managers: [] }
}

/** All that a reader sees, without locks. */
function contentOf(disk: SimulatedDisk): string {
  return ['platen.json', 'platen.json.1', 'platen.log', 'platen.log.1']
    .map((name) => disk.text(`${folder}/${name}`))
    .join('\n')
}

/** Each start is another process; those before it are gone. */
export function open(disk: SimulatedDisk, boot: number): Promise<OpenStore> {
  const words = `7 ${boot}`
  return openStore({
    ...{ folder, files: disk, log: quiet, clock, leastLogBytes: 2_000 },
    processes: { pid: 7, identify: () => words },
  })
}
