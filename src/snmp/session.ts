import type { KnownVersion } from '../core/status/reading.ts'
import { type Binding, readBindings } from './bindings.ts'
import type { Channel } from './channel.ts'
import { myTurn } from './loop.ts'
import { type Asked, writeRequest } from './request.ts'
import type { Refused } from './v3/refused.ts'

// One printer asked in one version with one community. What a printer does, or fails to do, comes back as
// an Answer; nothing here throws. SNMP 3 has a session of its own (`v3`).

export type Version = KnownVersion
export type { Binding } from './bindings.ts'

type Column = readonly Binding[]

export type Answer =
  /** What came, one list to a name that was asked, in the order asked. */
  | { readonly kind: 'bindings'; readonly columns: readonly Column[]; readonly octets: number }
  /** Declined whole; `index` counts the bindings from 1, and 0 says nothing. */
  | { readonly kind: 'declined'; readonly status: number; readonly index: number }
  | { readonly kind: 'garbled' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'unreachable'; readonly code: string }
  | { readonly kind: 'closed' }
  | Refused

/** RFC 3416, error-status. */
export const errorStatus = { tooBig: 1, noSuchName: 2 } as const

export interface Session {
  readonly version: Version
  getNext(oids: readonly string[]): Promise<Answer>
  /** The first `single` names once each, the others up to `repetitions` times. */
  getBulk(oids: readonly string[], single: number, repetitions: number): Promise<Answer>
}

export interface SessionSettings {
  readonly community: string
  readonly version: '1' | '2c'
  /** How long each try waits, in milliseconds. */
  readonly tries: readonly number[]
  /** Told of each trip that could be measured. */
  readonly onTrip?: (ms: number) => void
}

/** Over a channel that others may use as well. */
export function openSession(channel: Channel, settings: SessionSettings): Session {
  const { version, community, tries } = settings

  async function ask(asked: Pick<Asked, 'pdu' | 'oids' | 'single' | 'repetitions'>) {
    const heard = await channel.ask(writeRequest({ version, community, ...asked }), tries)
    if (heard.kind !== 'answer') return heard
    const { datagram, envelope, tripMs } = heard
    await myTurn()
    settings.onTrip?.(tripMs)
    const { errorStatus: status, errorIndex: index, octets } = envelope
    if (status !== 0) return { kind: 'declined', status, index } as const
    const bindings = readBindings(datagram, envelope)
    if (bindings === null) return { kind: 'garbled' } as const
    return { kind: 'bindings', columns: columnsOf(bindings, asked), octets } as const
  }

  return {
    version,
    getNext: (oids) => ask({ pdu: 'getNext', oids }),
    getBulk: (oids, single, repetitions) => ask({ pdu: 'getBulk', oids, single, repetitions }),
  }
}

/** RFC 3416, 4.2.3: first what was asked once, then row by row, a binding to each of the other names. */
export function columnsOf(
  bindings: readonly Binding[],
  { oids, single = oids.length }: Pick<Asked, 'oids' | 'single'>,
): Column[] {
  const columns: Binding[][] = oids.map(() => [])
  const repeated = oids.length - single
  bindings.forEach((binding, at) => {
    const position = at < single || repeated === 0 ? at : single + ((at - single) % repeated)
    columns[position]?.push(binding)
  })
  return columns
}
