import { columns, type Name, scalars } from './mibs/oids.ts'
import type { Cell, PrivateOid, Rows, Told } from './mibs/told.ts'

/** What a printer was heard to say: by column, by row index, in the order of the answers. */
export type Cells = ReadonlyMap<string, Rows>

const nameOf: ReadonlyMap<string, Name> = new Map(
  Object.entries({ ...scalars, ...columns }).map(([name, oid]) => [oid, name as Name]),
)

/** As the decoders know it. */
export function toldBy(cells: Cells): Told {
  return new Map([...cells].map(([oid, rows]) => [nameOf.get(oid) ?? (oid as PrivateOid), rows]))
}

type Plain = number | string | readonly [string] | null

/**
 * Cells as one short text: a thousand printers are remembered, and as objects theirs would take ten
 * times as much.
 */
export function pack(cells: Cells): string {
  const plain: Plain[][] = []
  for (const [oid, rows] of cells) {
    const column: Plain[] = [oid]
    for (const [index, cell] of rows) column.push(index, plainOf(cell))
    plain.push(column)
  }
  return JSON.stringify(plain)
}

export function unpack(packed: string): Map<string, Map<string, Cell>> {
  const cells = new Map<string, Map<string, Cell>>()
  for (const [oid, ...rest] of JSON.parse(packed) as [string, ...Plain[]][]) {
    const rows = new Map<string, Cell>()
    for (let at = 0; at < rest.length; at += 2)
      rows.set(String(rest[at]), cellOf(rest[at + 1] ?? null))
    cells.set(oid, rows)
  }
  return cells
}

function plainOf(cell: Cell): Plain {
  if (cell.kind === 'number') return cell.number
  if (cell.kind === 'octets') return cell.octets.toString('latin1')
  return cell.kind === 'oid' ? [cell.oid] : null
}

function cellOf(plain: Plain): Cell {
  if (typeof plain === 'number') return { kind: 'number', number: plain }
  if (typeof plain === 'string') return { kind: 'octets', octets: Buffer.from(plain, 'latin1') }
  return plain === null ? { kind: 'other' } : { kind: 'oid', oid: plain[0] }
}
