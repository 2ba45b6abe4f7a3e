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
}

export const begin = (column: Column): Walking => ({
  oid: column.oid,
  single: column.single,
  prefix: `${column.oid}.`,
  cells: null,
  at: column.oid,
  open: true,
})

/** Gives each column what came for it; says for how many columns, and how many cells. */
export function take(asked: readonly Walking[], heard: readonly (readonly Binding[])[]) {
  let columns = 0
  let cells = 0
  heard.forEach((rows, position) => {
    const column = asked[position]
    if (column === undefined || rows.length === 0) return
    columns += 1
    for (const row of rows) {
      if (!column.open) break
      takeRow(column, row)
      cells += 1
    }
  })
  return { columns, cells }
}

/**
 * Goes past the row that cannot be asked for, by the indexes that other columns of the table have. False
 * where they know of none beyond.
 */
export function skipRow(column: Walking, all: readonly Walking[]): boolean {
  const entry = column.oid.slice(0, column.oid.lastIndexOf('.') + 1)
  const here = column.at === column.oid ? '' : column.at.slice(column.oid.length + 1)
  const [next] = all
    .filter(
      ({ oid, single }) =>
        !single && oid.startsWith(entry) && !oid.slice(entry.length).includes('.'),
    )
    .flatMap(({ cells }) => [...(cells ?? noRows).keys()])
    .filter((index) => here === '' || byIndex(index, here) > 0)
    .sort(byIndex)
  if (column.single || next === undefined) return false
  column.at = `${column.oid}.${next}`
  column.open = true
  return true
}

/** Past these an agent is making rows up; the largest real table seen has some 50 rows. */
const mostRows = 2048
/** RFC 2578, 3.5 allows 128 arcs; a printer's tables have three, and an OID that grows has no end. */
const longestIndex = 64

const noRows: ReadonlyMap<string, Cell> = new Map()

function takeRow(column: Walking, { oid, cell }: Binding): void {
  const isRow = cell !== null && oid.startsWith(column.prefix)
  const index = oid.slice(column.prefix.length)
  // Past the column's end, or a row that was here before: agents that sort badly come round again.
  if (!isRow || column.cells?.has(index)) {
    column.open = false
    return
  }
  column.cells ??= new Map()
  column.cells.set(index, cell)
  column.at = oid
  if (column.single) column.open = false
  if (column.cells.size > mostRows || index.length > longestIndex) {
    // No table of a printer is like that: none of it is to be believed.
    column.cells = null
    column.open = false
  }
}
