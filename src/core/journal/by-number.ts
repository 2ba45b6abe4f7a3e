import type { State } from '../state.ts'
import type { ArchivedRun, Entry } from './entry.ts'

export interface ByNumber {
  readonly entries: Map<number, Entry>
  /** One of two entries that have the same number; null where each has its own. */
  readonly twin: Entry | null
}

/** Some milliseconds of a Pi. */
const perStep = 1000

/**
 * Every entry of the state, a step at a time. What is noted or taken out meanwhile may be there or not; what was
 * there all the while is.
 */
export function* byNumber(state: State): Generator<void, ByNumber> {
  const entries = new Map<number, Entry>()
  let twin: Entry | null = null
  for (const entry of allEntries(state)) {
    const other = entries.get(entry.number)
    // The same one comes again where it was taken out, and the disk would not have that.
    if (other && other.id !== entry.id) twin = entry
    entries.set(entry.number, entry)
    if (entries.size % perStep === 0) yield
  }
  return { entries, twin }
}

/** In no order, a step at a time. Those that become longer or new meanwhile hold what `byNumber` gave before. */
export function* archivedRuns(state: State): Generator<void, ArchivedRun[]> {
  for (;;) {
    const runs: ArchivedRun[] = []
    const ids = Object.keys(state.archived)
    for (const id of ids) {
      if (runs.length % perStep === 0) yield
      const run = state.archived[id]
      if (run) runs.push(run)
    }
    // One that is gone became part of the one before it, which may have been read already.
    if (runs.length === ids.length) return runs
  }
}

/** In no order. By an index, because listing 100,000 records of an object takes 60 ms in one go. */
function* allEntries(state: State): Generator<Entry> {
  for (const ids of state.by.journalBySubject.values())
    for (const id of ids) {
      const entry = state.journal[id]
      if (entry) yield entry
    }
}
