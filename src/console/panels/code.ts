import { type QrModules, qrModules, quietModules } from '../../core/qr.ts'
import { type Cell, cell, padTo, type Row, widthOf, wrap } from '../rows.ts'
import { type AddressRoom, addressRows } from './address.ts'

interface Page {
  readonly label: string
  /** null: there is no address that it could have. */
  readonly url: string | null
}

/** A printer's QR page for a phone: the code where it fits, else the address in large letters; the whole screen. */
export function codeRows({ label, url }: Page, columns: number, rows: number): Row[] {
  const back: Row = [{ text: ' ' }, cell('Any key goes back.', columns - 1)]
  const height = Math.max(0, rows - 1)
  if (url === null) return [...middled(unsetRows(label, columns), height), back]
  const modules = qrModules(url, 'L')
  const drawn = codeIn(modules, columns, height)
  if (drawn) {
    const words = { label, url, ...roomBeside(drawn, columns, height) }
    return [...withWords(drawn, words, columns, height), back]
  }
  const wide = 2 * (modules.length + 2 * quietModules)
  const high = modules.length + 2 * leastQuietRows + 1
  const larger = `A larger screen shows a code for a phone here: ${wide} columns and ${high} rows.`
  const told = wrap(larger, columns - 2, 2).map((line): Row => [cell(line, columns - 2)])
  const room = { columns: columns - 2, rows: Math.max(0, height - told.length - 1) }
  const words = [...addressRows({ label, url }, room), [], ...told]
  return [...middled(words.map(indented), height), back]
}

const indented = (row: Row): Row => [{ text: ' ' }, ...row]

function unsetRows(label: string, columns: number): Row[] {
  const words =
    'It has no page yet that a phone could open: set PLATEN_PUBLIC_URL to the address of this site, like https://print.school.edu, and start platen again.'
  const told = wrap(words, columns - 2, 4).map((line): Row => [cell(line, columns - 2)])
  return [[cell(label, columns - 2, 'strong')], [], ...told].map(indented)
}

/** A reader finds it with two above and below, where a screen has no rows for the four of the standard. */
const leastQuietRows = 2

/** Two cells a module, for a cell is twice as high as wide; null: it does not fit. */
function codeIn(modules: QrModules, columns: number, height: number): Row[] | null {
  const quiet = Math.min(quietModules, Math.floor((height - modules.length) / 2))
  if (quiet < leastQuietRows || 2 * (modules.length + 2 * quietModules) > columns) return null
  const aside = Array<boolean>(quietModules).fill(false)
  const blank = Array<boolean>(modules.length + 2 * quietModules).fill(false)
  const above = Array<readonly boolean[]>(quiet).fill(blank)
  const all = [...above, ...modules.map((row) => [...aside, ...row, ...aside]), ...above]
  return all.map((row) => row.map((isDark) => (isDark ? dark : light)))
}

/** White on white, so that it is light in any palette, and on paper. */
const light: Cell = { text: '██', tone: 'light' }
const dark: Cell = { text: '  ', tone: 'dark' }

interface Beside extends AddressRoom {
  readonly where: 'beside' | 'below'
}

/** Whichever has more of it. */
function roomBeside(code: readonly Row[], columns: number, height: number): Beside {
  const beside = columns - widthOf(code[0] ?? []) - 4
  const below = height - code.length
  return beside >= leastBeside || below === 0
    ? { where: 'beside', columns: beside, rows: height }
    : { where: 'below', columns: columns - 2, rows: below }
}

const leastBeside = 24

function withWords(
  code: readonly Row[],
  { label, url, ...room }: Beside & { readonly label: string; readonly url: string },
  columns: number,
  height: number,
): Row[] {
  const words = addressRows({ label, url }, room)
  if (room.where === 'below') {
    const margin = { text: ' '.repeat(Math.max(0, (columns - widthOf(code[0] ?? [])) >> 1)) }
    const rows = [...code.map((row) => [margin, ...row]), ...words.map(indented)]
    return middled(rows, height)
  }
  const told = middled(words, height)
  const drawn = middled(code, height)
  const wide = widthOf(code[0] ?? [])
  const gap: Cell = { text: '   ' }
  return drawn.map((row, at) => padTo([...padTo(row, wide), gap, ...(told[at] ?? [])], columns))
}

/** Exactly `height` rows. */
function middled(rows: readonly Row[], height: number): Row[] {
  const above = Math.max(0, (height - rows.length) >> 1)
  return Array.from({ length: height }, (_, at) => [...(rows[at - above] ?? [])])
}
