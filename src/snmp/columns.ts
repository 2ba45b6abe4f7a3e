import { byIndex, type Cell } from './mibs/told.ts'
import type { Binding } from './session.ts'

// One column on its way down a table: how far it has come, and when it is at its end.

export interface Column {
  readonly oid: string
  /** A scalar: one cell and done. */
  readonly single: boolean
}

export interface Walking extends Column {
  /** Its OID and a dot: what the names of its rows begin with. */
  readonly prefix: string
  /** By row index; most columns of most printers have none. */
  cells: Map<string, Cell> | null
  /** What the next request names: the last row heard, or the column itself. */
  at: string
  open: boolean
  /** How often there was silence to it alone, asked again at first. */
  silences: number
}

export const begin = (column: Column): Walking => ({
  oid: column.oid,
  single: column.single,
  prefix: `${column.oid}.`,
  cells: null,
  at: column.oid,
  open: true,
  silences: 0,
})

/** What an answer brought. */
export interface Taken {
  /** For how many columns something came. */
  columns: number
  cells: number
  /** Of their texts. */
  textOctets: number
  /** A column went on longer than that of any printer. */
  isEndless: boolean
}

/** Gives each column what came for it. */
export function take(
  asked: readonly Walking[],
  heard: readonly (readonly Binding[])[],
): Readonly<Taken> {
  const taken: Taken = { columns: 0, cells: 0, textOctets: 0, isEndless: false }
  heard.forEach((rows, position) => {
    const column = asked[position]
    if (column === undefined || rows.length === 0) return
    taken.columns += 1
    for (const row of rows) {
      if (!column.open) break
      taken.cells += 1
      if (!takeRow(column, row)) continue
      if (row.cell?.kind === 'octets') taken.textOctets += row.cell.octets.length
      taken.isEndless ||= isEndless(column, row)
    }
  })
  return taken
}

/**
 * Goes past the row that cannot be asked for, by the indexes that other columns of the table have. False
 * where they know of none beyond.
 */
export function skipRow(column: Walking, all: readonly Walking[]): boolean {
  const entry = column.oid.slice(0, column.oid.lastIndexOf('.') + 1)
  const here = column.at === column.oid ? '' : column.at.slice(column.oid.length + 1)
  let next: string | null = null
  for (const { oid, single, cells } of column.single ? [] : all) {
    if (single || !cells || !oid.startsWith(entry) || oid.includes('.', entry.length)) continue
    for (const index of cells.keys()) {
      const isBeyond = here === '' || byIndex(index, here) > 0
      if (isBeyond && (next === null || byIndex(index, next) < 0)) next = index
    }
  }
  if (next === null) return false
  column.at = `${column.oid}.${next}`
  column.open = true
  return true
}

/** The largest table that was recorded of a printer has some 50 rows; a server's devices may be 300. */
const mostRows = 512
/** Makers' own tables, of counters, are longer. */
const mostRowsOfMaker = 2048
/** What makers tell of their own lies below. */
export const enterprises = '1.3.6.1.4.1.'
/** RFC 2578, 3.5 allows 128 arcs; a printer's tables have three, and an OID that grows has no end. */
const longestIndex = 64

function isEndless({ oid, prefix, cells }: Walking, row: Binding): boolean {
  const most = oid.startsWith(enterprises) ? mostRowsOfMaker : mostRows
  return (cells?.size ?? 0) > most || row.oid.length - prefix.length > longestIndex
}

/** False: it was no row of this column, which is at its end. */
function takeRow(column: Walking, { oid, cell }: Binding): boolean {
  const isRow = cell !== null && oid.startsWith(column.prefix)
  const index = oid.slice(column.prefix.length)
  // Past the column's end, or a row that was here before: agents that sort badly come round again.
  if (!isRow || column.cells?.has(index)) {
    column.open = false
    return false
  }
  column.cells ??= new Map()
  column.cells.set(index, cell)
  column.at = oid
  if (column.single) column.open = false
  return true
}
