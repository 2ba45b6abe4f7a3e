import type { KnownVersion } from '../core/status/reading.ts'
import { type Cells, pack } from './cells.ts'
import type { Envelope } from './envelope.ts'
import { changing, columns, scalars, tables } from './mibs/oids.ts'
import { byIndex, type Cell, type PrivateOid } from './mibs/told.ts'
import { type Request, writeRequest } from './request.ts'

// What is asked of a printer that was read whole before: each cell that may have changed, by the name just
// before it, and one name past the last row of each table. So the answers tell of rows that come and go
// too (RFC 3416, 4.2.2: a GETNEXT answers what follows), and all questions are under way at once.

export interface Learned {
  readonly questions: readonly Question[]
  /** All cells as they were then, as `cells` packs them; those that are asked again are newer. */
  readonly known: string
  /** Objects of its maker that are asked again. */
  readonly vendor: readonly PrivateOid[]
  /** Among them its serial. */
  readonly serial: PrivateOid | null
}

export interface Question {
  /** null: of SNMP 3, which its session writes anew each time. */
  readonly request: Request | null
  /** Of SNMP 3; else the request has them. */
  readonly oids: readonly string[]
  /** How many names it holds. */
  readonly names: number
  /** Positions of names past the last row of a table. */
  readonly ends: ReadonlySet<number>
  /** What must come the first time; from then on the last answer says it, in a tenth of the memory. */
  expected: readonly Expected[] | null
  last: Answered | null
}

/** An answer and where its bindings are; its envelope would hold on to the datagram's own buffer. */
export interface Answered {
  readonly datagram: Buffer
  readonly envelope: Pick<Envelope, 'from' | 'to' | 'errorStatus'>
}

export type Expected =
  /** A cell that was there. */
  | { readonly kind: 'cell'; readonly oid: string; readonly cell: Cell }
  /** Whatever follows the last row, but no row of these columns. */
  | { readonly kind: 'end'; readonly columns: readonly string[] }

export interface LearnSettings {
  readonly cells: Cells
  /** hrDeviceIndex of the printer. */
  readonly device: string | null
  /** Objects of its maker that change, and of the long tables the rows that count. */
  readonly vendor: readonly PrivateOid[]
  /** Of its maker's objects those that may hold its serial. */
  readonly serials: readonly PrivateOid[]
  readonly vendorRows: Readonly<Partial<Record<PrivateOid, readonly string[]>>>
  readonly version: KnownVersion
  readonly community: string
  /** In this community the supplies are; null: in the same. */
  readonly suppliesIn: string | null
  readonly mostNames: number
  readonly mostOctets: number
}

interface Step {
  readonly ask: string
  readonly expected: Expected
  /** Octets of the answer, as far as one can know. */
  readonly octets: number
  readonly community: string
}

/** What follows a table may be a text. */
const octetsOfEnd = 80
const octetsOfHead = 60

export function learn(settings: LearnSettings): Learned {
  const { cells, device, vendor, vendorRows, community, suppliesIn } = settings
  const upTime = rowsAsked(cells, scalars.sysUpTime)
  const ofDevice = changing.ofDevice.flatMap((name) =>
    rowsAsked(cells, columns[name]).filter(({ index }) => index === device),
  )
  const cards = rowsAsked(cells, columns.ifPhysAddress).filter(isCard)
  const serial = settings.serials.find((oid) => cells.has(oid)) ?? null
  const ofSerial = serial === null ? [] : rowsAsked(cells, serial)
  const ofDevices = [...ofDevice, ...cards.slice(0, 1), ...ofSerial.slice(0, 1)]
  const ofVendor = vendor.flatMap((oid) =>
    rowsAsked(cells, oid).filter(({ index }) => vendorRows[oid]?.includes(index) ?? true),
  )
  const plain = [...upTime, ...ofDevices, ...ofVendor].map((row) => stepOf(row, community))
  const ofTables = Object.entries(changing.ofTables).flatMap(([table, names]) => {
    const where = table === 'supplies' && suppliesIn !== null ? suppliesIn : community
    const rows = names.map((name) => rowsAsked(cells, columns[name]))
    return [
      ...rows.flat().map((row) => stepOf(row, where)),
      endOf(cells, table as keyof typeof tables, rows, where),
    ]
  })
  return {
    questions: inQuestions([...plain, ...ofTables], settings),
    known: pack(cells),
    vendor: serial === null ? vendor : [...vendor, serial],
    serial,
  }
}

/** Six octets, and neither all zeros nor all ones. */
function isCard({ cell }: RowAsked): boolean {
  if (cell.kind !== 'octets' || cell.octets.length !== 6) return false
  return !cell.octets.every((octet) => octet === 0 || octet === 0xff)
}

interface RowAsked {
  readonly oid: string
  readonly column: string
  readonly index: string
  /** The name just before it. */
  readonly after: string
  readonly cell: Cell
}

function rowsAsked(cells: Cells, column: string): RowAsked[] {
  let after = column
  return [...(cells.get(column) ?? [])].map(([index, cell]) => {
    const oid = `${column}.${index}`
    const row = { oid, column, index, after, cell }
    after = oid
    return row
  })
}

function stepOf({ oid, after, cell }: RowAsked, community: string): Step {
  const octets = cell.kind === 'octets' ? cell.octets.length : 5
  return {
    ...{ ask: after, community },
    expected: { kind: 'cell', oid, cell },
    // At most two octets an arc but for the largest numbers, and the heads.
    octets: oid.length / 1.5 + octets + 6,
  }
}

/** Past the last row of the longest column; of an empty table, its entry. */
function endOf(
  cells: Cells,
  table: keyof typeof tables,
  rows: readonly (readonly RowAsked[])[],
  community: string,
): Step {
  const own = tables[table].map((name) => columns[name])
  let longest: readonly RowAsked[] = []
  for (const column of rows) if (column.length > longest.length) longest = column
  const other = longest.length > 0 ? undefined : own.find((column) => cells.get(column)?.size)
  const last = longest.at(-1) ?? (other && rowsAsked(cells, other).at(-1))
  const [any = ''] = own
  return {
    ask: last ? last.oid : any.slice(0, any.lastIndexOf('.')),
    expected: { kind: 'end', columns: last ? [last.column] : own },
    ...{ octets: octetsOfEnd, community },
  }
}

function inQuestions(steps: readonly Step[], settings: LearnSettings): Question[] {
  const { cells, version, mostNames, mostOctets } = settings
  /** SNMP 1 declines a whole request for one name that nothing follows: that one is asked alone. */
  const isAlone = ({ ask, expected }: Step) =>
    version === '1' && expected.kind === 'end' && !isFollowed(cells, ask)
  const questions: Step[][] = []
  let open: Step[] = []
  let octets = 0
  for (const step of steps) {
    const [first = step] = open
    const full =
      open.length >= mostNames ||
      octets + step.octets > mostOctets - octetsOfHead ||
      isAlone(step) ||
      isAlone(first) ||
      first.community !== step.community
    if (open.length === 0 || full) {
      open = []
      octets = 0
      questions.push(open)
    }
    open.push(step)
    octets += step.octets
  }
  return questions.map((asked) => ({
    ...requestOf(asked, settings),
    names: asked.length,
    ends: new Set(asked.flatMap(({ expected }, at) => (expected.kind === 'end' ? [at] : []))),
    expected: asked.map(({ expected }) => expected),
    last: null,
  }))
}

function requestOf(asked: readonly Step[], { version, community }: LearnSettings) {
  const oids = asked.map(({ ask }) => ask)
  if (version === '3') return { request: null, oids }
  const where = asked[0]?.community ?? community
  const request = writeRequest({ version, community: where, pdu: 'getNext', oids })
  return { request, oids: [] }
}

function isFollowed(cells: Cells, oid: string): boolean {
  return [...cells.keys()].some((column) => byIndex(column, oid) > 0)
}
