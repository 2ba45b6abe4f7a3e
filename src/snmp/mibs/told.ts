import { type Name, type Table, tables } from './oids.ts'

// What a printer told, cell by cell, as it came; and the questions the decoders ask of it. A cell of the
// wrong type is as good as none: text where a number belongs is never made into a number.

export type Cell =
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'octets'; readonly octets: Buffer }
  | { readonly kind: 'oid'; readonly oid: string }
  | { readonly kind: 'other' }

/** Cells by row index (`1.3`); a scalar's is `0`. */
export type Rows = ReadonlyMap<string, Cell>
/** By name, or by the OID of a vendor's own object. */
export type Told = ReadonlyMap<Name | PrivateOid, Rows>
export type PrivateOid = `1.3.6.1.4.1.${string}`

const noRows: Rows = new Map()

export function rowsOf(told: Told, name: Name | PrivateOid): Rows {
  return told.get(name) ?? noRows
}

/** Indexes of a table's rows in the MIB's order: a row is there if any column has it. */
export function indexesOf(told: Told, table: Table): string[] {
  const indexes = new Set<string>()
  for (const name of tables[table])
    for (const index of rowsOf(told, name).keys()) indexes.add(index)
  return [...indexes].sort(byIndex)
}

/** Any numeric type will do: Ricoh sends an INTEGER where the MIB has a Counter32. */
export function numberAt(told: Told, name: Name | PrivateOid, index: string): number | null {
  const cell = rowsOf(told, name).get(index)
  return cell?.kind === 'number' ? cell.number : null
}

export function octetsAt(told: Told, name: Name | PrivateOid, index: string): Buffer | null {
  const cell = rowsOf(told, name).get(index)
  return cell?.kind === 'octets' ? cell.octets : null
}

/** The only cell of a scalar, whatever instance the printer gave it. */
export function scalarOf(told: Told, name: Name | PrivateOid): Cell | null {
  return rowsOf(told, name).values().next().value ?? null
}

/** Arc by arc as numbers: 1.9 comes before 1.10. Without a split, for long tables are sorted by it. */
export function byIndex(a: string, b: string): number {
  let left = 0
  let right = 0
  while (left < a.length && right < b.length) {
    const [leftEnd, rightEnd] = [endOfArc(a, left), endOfArc(b, right)]
    const longer = leftEnd - left - (rightEnd - right)
    if (longer !== 0) return longer
    for (; left < leftEnd; left += 1, right += 1) {
      const difference = a.charCodeAt(left) - b.charCodeAt(right)
      if (difference !== 0) return difference
    }
    left += 1
    right += 1
  }
  return a.length - left - (b.length - right)
}

function endOfArc(oid: string, from: number): number {
  const dot = oid.indexOf('.', from)
  return dot === -1 ? oid.length : dot
}
