import type { State } from '../state.ts'
import { archivedRuns, byNumber } from './by-number.ts'
import { beginning, linkOf, personalHashOf } from './chain.ts'
import type { ArchivedRun, ChainEnd, Entry } from './entry.ts'
import { chainEndOf } from './journal.ts'

// Whether the journal is as it was written: every number from 1 to the end, each bound to the one
// before. `verify-archive.ts` goes on with what is in the files.

export type Proof =
  | {
      readonly ok: true
      /** The newest; its hash, written down elsewhere, proves all before it. */
      readonly end: ChainEnd
      /** In the state; of these, how many have lost what told of a person. */
      readonly entries: number
      readonly erased: number
      /** What bridges the entries that are not in the state, in no order. */
      readonly runs: readonly ArchivedRun[]
    }
  | Broken

export interface Broken {
  readonly ok: false
  /** The first thing that is wrong. */
  readonly sentence: string
}

/** In one go: milliseconds for a thousand entries. */
export function verifyJournal(state: State): Proof {
  const steps = verifySteps(state)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/**
 * Up to what is the newest entry at the first step; some milliseconds of a Pi from one to the next. What is
 * noted, erased or archived meanwhile is no damage.
 */
export function* verifySteps(state: State): Generator<void, Proof> {
  const end = chainEndOf(state)
  const { entries, twin } = yield* byNumber(state)
  if (twin) return broken('Two entries have the same number.')
  const runs = yield* archivedRuns(state)
  const runAt = new Map(runs.map((run) => [run.first, run]))
  let [number, hash] = [1, beginning]
  let [seen, erased] = [0, 0]
  while (number <= end.number) {
    const run = runAt.get(number)
    const entry = entries.get(number)
    if (run) {
      const trouble = wrongWithRun(run, hash)
      if (trouble) return broken(trouble)
      number = run.last + 1
      hash = run.hash
      continue
    }
    if (entry === undefined) return broken(missing(number, newestOf(entries, runs), end))
    const trouble = wrongWith(entry, hash)
    if (trouble) return broken(trouble)
    entries.delete(number)
    seen += 1
    if (isErased(entry)) erased += 1
    number += 1
    hash = entry.hash
    if (seen % perStep === 0) yield
  }
  const beyond = runs.find(({ last }) => last > end.number)
  if (beyond) return broken(tooNew(end, beyond.last))
  const trouble = yield* wrongWithRest(state, entries, runs)
  if (trouble) return broken(trouble)
  if (hash !== end.hash)
    return broken(`Entry ${end.number} is not the one that the chain ends with.`)
  return { ok: true, end, entries: seen, erased, runs }
}

/** What was not walked over: it was noted or archived meanwhile, or is too much. */
function* wrongWithRest(
  state: State,
  rest: ReadonlyMap<number, Entry>,
  runs: readonly ArchivedRun[],
): Generator<void, string | null> {
  let looked = 0
  for (const { id, number } of rest.values()) {
    looked += 1
    if (looked % perStep === 0) yield
    if (!state.journal[id]) continue
    const end = chainEndOf(state)
    if (number > end.number) return tooNew(end, number)
    const run = runs.find(({ first, last }) => first <= number && number <= last)
    // Neither where the disk would not have it, and both were taken back.
    if (run && state.archived[run.id] === run) return 'An entry is both archived and not.'
  }
  return null
}

/** About a millisecond here: a link is a hash. */
const perStep = 100

export const broken = (sentence: string): Broken => ({ ok: false, sentence })

/** 'Entry 17 of 2026-03-02 08:00 UTC'. */
export function named({ number, at }: Pick<Entry, 'number' | 'at'>): string {
  return `Entry ${number} of ${at.slice(0, 16).replace('T', ' ')} UTC`
}

export const isErased = ({ personal, personalHash }: Entry): boolean =>
  personal === null && personalHash !== null

function wrongWith(entry: Entry, before: string): string | null {
  if (linkOf(before, entry) !== entry.hash)
    return `${named(entry)} was changed after it was written${entry.number > 1 ? ', or the one before it' : ''}.`
  if (entry.personal !== null && personalHashOf(entry.personal) !== entry.personalHash)
    return `${named(entry)} was changed: what it tells of a person is not what was written.`
  return null
}

function wrongWithRun({ first, last, before }: ArchivedRun, hash: string): string | null {
  if (last < first) return `The archived entries ${first} to ${last} are none.`
  if (before === hash) return null
  return first === 1
    ? `The archived entries ${first} to ${last} do not begin the chain.`
    : `The archived entries ${first} to ${last} do not follow on entry ${first - 1}: one of them was changed.`
}

const tooNew = (end: ChainEnd, number: number): string =>
  `The chain ends at ${end.number}, but there is an entry ${number}.`

function missing(number: number, newest: number, end: ChainEnd): string {
  if (newest > number) return `Entry ${number} is missing.`
  return `The chain ends at ${number - 1}, not at ${end.number}: the rest is missing.`
}

function newestOf(entries: ReadonlyMap<number, Entry>, runs: readonly ArchivedRun[]): number {
  return [...entries.keys(), ...runs.map(({ last }) => last)].reduce(
    (most, each) => Math.max(most, each),
    0,
  )
}
