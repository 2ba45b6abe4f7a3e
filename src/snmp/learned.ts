import { type Cells, pack } from './cells.ts'
import { changing, columns, scalars, tables } from './mibs/oids.ts'
import type { PrivateOid } from './mibs/told.ts'
import { type End, type Gathering, type Repeated, RepeatedRequests, type Row } from './repeated.ts'

// What is asked of a printer that was read whole before: each cell that may have changed, by the name just
// before it, and one name past the last row of each table. So the answers tell of rows that come and go
// too (RFC 3416, 4.2.2: a GETNEXT answers what follows), and all requests are under way at once.

export interface Learned {
  readonly requests: readonly Repeated[]
  /** All cells as they were then, as `cells` packs them; those that are asked again are newer. */
  readonly known: string
  /** Objects of its maker that are asked again. */
  readonly vendor: readonly PrivateOid[]
  /** Among them its serial. */
  readonly serial: PrivateOid | null
}

export interface LearnSettings extends Gathering {
  /** hrDeviceIndex of the printer. */
  readonly device: string | null
  /** Objects of its maker that change, and of the long tables the rows that count. */
  readonly vendor: readonly PrivateOid[]
  /** Of its maker's objects those that may hold its serial. */
  readonly serials: readonly PrivateOid[]
  readonly vendorRows: Readonly<Partial<Record<PrivateOid, readonly string[]>>>
  readonly community: string
  /** In this community the supplies are; null: in the same. */
  readonly suppliesIn: string | null
  /** Whether it was silent to some of a column. */
  readonly isSilent: (column: string) => boolean
}

export function learn(settings: LearnSettings): Learned {
  const { cells, device, vendor, vendorRows, community, suppliesIn, isSilent } = settings
  const rows = (column: string) => rowsOf(cells, column)
  const serial = settings.serials.find((oid) => cells.has(oid)) ?? null
  const requests = new RepeatedRequests(settings)
  requests.add(rows(scalars.sysUpTime), community)
  for (const name of changing.ofDevice)
    requests.add(
      rows(columns[name]).filter(({ index }) => index === device),
      community,
    )
  requests.add(rows(columns.ifPhysAddress).filter(isCard).slice(0, 1), community)
  if (serial !== null) requests.add(rows(serial).slice(0, 1), community)
  for (const oid of vendor) {
    const wanted = vendorRows[oid]
    requests.add(
      wanted ? rows(oid).filter(({ index }) => wanted.includes(index)) : rows(oid),
      community,
    )
  }
  for (const [table, names] of Object.entries(changing.ofTables)) {
    const where = table === 'supplies' && suppliesIn !== null ? suppliesIn : community
    let longest: readonly Row[] = []
    for (const name of names) {
      const column = rows(columns[name])
      requests.add(column, where)
      if (column.length > longest.length && !isSilent(columns[name])) longest = column
    }
    const own = tables[table as keyof typeof tables].map((name) => columns[name])
    requests.add(endOf(settings, own, longest), where)
  }
  return {
    requests: requests.written(),
    known: pack(cells),
    vendor: serial === null ? vendor : [...vendor, serial],
    serial,
  }
}

function rowsOf(cells: Cells, column: string): Row[] {
  const rows: Row[] = []
  let ask = column
  for (const [index, cell] of cells.get(column) ?? []) {
    const oid = `${column}.${index}`
    rows.push({ kind: 'cell', ask, oid, index, cell })
    ask = oid
  }
  return rows
}

/** Six octets, and neither all zeros nor all ones. */
function isCard({ cell }: Row): boolean {
  if (cell.kind !== 'octets' || cell.octets.length !== 6) return false
  return !cell.octets.every((octet) => octet === 0 || octet === 0xff)
}

/**
 * Past the last row of the longest column; of an empty table, its entry. Nothing where silence would follow:
 * at each poll it would be read whole for that.
 */
function endOf(
  { cells, isSilent }: LearnSettings,
  own: readonly string[],
  longest: readonly Row[],
): End[] {
  const isOther = (column: string) => cells.get(column)?.size && !isSilent(column)
  const other = longest.length > 0 ? undefined : own.find(isOther)
  const last = longest.at(-1) ?? (other === undefined ? undefined : rowsOf(cells, other).at(-1))
  const [first = ''] = own
  if (last === undefined) {
    if (own.some(isSilent)) return []
    return [{ kind: 'end', ask: first.slice(0, first.lastIndexOf('.')), columns: own }]
  }
  const column = last.oid.slice(0, -last.index.length - 1)
  return [{ kind: 'end', ask: last.oid, columns: [column] }]
}
