import type { BackupFacts, Made, Restored, WouldRestore } from '../core/backup/made.ts'
import type { BoxFacts } from '../core/box.ts'
import type { Clock } from '../core/clock.ts'
import type { ArchivedMonth } from '../core/journal/entry.ts'
import type { Search } from '../core/printers/found.ts'
import type { LabelJob } from '../core/printers/label-sheets.ts'
import type { ReadingsMonth } from '../core/status/history.ts'
import type { ReadPrinter } from '../core/status/reading.ts'
import type { Ask } from './acts.ts'
import type { Written } from './check-wear.ts'
import type { Digest } from './digest.ts'
import type { Kept, Seen } from './kept.ts'
import type { Seat } from './seat.ts'

/** What a verb works with; main.ts hands it over. */
export interface Desk {
  out(file: string | Uint8Array): void
  /** Whether somebody sits before standard output. */
  readonly isTerminal: boolean
  readonly labelPdf: (job: LabelJob) => Promise<Uint8Array>
  err(text: string): void
  readFile(path: string): Uint8Array
  /** Readable by its owner only: an export holds communities. */
  writeFile(path: string, file: string | Uint8Array): void
  /** A password, typed unseen at a terminal or piped in; one line. */
  askSecret(question: string): Promise<string>
  /** What the running platen does for us; without one, what the state here allows. */
  readonly ask: Ask
  /** By the running platen, else of the state here. */
  makeBackup(): Promise<Made>
  readonly restoring: Restoring
  readonly digest: Digest
  readonly readPrinter: ReadPrinter
  /** On the network, for printers. */
  readonly search: Search
  /** Writes over its own last line; null where nobody sits before it. */
  readonly progress: ((line: string) => void) | null
  /** Aborted by Ctrl-C and these from now on, in place of the process's end; the signal is the reason. */
  untilInterrupted(...also: readonly NodeJS.Signals[]): AbortSignal
  /** Who asks, in words of the journal. */
  readonly by: string
  /** The data folder. */
  readonly folder: string
  /** Our own terminal. */
  readonly seat: Seat
  /** The default of settings. */
  readonly community: string
  surroundings(): Promise<Surroundings>
}

/** What puts a backup back. */
export interface Restoring {
  /** Reads it whole and changes nothing. Refuses `invalid` one that is not good. */
  look(file: string): Promise<WouldRestore>
  /** All or nothing. Refuses `conflict` while a platen runs here. */
  restore(file: string, progress: (words: string) => void): Promise<Restored>
}

/** What `check` looks at, beside what it finds out by itself. */
export interface Surroundings {
  /** Where settings were found, what counts most first. */
  readonly foundIn: readonly string[]
  /** Each that is not at its default; a secret is `<secret>`. */
  readonly settings: readonly (readonly [name: string, value: string])[]
  /** The data folder. */
  readonly folder: string
  /** Why it is gone after the next start, in a sentence; null where it stays. */
  readonly forgets: string | null
  written(): Promise<Written | null>
  /** Of the machine, at this moment. */
  felt(): Promise<Pick<BoxFacts, 'celsius' | 'underVoltage'>>
  readonly clock: Clock
  readonly terminal: {
    readonly isTerminal: boolean
    /** TERM and LANG (or what overrides it); empty where missing. */
    readonly term: string
    readonly lang: string
  }
  readonly http: { readonly host: string; readonly port: number }
  /** What left the journal, a month at a time, as the data folder has it. */
  archivedJournal(): AsyncIterable<ArchivedMonth>
  readings(): AsyncIterable<ReadingsMonth>
  /** What lies in the folder; null where nothing was ever kept. */
  backups(): Promise<BackupFacts | null>
  /** null: none is set. `knock`: null where a letter would be let in, else why not. */
  readonly mailServer: { readonly name: string; knock(): Promise<string | null> } | null
  /** The running platen's word (`seen`), else what lies in the folder; null where nothing was kept. */
  kept(): Promise<{ readonly kept: Kept; readonly seen: Seen | null } | null>
}

/** One word of the command line. Exit: 0 done, 1 the thing asked about is wrong or silent, 2 usage. */
export interface Verb {
  /** What `--help` prints: the line to type first. */
  readonly help: string
  run(args: readonly string[], desk: Desk): Promise<number>
}

/** Said for wrong usage, with the help behind it; exit 2. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage'
}

/** Text of printers and files on its way to a terminal: one line without control or format characters. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
}

/** Rows as columns of one width each, two blanks apart. */
export function table(rows: readonly (readonly string[])[]): string {
  const clean = rows.map((cells) => cells.map(printable))
  const widths = (clean[0] ?? []).map((_, column) =>
    Math.max(...clean.map((cells) => cells[column]?.length ?? 0)),
  )
  return clean
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('')
}
