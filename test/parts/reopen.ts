import { chainEndOf } from '../../src/core/journal/journal.ts'
import { Refusal } from '../../src/core/refusal.ts'
import type { OpenStore } from '../../src/disk/store.ts'
import { type Card, randomBy } from './card.ts'
import { type SimulatedDisk, simulateDisk } from './disk.ts'
import { change, folder, type History, mistakeIn, open } from './history.ts'
import type { Asked } from './lineage.ts'

// What a start makes of a card, held against what people were told, and whether it goes on from there.

/** Null where all is as it should be. `turn`: which of the further trials comes, the same each time. */
export async function mistakeAfter(
  history: History,
  moment: number,
  card: Card,
  turn: number,
): Promise<string | null> {
  const disk = simulateDisk(turn, card)
  const store = await open(disk, 1_000)
  const wrong = mistakeIn(history, moment, store)
  if (wrong !== null) return wrong
  const trial = trials[turn % 7]
  return trial ? trial({ history, moment, card, disk, store, turn }) : null
}

/** Null where the store holds what its changes make, and the last was the same as in `due`. */
function differs({ lineage }: History, { state }: OpenStore, due: string): string | null {
  const { hash } = chainEndOf(state)
  return hash === due ? lineage.mistakeIn(state) : 'another change is the last'
}

interface Reopened {
  readonly history: History
  readonly moment: number
  readonly card: Card
  readonly disk: SimulatedDisk
  readonly store: OpenStore
  readonly turn: number
}

type Trial = (reopened: Reopened) => Promise<string | null>

/** Five of seven states come to one; a start alone is half the work. */
const trials: readonly Trial[] = [
  goesOn,
  survivesAnotherCut,
  goesOn,
  survivesBadStart,
  noticesTurnedBit,
]

/** One more change, and then a stop or another power cut. */
async function goesOn({ history, moment, disk, store, turn }: Reopened): Promise<string | null> {
  const next = { number: 1_000_000 + turn, ids: [] as readonly string[] }
  const draw = randomBy(turn)
  const stops = draw() < 0.5
  await store.update((tx) => change(tx, next, { draw, throws: false, lineage: history.lineage }))
  const taken = history.asked.find((one) => isTwice(one, next.ids))
  if (taken) return `an id of change ${taken.number} was given again`
  const due = chainEndOf(store.state).hash
  if (stops) await store.close()
  const after = await open(stops ? disk : disk.crash(turn), 1_001)
  const wrong = differs(history, after, due)
  return wrong && `it did not go on: ${wrong}`

  /** Those that are lost, and that nobody was told of, may be given again. */
  function isTwice({ told, toldAt, ids }: Asked, given: readonly string[]): boolean {
    return told === 'saved' && toldAt <= moment && ids.some((id) => given.includes(id))
  }
}

/** The power goes while it starts: what the first start saw, the second sees. */
async function survivesAnotherCut({
  history,
  card,
  store,
  turn,
}: Reopened): Promise<string | null> {
  const due = chainEndOf(store.state).hash
  const disk = simulateDisk(turn, card)
  disk.cutAt = 1 + Math.floor(randomBy(turn)() * 40)
  await Promise.race([open(disk, 1_001).then((opened) => opened.close()), disk.dark])
  const again = await open(disk.crash(turn), 1_002)
  const wrong = differs(history, again, due)
  return wrong && `another cut changed it: ${wrong}`
}

/** Files that are good and not given back: nothing is written, and the next start is well. */
async function survivesBadStart({ history, card, store, turn }: Reopened): Promise<string | null> {
  const due = chainEndOf(store.state).hash
  const disk = simulateDisk(turn, card)
  const before = filesOf(disk)
  const files = trusted.map((name) => `${folder}/${name}`)
  const bad = files[Math.floor(randomBy(turn)() * 5)] ?? folder
  disk.fails = ({ operation, path }) =>
    path === bad && (operation === 'read' || operation === 'list') ? 'EIO' : null
  const failed = await outcomeOf(disk)
  if (typeof failed === 'string') {
    if (filesOf(disk) !== before) return `a start that could not read ${bad} wrote something`
  } else if (differs(history, failed, due) !== null)
    return `without ${bad} it started with another state`
  disk.fails = () => null
  const again = await open(disk.kill(), 1_002)
  const wrong = differs(history, again, due)
  return wrong && `it was not well after ${bad} could not be read: ${wrong}`
}

/** One bit turns at rest: that stops the start, or takes no more than the last write. */
async function noticesTurnedBit({ history, card, store, turn }: Reopened): Promise<string | null> {
  const random = randomBy(turn)
  const disk = simulateDisk(turn, card)
  const name = trusted[Math.floor(random() * 2)] ?? ''
  const text = disk.text(`${folder}/${name}`)
  if (!text) return null
  disk.flipBit(`${folder}/${name}`, Math.floor(random() * Buffer.byteLength(text)))
  const before = filesOf(disk)
  const found = await outcomeOf(disk)
  if (typeof found === 'string')
    return found.includes(name) && filesOf(disk) === before
      ? null
      : `a turned bit in ${name}: ${found}`
  if (name === 'platen.json') return 'a turned bit in the snapshot was not noticed'
  const { hash } = chainEndOf(found.state)
  const kept = history.lineage.changesTo(hash)
  const due = history.lineage.changesTo(chainEndOf(store.state).hash)
  const isEarlier = kept !== null && [...kept].every((number) => due?.has(number))
  const wrong = isEarlier ? history.lineage.mistakeIn(found.state) : 'it never was that'
  return wrong && `a turned bit in ${name}: ${wrong}`
}

const trusted = ['platen.json', 'platen.log', 'platen.json.1', 'platen.log.1']

async function outcomeOf(disk: SimulatedDisk): Promise<OpenStore | string> {
  try {
    return await open(disk, 1_001)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'invalid') return error.message
    throw error
  }
}

function filesOf(disk: SimulatedDisk): string {
  return trusted.map((name) => disk.text(`${folder}/${name}`)).join('\n')
}
