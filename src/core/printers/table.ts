import { readCsv } from '../csv.ts'
import { Refusal } from '../refusal.ts'
import { readTonerTrack } from './tonertrack.ts'

/** What a file of printers may be: our own CSV, or what another program kept. */
export const importKinds = ['printers', 'tonertrack'] as const
export type ImportKind = (typeof importKinds)[number]

/** Rows under the names of their columns. */
export interface Table {
  readonly header: readonly string[]
  readonly rows: readonly TableRow[]
}

export interface TableRow {
  /** As a spreadsheet counts; in a file that has none, the how manieth it is. */
  readonly row: number
  /** undefined: the row says nothing of this column. */
  readonly cells: readonly (string | undefined)[]
  /** Why it cannot be read, where it cannot. */
  readonly broken: string | null
}

const mostRows = 10_000

/** Refuses `invalid` what is no such file, `too-large` more than 10,000 rows. */
export function readTable(text: string, kind: ImportKind): Table {
  const table = kind === 'tonertrack' ? readTonerTrack(text) : readCsvTable(text)
  if (table.rows.length > mostRows)
    throw new Refusal(
      'too-large',
      `The file has ${table.rows.length} rows; ${mostRows} are the most.`,
    )
  return table
}

function readCsvTable(text: string): Table {
  if (/^\uFEFF?\s*[{[]/.test(text))
    throw new Refusal(
      'invalid',
      'This is JSON, not a table. Say that it is a printers.json of TonerTrack, if it is.',
    )
  const [first, ...rows] = readCsv(text)
  if (!first) throw new Refusal('invalid', 'The file is empty.')
  return { header: first.cells, rows }
}
