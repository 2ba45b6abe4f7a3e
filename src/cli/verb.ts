import type { ReadPrinter } from '../core/status/reading.ts'
import type { Ask } from './acts.ts'

/** What a verb works with; main.ts hands it over. */
export interface Desk {
  out(text: string): void
  err(text: string): void
  readFile(path: string): Uint8Array
  /** Readable by its owner only: an export holds communities. */
  writeFile(path: string, text: string): void
  /** A password, typed unseen at a terminal or piped in; one line. */
  askSecret(question: string): Promise<string>
  /** What the running platen does for us; without one, what the state here allows. */
  readonly ask: Ask
  readonly readPrinter: ReadPrinter
  /** The default of settings. */
  readonly community: string
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
