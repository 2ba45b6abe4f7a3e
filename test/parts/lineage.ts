import type { Change } from '../../src/core/change.ts'
import { chainEndOf } from '../../src/core/journal/journal.ts'
import type { Collection, State } from '../../src/core/state.ts'
import { collectionNames } from '../../src/disk/records.ts'

// What the state has to be after each change, known without the store: what the change before it left,
// and what it put and dropped itself. The journal's newest hash says which change was the last.

export interface Asked {
  readonly number: number
  /** How many moments had passed when it was asked for, and when its answer came. */
  readonly askedAt: number
  toldAt: number
  /** What the person who asked for it was told. */
  told: 'nothing' | 'saved' | 'refused' | 'refused, not for sure'
  /** Ids that it gave out. */
  ids: readonly string[]
}

interface Step {
  readonly before: string
  readonly number: number
  readonly writes: readonly (readonly [key: string, json: string | null])[]
}

export interface Lineage {
  /** A change was made in memory, after the one that ended in `before`; it ended in `hash`. */
  add(hash: string, step: Step): void
  /** The numbers of the changes that led there, null where none did. */
  changesTo(hash: string): ReadonlySet<number> | null
  /** Null where the state is what its changes make; else in what it is not. */
  mistakeIn(state: State): string | null
}

export function createLineage(): Lineage {
  const steps = new Map<string, Step>()
  const numbers = new Map<string, ReadonlySet<number>>([['', new Set()]])
  const states = new Map<string, ReadonlyMap<string, string>>([['', new Map()]])
  const lineage: Lineage = {
    add(hash, step) {
      steps.set(hash, step)
    },
    changesTo(hash) {
      const known = numbers.get(hash)
      if (known) return known
      const step = steps.get(hash)
      const before = step && lineage.changesTo(step.before)
      if (!step || !before) return null
      const found = new Set([...before, step.number])
      numbers.set(hash, found)
      return found
    },
    mistakeIn(state) {
      const { hash } = chainEndOf(state)
      const due = recordsAt(hash)
      if (due === null) return 'it is a state that never was'
      let count = 0
      for (const name of collectionNames)
        for (const [id, record] of Object.entries(state[name])) {
          const key = `${name} ${id}`
          const json = JSON.stringify(record)
          if (json !== due.get(key)) return `${key} is ${json}, not ${due.get(key)}`
          count += 1
        }
      return count === due.size ? null : `it has ${count} records instead of ${due.size}`
    },
  }
  return lineage

  function recordsAt(hash: string): ReadonlyMap<string, string> | null {
    const known = states.get(hash)
    if (known) return known
    const step = steps.get(hash)
    const before = step && recordsAt(step.before)
    if (!step || !before) return null
    const records = new Map(before)
    for (const [key, json] of step.writes) {
      if (json === null) records.delete(key)
      else records.set(key, json)
    }
    states.set(hash, records)
    return records
  }
}

/** What is written through it is noted too. */
export function noting(tx: Change): { tx: Change; writes: [key: string, json: string | null][] } {
  const writes: [string, string | null][] = []
  const put: Change['put'] = (collection, record) => {
    tx.put(collection, record)
    writes.push([`${collection} ${record.id}`, JSON.stringify(record)])
  }
  const drop = (collection: Collection, id: string) => {
    tx.drop(collection, id)
    writes.push([`${collection} ${id}`, null])
  }
  return { tx: { state: tx.state, put, drop }, writes }
}
