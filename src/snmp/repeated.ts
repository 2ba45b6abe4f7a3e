import type { KnownVersion } from '../core/status/reading.ts'
import type { Cells } from './cells.ts'
import type { Envelope } from './envelope.ts'
import { byIndex, type Cell } from './mibs/told.ts'
import { type Request, writeRequest } from './request.ts'

// A request that is asked at every poll: its names, and what is to follow each.

export interface Repeated {
  /** null: of SNMP 3, which its session writes anew each time. */
  readonly request: Request | null
  /** Of SNMP 3; else the request has them. */
  readonly oids: readonly string[]
  /** How many names it holds. */
  readonly names: number
  /** By position of a name past the last row of a table: the columns that must not go on there. */
  readonly ends: ReadonlyMap<number, readonly string[]>
  /** What must come the first time; from then on the last answer says it, in a tenth of the memory. */
  expected: readonly Expected[] | null
  last: Answered | null
}

/** An answer and where its bindings are; its envelope would hold on to the datagram's own buffer. */
export interface Answered {
  readonly datagram: Buffer
  readonly envelope: Pick<Envelope, 'from' | 'to' | 'errorStatus'>
}

/** One name that is asked, and what is to follow it. */
export type Expected = Row | End

/** A cell that was there. */
export interface Row {
  readonly kind: 'cell'
  /** The name just before it. */
  readonly ask: string
  readonly oid: string
  readonly index: string
  readonly cell: Cell
}

/** Whatever follows the last row, but no row of these columns. */
export interface End {
  readonly kind: 'end'
  readonly ask: string
  readonly columns: readonly string[]
}

export interface Gathering {
  readonly cells: Cells
  readonly version: KnownVersion
  /** In one request; and octets of its answer. */
  readonly mostNames: number
  readonly mostOctets: number
}

/** What follows a table may be a text. */
const octetsOfEnd = 80
const octetsOfHead = 60

/** Names gathered into as few requests as their answers fit into. */
export class RepeatedRequests {
  #settings: Gathering
  #all: { community: string; asked: Expected[] }[] = []
  #octets = 0

  constructor(settings: Gathering) {
    this.#settings = settings
  }

  add(steps: readonly Expected[], community: string): void {
    for (const step of steps) this.#place(step, community)
  }

  written(): Repeated[] {
    const { version } = this.#settings
    return this.#all.map(({ community, asked }) => {
      const oids = asked.map(({ ask }) => ask)
      const ends = asked.flatMap((one, at) =>
        one.kind === 'end' ? [[at, one.columns] as const] : [],
      )
      return {
        request:
          version === '3' ? null : writeRequest({ version, community, pdu: 'getNext', oids }),
        oids: version === '3' ? oids : [],
        ...{ names: oids.length, ends: new Map(ends), expected: asked, last: null },
      }
    })
  }

  #place(step: Expected, community: string): void {
    const { mostNames, mostOctets } = this.#settings
    const octets = octetsOf(step)
    let open = this.#all.at(-1)
    const isFull =
      open === undefined ||
      open.community !== community ||
      open.asked.length >= mostNames ||
      this.#octets + octets > mostOctets - octetsOfHead ||
      this.#isAlone(step) ||
      this.#isAlone(open.asked[0])
    if (isFull || open === undefined) {
      open = { community, asked: [] }
      this.#all.push(open)
      this.#octets = 0
    }
    open.asked.push(step)
    this.#octets += octets
  }

  /** SNMP 1 declines a whole request for one name that nothing follows: that one is asked alone. */
  #isAlone(step: Expected | undefined): boolean {
    const { version, cells } = this.#settings
    return version === '1' && step?.kind === 'end' && !isFollowed(cells, step.ask)
  }
}

/** Of the answer, as far as one can know: at most two octets in three letters of a name, and the heads. */
function octetsOf(step: Expected): number {
  if (step.kind === 'end') return octetsOfEnd
  const { oid, cell } = step
  return oid.length / 1.5 + (cell.kind === 'octets' ? cell.octets.length : 5) + 6
}

function isFollowed(cells: Cells, oid: string): boolean {
  return [...cells.keys()].some((column) => byIndex(column, oid) > 0)
}
