import type { Clock } from '../core/clock.ts'
import { newId } from '../core/ids.ts'
import type { Person } from '../core/people/person.ts'
import type { ImportKind } from '../core/printers/table.ts'
import { Refusal } from '../core/refusal.ts'

// Files that were sent and are being looked over, in memory and for a while. A file may hold communities: it
// goes nowhere else.

export interface SentTable {
  readonly bytes: Uint8Array
  readonly kind: ImportKind
  /** What the person calls it: the file's name, 'a search of 10.0.0.0/24'. */
  readonly name: string
  /** `text`: pasted, or of a search, so that how it is written is no question. */
  readonly as: 'file' | 'text'
}

export interface WaitingImport extends SentTable {
  readonly id: string
  /** null: it is still looked over. */
  readonly done: DoneImport | null
}

/** What became of it. */
export interface DoneImport {
  readonly added: number
  readonly changed: number
  readonly retired: number
  /** Rows that were refused. */
  readonly left: number
  /** Ids of those added and changed, in the order of the file. */
  readonly printers: readonly string[]
}

export interface WaitingImports {
  /** The oldest of the person goes where there are too many. */
  keep(person: Person, table: SentTable): WaitingImport
  /** Refuses `missing`, another person's too. */
  get(person: Person, id: string): WaitingImport
  finish(person: Person, id: string, done: DoneImport): void
}

const mostOfPerson = 3
const mostInAll = 20
/** Of a Pi's memory. */
const mostBytes = 16 * 1024 * 1024
const minutes = 30

export function createWaitingImports(clock: Pick<Clock, 'monotonicMs'>): WaitingImports {
  /** The oldest first. */
  let kept: (WaitingImport & { readonly of: string; readonly since: number })[] = []

  function tidy(): void {
    const since = clock.monotonicMs() - minutes * 60_000
    kept = kept.filter((one) => one.since > since)
  }

  function find(person: Person, id: string) {
    tidy()
    const found = kept.find((one) => one.id === id && one.of === person.id)
    if (found) return found
    throw new Refusal(
      'missing',
      `This import is not here any more: one is kept for ${minutes} minutes, and none over a start of platen. Send the file again.`,
    )
  }

  return {
    keep(person, table) {
      tidy()
      const own = kept.filter(({ of }) => of === person.id)
      const [tooOld] = own.length >= mostOfPerson ? own : []
      kept = kept.filter((one) => one !== tooOld)
      const one = { ...table, id: newId('i'), done: null, of: person.id }
      kept.push({ ...one, since: clock.monotonicMs() })
      let bytes = kept.reduce((sum, each) => sum + each.bytes.length, 0)
      while (kept.length > mostInAll || (bytes > mostBytes && kept.length > 1))
        bytes -= kept.shift()?.bytes.length ?? 0
      return one
    },
    get: find,
    finish(person, id, done) {
      const one = find(person, id)
      kept[kept.indexOf(one)] = { ...one, done, bytes: new Uint8Array() }
    },
  }
}
