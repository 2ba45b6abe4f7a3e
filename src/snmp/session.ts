import snmp from 'net-snmp'
import type { KnownVersion } from '../core/status/reading.ts'
import type { Cell } from './mibs/told.ts'
import { type Place, PrinterSocket } from './socket.ts'

// The one file that touches net-snmp: one printer, one version, one community, one request at a time.
// What a printer does, or fails to do, comes back as an Answer; nothing here throws or ends the process.

export type Version = KnownVersion

export interface Binding {
  readonly oid: string
  /** null: there is nothing there (noSuchObject, noSuchInstance, endOfMibView). */
  readonly cell: Cell | null
}

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

/** RFC 3416, error-status. */
export const errorStatus = { tooBig: 1, noSuchName: 2 } as const

export interface SessionSettings {
  readonly community: string
  readonly version: Version
  readonly timeoutMs: number
  /** How often an unanswered request is sent again. */
  readonly retries: number
}

export interface Session {
  readonly version: Version
  /** Datagrams sent so far. */
  sent(): number
  getNext(oids: readonly string[]): Promise<Answer>
  /** The first `single` names once each, the others up to `repetitions` times. */
  getBulk(oids: readonly string[], single: number, repetitions: number): Promise<Answer>
  close(): void
}

/** The time that a good answer has after a rubbish one: noise comes beside answers, not instead. */
const graceMs = 50

export function openSession(place: Place, settings: SessionSettings): Session {
  let settle: ((answer: Answer) => void) | null = null
  let grace: NodeJS.Timeout | undefined
  const socket = new PrinterSocket(place, {
    garbled,
    unreachable: (code) => giveUp({ kind: 'unreachable', code }),
  })
  const session = snmp.createSession(place.address, settings.community, {
    version: settings.version === '1' ? snmp.Version1 : snmp.Version2c,
    timeout: settings.timeoutMs,
    retries: settings.retries,
    // Else an odd row ends the whole answer; the walk has its own rule for rows that go backwards.
    backwardsGetNexts: true,
    dgramModule: { createSocket: () => socket },
  })
  // An answer that the library cannot decode; without a listener it would end the process.
  session.on('error', garbled)

  function garbled(): void {
    if (settle !== null) grace ??= setTimeout(() => giveUp({ kind: 'garbled' }), graceMs)
  }

  function answer(settled: Answer): void {
    clearTimeout(grace)
    grace = undefined
    const waiting = settle
    settle = null
    waiting?.(settled)
  }

  /** Before the library would: its request is withdrawn, so that it is not sent again. */
  function giveUp(settled: Answer): void {
    answer(settled)
    session.cancelRequests(new Error(settled.kind))
  }

  function ask(send: (done: Done) => void) {
    return new Promise<Answer>((resolve) => {
      settle = resolve
      send((error, bindings) => {
        if (bindings === undefined) return answer(failureOf(error, socket))
        const columns = bindings.map(columnOf)
        answer({ kind: 'bindings', columns, octets: socket.heard?.octets ?? 0 })
      })
    })
  }

  return {
    version: settings.version,
    sent: () => socket.sent,
    getNext: (oids) => ask((done) => session.getNext([...oids], done)),
    getBulk: (oids, single, repetitions) =>
      ask((done) => session.getBulk([...oids], single, repetitions, done)),
    close: () => {
      answer({ kind: 'closed' })
      session.close()
    },
  }
}

function failureOf(error: Error | null, socket: PrinterSocket): Answer {
  if (error?.name === 'RequestTimedOutError') return { kind: 'silent' }
  const heard = socket.heard
  if (error?.name === 'RequestFailedError' && heard !== null) {
    return { kind: 'declined', status: heard.errorStatus, index: heard.errorIndex }
  }
  return { kind: 'garbled' }
}

interface Varbind {
  readonly oid: string
  readonly type?: number | undefined
  readonly value?: unknown
}

type Done = (error: Error | null, bindings?: (Varbind | Varbind[])[]) => void

function columnOf(bindings: Varbind | Varbind[]): Column {
  return (Array.isArray(bindings) ? bindings : [bindings]).map((binding) => ({
    oid: binding.oid,
    cell: cellOf(binding),
  }))
}

function cellOf({ type, value }: Varbind): Cell | null {
  switch (type) {
    case snmp.ObjectType.NoSuchObject:
    case snmp.ObjectType.NoSuchInstance:
    case snmp.ObjectType.EndOfMibView:
      return null
    case snmp.ObjectType.Integer:
    case snmp.ObjectType.Counter:
    case snmp.ObjectType.Gauge:
    case snmp.ObjectType.TimeTicks:
      return typeof value === 'number' ? { kind: 'number', number: value } : { kind: 'other' }
    case snmp.ObjectType.Counter64:
      return Buffer.isBuffer(value) && value.length <= 9
        ? { kind: 'number', number: Number(BigInt(`0x0${value.toString('hex')}`)) }
        : { kind: 'other' }
    case snmp.ObjectType.OctetString:
      return Buffer.isBuffer(value) ? { kind: 'octets', octets: value } : { kind: 'other' }
    case snmp.ObjectType.OID:
      return typeof value === 'string' ? { kind: 'oid', oid: value } : { kind: 'other' }
    default:
      return { kind: 'other' }
  }
}
