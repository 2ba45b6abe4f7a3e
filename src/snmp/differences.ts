import type { Binding } from './bindings.ts'
import { type Cells, unpack } from './cells.ts'
import type { Learned } from './learned.ts'
import { changing, columns, scalars } from './mibs/oids.ts'
import type { Cell } from './mibs/told.ts'
import type { Expected } from './repeated.ts'

// What the answers to learned requests say beside what was known: nothing, other values, other rows, or
// that more has changed than was asked.

export type Difference = 'none' | 'values' | 'names'

const upTimeOid = `${scalars.sysUpTime}.0`

/** Held against cells that were heard before. */
export function compareCells(
  bindings: readonly Binding[],
  expected: readonly Expected[],
): Difference {
  if (bindings.length !== expected.length) return 'names'
  let difference: Difference = 'none'
  for (const [at, one] of expected.entries()) {
    const { oid = '', cell = null } = bindings[at] ?? {}
    if (one.kind === 'end') {
      const isRow = one.columns.some((name) => oid.startsWith(`${name}.`))
      if (cell !== null && isRow) return 'names'
    } else if (oid !== one.oid || cell === null) return 'names'
    else if (!alike(one.cell, cell) && oid !== upTimeOid) difference = 'values'
  }
  return difference
}

/** What was there before the first answer. */
export const heardCell = (one: Expected) => ({ cell: one.kind === 'cell' ? one.cell : null })

/** Another value of these, and what was not asked may be another too. */
const signs: ReadonlySet<string> = new Set([
  columns.prtGeneralConfigChanges,
  columns.prtGeneralSerialNumber,
  columns.prtAlertCriticalEvents,
  columns.prtAlertAllEvents,
  columns.prtMarkerSuppliesDescription,
  columns.prtMarkerSuppliesMaxCapacity,
  columns.prtInputMaxCapacity,
  columns.prtOutputMaxCapacity,
  columns.ifPhysAddress,
])

/** `before` and `after`: answers to the same request. */
export function tellsOfMore(
  before: readonly Pick<Binding, 'cell'>[],
  after: readonly Binding[],
  { serial }: Pick<Learned, 'serial'>,
): boolean {
  return after.some(({ oid, cell }, at) => {
    const then = before[at]?.cell ?? null
    const column = oid.slice(0, oid.lastIndexOf('.'))
    const isSign =
      signs.has(column) ||
      signs.has(column.slice(0, column.lastIndexOf('.'))) ||
      (serial !== null && oid.startsWith(`${serial}.`))
    if (isSign) return !alike(then, cell)
    // Pages are not unprinted: it is another device, or another board.
    if (oid.startsWith(`${columns.prtMarkerLifeCount}.`)) return rose(cell, then)
    // A cartridge was changed; its colour or kind may be another.
    return oid.startsWith(`${columns.prtMarkerSuppliesLevel}.`) && rose(then, cell)
  })
}

function alike(a: Cell | null, b: Cell | null): boolean {
  if (a?.kind === 'octets' && b?.kind === 'octets') return a.octets.equals(b.octets)
  if (a?.kind === 'number' && b?.kind === 'number') return a.number === b.number
  if (a?.kind === 'oid' && b?.kind === 'oid') return a.oid === b.oid
  return a?.kind === b?.kind
}

function rose(then: Cell | null, now: Cell | null): boolean {
  return then?.kind === 'number' && now?.kind === 'number' && now.number > then.number
}

const changingColumns: readonly string[] = [
  scalars.sysUpTime,
  columns.ifPhysAddress,
  ...[...changing.ofDevice, ...Object.values(changing.ofTables).flat()].map(
    (name) => columns[name],
  ),
]

/** All cells: the known ones, and over them those that were asked again, by request. */
export function cellsOf(
  { requests, known, vendor }: Learned,
  heard: readonly (readonly Binding[])[],
): Cells {
  const cells = unpack(known)
  const asked = [...changingColumns, ...vendor]
  for (const [position, { ends }] of requests.entries()) {
    for (const [at, { oid, cell }] of (heard[position] ?? []).entries()) {
      const column = asked.find((name) => oid.startsWith(`${name}.`))
      if (ends.has(at) || column === undefined || cell === null) continue
      const rows = cells.get(column) ?? new Map<string, Cell>()
      cells.set(column, rows.set(oid.slice(column.length + 1), cell))
    }
  }
  return cells
}
