import type { State } from '../state.ts'

// What is told of a backup: what was made, what is in it, what would come back.

/** A backup that was read back and is good. */
export interface Made {
  readonly name: string
  /** Where it lies on this machine. */
  readonly path: string
  readonly bytes: number
  readonly seconds: number
  readonly inside: Inside
  /** Files that were damaged before they were backed up, a sentence each; they are in it as they are. */
  readonly damage: readonly string[]
  /** Its copy at the second place; null where there is none. */
  readonly copy: string | null
  /** Why there is no copy at the second place that was set; null where all is well. */
  readonly trouble: string | null
}

/** The newest one, by its name. */
export interface Newest {
  readonly path: string
  /** ISO, UTC. */
  readonly at: string
  readonly bytes: number
}

/** What `platen check` and the console show. */
export interface BackupFacts {
  readonly newest: Newest | null
  /** The folder elsewhere, by the settings; null: none is set. */
  readonly elsewhere: string | null
  /** Sentence; null where all is well. */
  readonly trouble: string | null
  /** How long platen has run without a stop; null: it does not run. */
  readonly ranMs: number | null
}

/** One is made a day, and one that failed is tried again each hour: after two days nobody has looked. */
const longestMs = 48 * 3_600_000

/** A platen that has run so long should have made one. */
export const isOverdue = (facts: BackupFacts, now: Date): boolean =>
  facts.ranMs !== null && facts.ranMs > longestMs && isOld(facts, now)

export const isOld = ({ newest }: BackupFacts, now: Date): boolean =>
  newest === null || now.getTime() - Date.parse(newest.at) > longestMs

/** Counts. */
export interface Inside {
  readonly printers: number
  readonly groups: number
  readonly people: number
  readonly tickets: number
  readonly letters: number
  readonly entries: number
  readonly journalFiles: number
  readonly modelFiles: number
}

/** Of the state, and of the paths of the files that lie beside it. */
export function countInside(state: State, paths: readonly string[]): Inside {
  const count = (records: object) => Object.keys(records).length
  const under = (folder: string) => paths.filter((path) => path.startsWith(`${folder}/`)).length
  return {
    printers: count(state.printers),
    groups: count(state.groups),
    people: count(state.people),
    tickets: count(state.tickets),
    letters: count(state.outbox),
    entries: count(state.journal),
    journalFiles: under('journal'),
    modelFiles: under('models'),
  }
}

/** What a restore would bring back, and what of today it would set aside. */
export interface WouldRestore {
  readonly file: string
  readonly site: string
  /** ISO, UTC. */
  readonly madeAt: string
  readonly clockTrusted: boolean
  /** Of the platen that made it. */
  readonly version: string
  readonly inside: Inside
  /** What is wrong with the journal in it, a sentence; null where its chain holds. */
  readonly journalTrouble: string | null
  /** null: nothing is kept here, or what is cannot be read. */
  readonly newerHere: { readonly tickets: number; readonly entries: number } | null
}

/** What is kept here and is not in a backup whose journal ends with entry `last`. */
export function newerThan(here: State, then: State, last: number): WouldRestore['newerHere'] {
  return {
    tickets: Object.keys(here.tickets).filter((id) => !(id in then.tickets)).length,
    entries: Object.values(here.journal).filter(({ number }) => number > last).length,
  }
}

export interface Restored extends WouldRestore {
  /** Folder of what was here before; null: nothing was. */
  readonly aside: string | null
}
