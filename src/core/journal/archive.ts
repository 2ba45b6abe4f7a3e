import type { Change } from '../change.ts'
import type { State } from '../state.ts'
import { beginning } from './chain.ts'
import type { ArchivedEntry, ArchivedRun, Entry } from './entry.ts'
import { staysFor, type Weight, weightOf } from './weight.ts'

// Old entries leave the state for the file of their month, without what tells of a person; the hashes
// of their ends stay, so that the chain holds without them.

/** One write each: a change of more would hold the others up. */
const mostAtOnce = 500
const dayMs = 86_400_000

export interface Due {
  /** In the state. */
  readonly id: string
  readonly entry: ArchivedEntry
}

/**
 * Those that have stayed long enough, the oldest first, no more than one change should drop. For a time that
 * is known to be right. An entry whose own time was not stays as long as the heaviest, counted from the
 * first entry behind it whose time was.
 */
export function dueEntries(state: State, now: Date): Due[] {
  const before = (weight: Weight) =>
    new Date(now.getTime() - staysFor[weight] * dayMs).toISOString()
  const until = { high: before('high'), medium: before('medium'), low: before('low') }
  const old = Object.values(state.journal).filter(
    ({ clockTrusted, at }) => !clockTrusted || at < until.low,
  )
  const oldest = old
    .filter(({ clockTrusted, at }) => clockTrusted && at < until.high)
    .reduce((most, { number }) => Math.max(most, number), 0)
  const due = old
    .filter(({ clockTrusted, at, what, number }) =>
      clockTrusted ? at < until[weightOf(what)] : number < oldest,
    )
    .sort((a, b) => a.number - b.number)
    .slice(0, mostAtOnce)
  return due.length === 0 ? [] : withHashBefore(state, due)
}

/** What was kept elsewhere leaves the state; runs that meet become one. */
export function dropArchived(tx: Change, kept: readonly Due[]): void {
  const known = Object.values(tx.state.archived)
  const more = kept.map(({ id, entry: { number, before, hash } }): ArchivedRun => {
    tx.drop('journal', id)
    return { id: `a-${number}`, first: number, last: number, before, hash }
  })
  const runs = joined([...known, ...more])
  for (const { id } of known) if (!runs.has(id)) tx.drop('archived', id)
  for (const run of runs.values()) if (tx.state.archived[run.id] !== run) tx.put('archived', run)
}

/** By id. Ends that do not fit stay apart, so that the damage shows. */
function joined(runs: readonly ArchivedRun[]): Map<string, ArchivedRun> {
  const result = new Map<string, ArchivedRun>()
  let last: ArchivedRun | undefined
  for (const run of [...runs].sort((a, b) => a.first - b.first)) {
    last = last && last.hash === run.before ? { ...last, last: run.last, hash: run.hash } : run
    result.set(last.id, last)
  }
  return result
}

function withHashBefore(state: State, due: readonly Entry[]): Due[] {
  const wanted = new Set(due.map(({ number }) => number - 1))
  const hashes = new Map([[0, beginning]])
  for (const { last, hash } of Object.values(state.archived)) hashes.set(last, hash)
  for (const { number, hash } of Object.values(state.journal))
    if (wanted.has(number)) hashes.set(number, hash)
  return due.flatMap(({ id, personal: _erased, ...entry }) => {
    const before = hashes.get(entry.number - 1)
    // One is missing before it: it stays, for `check` to tell.
    return before === undefined ? [] : [{ id, entry: { ...entry, before } }]
  })
}
