import { readAddress } from './address.ts'
import { type Printer, snmpVersions } from './printer.ts'

// The columns of the printer CSV: what each becomes in a record, what it refuses, how it is written.

/** A printer as a row tells it: only the columns that the file has. */
export type RowFacts = { -readonly [K in keyof Written]?: Written[K] }
type Written = Omit<
  Printer,
  'id' | 'token' | 'formerTokens' | 'createdAt' | 'device' | 'stranger' | 'supplies'
>
export type Column = keyof Written

export const columns = [
  'label',
  'assetTag',
  'make',
  'model',
  'building',
  'location',
  'ipAddress',
  'macAddress',
  'serial',
  'group',
  'organisation',
  'community',
  'snmpVersion',
  'isActive',
] as const satisfies readonly Column[]

export const required: ReadonlySet<Column> = new Set(['label', 'ipAddress'])

/** Where each column stands in the file's header; spelling of case, blanks and signs does not matter. */
export interface Header {
  /** Cells of the first line. */
  readonly width: number
  readonly at: ReadonlyMap<Column, number>
  readonly unknown: readonly string[]
}

/** What the row says, column by column, or every reason why it cannot be taken. */
export function readRow(
  header: Header,
  cells: readonly (string | undefined)[],
): RowFacts | string[] {
  const facts: RowFacts = {}
  const wrong: string[] = []
  const more = cells.findLastIndex((cell) => cell !== undefined && cell !== '') + 1
  if (more > header.width)
    wrong.push(
      `has ${more} cells, the header ${header.width}; put quotes round a text with a separator in it`,
    )
  for (const [column, position] of header.at) {
    // A row that ends early says nothing of the columns behind, rather than that they are empty.
    const cell = cells[position] ?? (required.has(column) ? '' : undefined)
    if (cell === undefined) continue
    const told = cell.includes('\uFFFD')
      ? { wrong: 'is not UTF-8 text; save the file as "CSV UTF-8"' }
      : /[\p{Cc}\p{Cf}]/u.test(cell)
        ? { wrong: 'holds characters that cannot be seen' }
        : cell.length > 200
          ? { wrong: 'is longer than 200 characters' }
          : readers[column](cell)
    if ('wrong' in told) wrong.push(`${column} ${told.wrong}`)
    else Object.assign(facts, { [column]: told.value })
  }
  return wrong.length > 0 ? wrong : facts
}

/** The inverse of readRow; `group` is a group's name. */
export function writeRow(
  facts: Required<RowFacts>,
  written: readonly Column[] = columns,
): string[] {
  return written.map((column) => {
    const value = facts[column]
    return value === null ? '' : String(value)
  })
}

type Told = { readonly value: string | boolean | null } | { readonly wrong: string }
const text = (cell: string): Told => ({ value: cell || null })

const readers: Readonly<Record<Column, (cell: string) => Told>> = {
  label: (cell) => (cell ? { value: cell } : { wrong: 'is empty; every printer needs one' }),
  assetTag: text,
  make: text,
  model: text,
  building: text,
  location: text,
  ipAddress: (cell) => {
    if (!cell) return { wrong: 'is empty; every printer needs one' }
    if (readAddress(cell)) return { value: cell }
    return { wrong: `"${cell}" is no address like 10.0.0.7, 10.0.0.7:161 or printer.school.edu` }
  },
  macAddress: (cell) => {
    const digits = cell.replaceAll(/[-:. ]/g, '').toUpperCase()
    if (!digits) return { value: null }
    if (!/^[\dA-F]{12}$/.test(digits)) return { wrong: `"${cell}" is no address of six octets` }
    if (/^(?:0{12}|F{12})$/.test(digits)) return { wrong: `"${cell}" is nobody's` }
    return { value: digits.replaceAll(/(..)(?!$)/g, '$1:') }
  },
  serial: text,
  group: text,
  organisation: text,
  community: text,
  snmpVersion: (cell) => {
    const version = cell.toLowerCase().replace(/^v/, '').replace(/^2$/, '2c')
    if (!version) return { value: null }
    const known = snmpVersions.find((name) => name === version)
    return known ? { value: known } : { wrong: `"${cell}" is none of ${snmpVersions.join(', ')}` }
  },
  isActive: (cell) => {
    if (/^(|true|1|yes|y)$/i.test(cell)) return { value: true }
    return /^(false|0|no|n)$/i.test(cell)
      ? { value: false }
      : { wrong: `"${cell}" is not true or false` }
  },
}
