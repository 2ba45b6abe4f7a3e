import type { Change } from '../change.ts'
import type { State } from '../state.ts'
import { archivedRuns, byNumber } from './by-number.ts'
import { beginning } from './chain.ts'
import type { ArchivedEntry, ArchivedRun, Entry } from './entry.ts'
import { chainEndOf } from './journal.ts'
import { staysFor, type Weight, weightOf } from './weight.ts'

// Old entries leave the state for the file of their month, without what tells of a person; the hashes
// of their ends stay, so that the chain holds without them.

const dayMs = 86_400_000
const perStep = 1000

export interface Due {
  /** As it is in the state. */
  readonly entry: Entry
  /** The hash before it. */
  readonly before: string
  /** `2026-03`, in UTC; of one whose own time was not sure, that of the sure time it is counted from. */
  readonly month: string
}

export interface DueEntries {
  /** The oldest first: to be dropped in this order. */
  readonly due: readonly Due[]
  /** Of what left the state before, by the last number: `dropArchived` goes on with it. */
  readonly runs: Map<number, ArchivedRun>
}

/**
 * Those that have stayed long enough, for a time that is known to be right; looked for in steps of some
 * milliseconds. An entry whose own time was not sure stays as long as the heaviest, counted from the first entry
 * behind it, here or archived, whose time was.
 */
export function* dueSteps(state: State, now: Date): Generator<void, DueEntries> {
  const before = (weight: Weight) =>
    new Date(now.getTime() - staysFor[weight] * dayMs).toISOString()
  const until = { high: before('high'), medium: before('medium'), low: before('low') }
  const { entries } = yield* byNumber(state)
  const runs = new Map<number, ArchivedRun>()
  // One that ends before it begins is damage, for `check` to tell.
  for (const run of yield* archivedRuns(state)) if (run.first <= run.last) runs.set(run.last, run)

  const due: Due[] = []
  /** The first sure time behind. */
  let sure: string | null = null
  let walked = 0
  for (let number = chainEndOf(state).number; number > 0; number -= 1) {
    walked += 1
    if (walked % perStep === 0) yield
    const run = runs.get(number)
    if (run) {
      sure = run.at ?? sure
      number = run.first
      continue
    }
    const entry = entries.get(number)
    if (entry === undefined) continue
    if (entry.clockTrusted) sure = entry.at
    if (sure === null || sure >= until[entry.clockTrusted ? weightOf(entry.what) : 'high']) continue
    const link = hashAt(number - 1)
    // One is missing before it: it stays, for `check` to tell.
    if (link !== undefined) due.push({ entry, before: link, month: sure.slice(0, 7) })
  }
  return { due: due.reverse(), runs }

  function hashAt(number: number): string | undefined {
    return number === 0 ? beginning : (entries.get(number) ?? runs.get(number))?.hash
  }
}

/** What is kept of it elsewhere. */
export function asArchived({ entry, before }: Due): ArchivedEntry {
  const { id: _id, personal: _erased, ...rest } = entry
  return { ...rest, before }
}

/**
 * What was kept elsewhere leaves the state; runs that meet become one. `kept`: some of what is due; what is before
 * these left already.
 */
export function dropArchived(
  tx: Change,
  kept: readonly Due[],
  runs: Map<number, ArchivedRun>,
): void {
  for (const { entry, before } of kept) {
    const { number, hash } = entry
    const at = entry.clockTrusted ? entry.at : null
    const alone = { id: `a-${number}`, first: number, last: number, before, hash, at }
    const joined = join(runs.get(number - 1), alone)
    keepRun(joined)
    const next = tx.state.archived[`a-${number + 1}`]
    const both = next && join(joined, next)
    if (both && both !== next) {
      tx.drop('archived', next.id)
      keepRun(both)
    }
    tx.drop('journal', entry.id)
  }

  function keepRun(run: ArchivedRun): void {
    tx.put('archived', run)
    runs.set(run.last, run)
  }
}

/** Both as one; the second alone where the ends do not fit: they stay apart, so that the damage shows. */
function join(run: ArchivedRun | undefined, next: ArchivedRun): ArchivedRun {
  if (run?.hash !== next.before) return next
  return { ...run, last: next.last, hash: next.hash, at: run.at ?? next.at }
}
