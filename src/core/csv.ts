import Papa from 'papaparse'

// CSV in and out, as Excel and LibreOffice write and open it; the only home of papaparse.

/** The first line is row 1, as a spreadsheet counts. */
export interface CsvRow {
  readonly row: number
  /** As they stand there, blanks at their ends too; without the apostrophe of `writeCsv`. */
  readonly cells: readonly string[]
  /** What is wrong with the row's quoting, where something is. */
  readonly broken: string | null
}

/** Rows with anything in them; the separator (`,` `;` tab or `|`) is found out, a BOM is passed over. */
export function readCsv(text: string): CsvRow[] {
  const bare = text.replace(/^\uFEFF/, '')
  // Excel's own first line that names the separator: `sep=;`.
  const [told = '', named] = /^sep=(.)(?:\r\n|\r|\n)/i.exec(bare) ?? []
  const table = bare.slice(told.length)
  const { newline, isMixed } = lineEndOf(table)
  const delimiter = named ?? separatorOf(table)
  const { data, errors } = Papa.parse<string[]>(table, { delimiter, newline })
  const first = told ? 2 : 1
  const broken = new Map(
    errors.filter((error) => error.type === 'Quotes').map((error) => [error.row, error.message]),
  )
  return data
    .map((cells, at) => ({
      row: at + first,
      cells: (isMixed ? withoutReturn(cells) : cells).map((cell) =>
        unguarded(cell.normalize('NFC')),
      ),
      broken: broken.get(at) ?? null,
    }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
}

/** RFC 4180, with a BOM (Excel takes it for the local code page without) and the formula guard. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${Papa.unparse(rows.map((cells) => cells.map(guarded)))}\r\n`
}

/** The one that stands most often in the line of the headers, where no text of people is. */
function separatorOf(table: string): string {
  const [line = ''] = /\S[^\r\n]*/.exec(table) ?? []
  const bare = line.replaceAll(/"[^"]*"/g, '')
  const count = (separator: string) => bare.split(separator).length
  return [',', ';', '\t', '|'].reduce((best, each) => (count(each) > count(best) ? each : best))
}

/** Excel writes CRLF between rows and LF within a cell; an old one of the Mac, CR alone. */
function lineEndOf(table: string): { newline: '\r\n' | '\n' | '\r'; isMixed: boolean } {
  if (!table.includes('\n')) return { newline: table.includes('\r') ? '\r' : '\n', isMixed: false }
  if (!table.includes('\r')) return { newline: '\n', isMixed: false }
  const isMixed = /(?:^|[^\r])\n/.test(table)
  return { newline: isMixed ? '\n' : '\r\n', isMixed }
}

const withoutReturn = (cells: readonly string[]): string[] =>
  cells.map((cell, at) => (at === cells.length - 1 ? cell.replace(/\r$/, '') : cell))

/**
 * A spreadsheet runs a cell that begins like a formula, in some languages with the wide signs too; an
 * apostrophe before it makes it text. Reading takes it off again, so that what is exported comes back as it
 * was.
 */
const likeFormula = /^['\s]*[=+\-@＝＋－＠]|^'*[\t\r\n]/

function guarded(cell: string): string {
  return likeFormula.test(cell) ? `'${cell}` : cell
}

function unguarded(cell: string): string {
  return cell.startsWith("'") && likeFormula.test(cell) ? cell.slice(1) : cell
}
