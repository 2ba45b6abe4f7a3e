import type { State } from '../state.ts'
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
      /** What bridges the entries that are not in the state. */
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

/** A few milliseconds between two steps at most. What is changed meanwhile does not count. */
export function* verifySteps(state: State): Generator<void, Proof> {
  const end = chainEndOf(state)
  const runs = Object.values(state.archived).sort((a, b) => a.first - b.first)
  const all = Object.values(state.journal)
  const entries = new Map(all.map((entry) => [entry.number, entry]))
  if (entries.size < all.length) return broken('Two entries have the same number.')
  const newest = [...entries.keys(), ...runs.map(({ last }) => last)].reduce(larger, 0)
  yield
  const runAt = new Map(runs.map((run) => [run.first, run]))
  let [number, hash] = [1, beginning]
  let seen = 0
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
    if (entry === undefined) return broken(missing(number, newest, end))
    const trouble = wrongWith(entry, hash)
    if (trouble) return broken(trouble)
    seen += 1
    number += 1
    hash = entry.hash
    if (seen % 100 === 0) yield
  }
  if (newest > end.number)
    return broken(`The chain ends at ${end.number}, but there is an entry ${newest}.`)
  if (hash !== end.hash)
    return broken(`Entry ${end.number} is not the one that the chain ends with.`)
  if (seen < entries.size) return broken('An entry is both archived and not.')
  const erased = all.filter(isErased).length
  return { ok: true, end, entries: seen, erased, runs }
}

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

function missing(number: number, newest: number, end: ChainEnd): string {
  if (newest > number) return `Entry ${number} is missing.`
  return `The chain ends at ${number - 1}, not at ${end.number}: the rest is missing.`
}

const larger = (a: number, b: number): number => (a > b ? a : b)
