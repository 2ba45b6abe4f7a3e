import Papa from 'papaparse'

// CSV in and out, as Excel and LibreOffice write and open it; the only home of papaparse.

/** The first line is row 1, as a spreadsheet counts. */
export interface CsvRow {
  readonly row: number
  readonly cells: readonly string[]
  /** What is wrong with the row's quoting, where something is. */
  readonly broken: string | null
}

/** Rows with anything in them; the separator (`,` `;` tab or `|`) is found out, a BOM is passed over. */
export function readCsv(text: string): CsvRow[] {
  // Excel's own first line that names the separator: `sep=;`.
  const [told = '', separator] = /^\uFEFF?sep=(.)\r?\n/i.exec(text) ?? []
  const { data, errors } = Papa.parse<string[]>(text.slice(told.length).replace(/^\uFEFF/, ''), {
    delimitersToGuess: [',', ';', '\t', '|'],
    ...(separator ? { delimiter: separator } : {}),
  })
  const first = told ? 2 : 1
  const broken = new Map(
    errors.filter((error) => error.type === 'Quotes').map((error) => [error.row, error.message]),
  )
  return data
    .map((cells, at) => ({
      row: at + first,
      cells: cells.map((cell) => unguarded(cell.trim().normalize('NFC'))),
      broken: broken.get(at) ?? null,
    }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
}

/** RFC 4180, with a BOM (Excel takes it for the local code page without) and the formula guard. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${Papa.unparse(rows.map((cells) => cells.map(guarded)))}\r\n`
}

/**
 * A spreadsheet runs a cell that begins like a formula; an apostrophe before it makes it text.
 * Reading takes it off again, so that what is exported comes back as it was.
 */
function guarded(cell: string): string {
  return /^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
}

function unguarded(cell: string): string {
  return /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell
}
