import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import {
  type Answered,
  binding,
  endOfMibView,
  noSuchObject,
  nothing,
  pdu,
  type Request,
  readRequest,
  writeAnswer,
  writeValue,
} from '../snmp/ber.ts'

// A printer over real UDP on loopback, that answers from a walk. It keeps the rules unless it is given
// faults; most faults are a function over what it would answer, so that a test says them in a line.

export interface AgentSettings {
  /** `.snmprec`: `OID|type|value` a line. */
  readonly walk: string | Buffer
  /** null: any will do. */
  readonly community?: string | null
  /** What it speaks; to others it is silent. */
  readonly versions?: readonly ('1' | '2c')[]
  readonly host?: string
  readonly faults?: Faults
}

export interface Faults {
  delayMs?: number | ((request: Request) => number)
  /** Whether the request is heard at all; `count` from 1. */
  hears?: (request: Request, count: number) => boolean
  /** What it sends at once, before it thinks (`delayMs`). */
  blurts?: (answer: Buffer) => readonly Buffer[]
  /** The datagrams to send in place of the answer. */
  sends?: (answer: Buffer, request: Request) => readonly Buffer[]
  /** What follows a name, in place of the true next row. */
  next?: (oid: string, row: Row | undefined) => Row | undefined
  /** Replaces the processing of a GETBULK. */
  bulk?: (request: Request, next: (oid: string) => Row | undefined) => readonly Buffer[]
  /** What it declines, with an error-status and index. */
  declines?: (request: Request) => { status: number; index: number } | null
  /** Replies are no longer than this: GETBULK is cut, the others get tooBig. */
  mostOctets?: number
  fromAnotherPort?: boolean
}

export interface Row {
  readonly oid: string
  /** The value, encoded. */
  readonly value: Buffer
}

export interface Agent {
  /** `127.0.0.1:PORT`. */
  readonly address: string
  /** Requests heard, in order. */
  readonly requests: readonly Request[]
  faults: Faults
  /** As in a walk: `set('1.3.6.1.2.1.43.18.1.1.7.1.1', '2', '8')`. */
  set(oid: string, type: string, value: string): void
  remove(oid: string): void
  stop(): Promise<void>
}

export async function startAgent(settings: AgentSettings): Promise<Agent> {
  const { community = 'public', versions = ['1', '2c'], host = '127.0.0.1' } = settings
  let rows = readWalk(settings.walk)
  const requests: Request[] = []
  const type = host.includes(':') ? 'udp6' : 'udp4'
  const socket = createSocket(type)
  const stranger = createSocket(type)

  const agent: Agent = {
    address: '',
    requests,
    faults: settings.faults ?? {},
    set: (oid, type, text) => {
      const value = writeValue(type, text)
      if (value === null) throw new Error(`no such value: ${type}|${text}`)
      rows = sorted([...rows.filter((row) => row.oid !== oid), { oid, value }])
    },
    remove: (oid) => {
      rows = rows.filter((row) => row.oid !== oid)
    },
    stop: async () => {
      clearTimeouts()
      const closed = [once(socket, 'close'), once(stranger, 'close')]
      socket.close()
      stranger.close()
      await Promise.all(closed)
    },
  }

  const timers = new Set<NodeJS.Timeout>()
  const clearTimeouts = () => {
    for (const timer of timers) clearTimeout(timer)
  }

  const nextRow = (oid: string): Row | undefined => {
    const row = rows[firstAfter(rows, oid)]
    return agent.faults.next === undefined ? row : agent.faults.next(oid, row)
  }

  socket.on('message', (datagram, from) => {
    const request = readRequest(datagram)
    requests.push(request)
    const { faults } = agent
    if (community !== null && request.community !== community) return
    if (!versions.includes(request.version === 0 ? '1' : '2c')) return
    if (faults.hears?.(request, requests.length) === false) return
    const answered = answerTo(request, rows, nextRow, faults)
    if (answered === null) return
    const answer = writeAnswer(request, answered)
    for (const one of faults.blurts?.(answer) ?? []) socket.send(one, from.port, from.address)
    const send = () => {
      for (const one of faults.sends?.(answer, request) ?? [answer]) {
        ;(faults.fromAnotherPort ? stranger : socket).send(one, from.port, from.address)
      }
    }
    const { delayMs } = faults
    if (delayMs === undefined) return send()
    const timer = setTimeout(
      () => {
        timers.delete(timer)
        send()
      },
      typeof delayMs === 'number' ? delayMs : delayMs(request),
    )
    timers.add(timer)
  })

  socket.bind(0, host)
  stranger.bind(0, host)
  await Promise.all([once(socket, 'listening'), once(stranger, 'listening')])
  const { port } = socket.address()
  return Object.assign(agent, {
    address: type === 'udp6' ? `[${host}]:${port}` : `${host}:${port}`,
  })
}

const noSuchName = 2
const tooBig = 1

/** null: it does not answer (GETBULK in SNMP 1). */
function answerTo(
  request: Request,
  rows: readonly Row[],
  next: (oid: string) => Row | undefined,
  faults: Faults,
): Answered | null {
  const { requestId, oids, version } = request
  const declined = faults.declines?.(request)
  const asked = oids.map((oid) => binding(oid, nothing))
  if (declined) {
    const { status, index } = declined
    return { requestId, errorStatus: status, errorIndex: index, bindings: asked }
  }
  const { mostOctets = 1472 } = faults
  if (request.pduType === pdu.getBulk) {
    if (version === 0) return null
    const bindings = faults.bulk?.(request, next) ?? bulk(request, next)
    let octets = 60
    const end = bindings.findIndex((one) => {
      octets += one.length
      return octets > mostOctets
    })
    return { requestId, bindings: end === -1 ? bindings : bindings.slice(0, end) }
  }
  const found = oids.map((oid) => {
    if (request.pduType === pdu.getNext) return next(oid)
    return rows.find((row) => row.oid === oid)
  })
  const missing = found.indexOf(undefined)
  if (version === 0 && missing !== -1) {
    return { requestId, errorStatus: noSuchName, errorIndex: missing + 1, bindings: asked }
  }
  const instead = request.pduType === pdu.getNext ? endOfMibView : noSuchObject
  const bindings = found.map((row, at) =>
    binding(row?.oid ?? oids[at] ?? '', row?.value ?? instead),
  )
  const octets = bindings.reduce((sum, { length }) => sum + length, 60)
  return octets > mostOctets
    ? { requestId, errorStatus: tooBig, bindings: asked }
    : { requestId, bindings }
}

/** RFC 3416, 4.2.3. */
function bulk(request: Request, next: (oid: string) => Row | undefined): Buffer[] {
  const { oids, first: single, second: repetitions } = request
  const bindings: Buffer[] = []
  const step = (oid: string): string => {
    const row = next(oid)
    bindings.push(binding(row?.oid ?? oid, row?.value ?? endOfMibView))
    return row?.oid ?? oid
  }
  for (const oid of oids.slice(0, single)) step(oid)
  let repeated = oids.slice(single)
  for (let at = 0; at < repetitions && repeated.length > 0; at += 1) repeated = repeated.map(step)
  return bindings
}

/** Of two rows with one OID the first counts; damaged ones are passed over. */
export function readWalk(walk: string | Buffer): Row[] {
  const text = (typeof walk === 'string' ? Buffer.from(walk) : walk).toString('latin1')
  const rows = new Map<string, Row>()
  for (const line of text.split('\n')) {
    const [oid = '', type = '', ...rest] = line.split('|')
    const value = /^\d+(\.\d+)+$/.test(oid) ? writeValue(type, rest.join('|')) : null
    if (value !== null && !rows.has(oid)) rows.set(oid, { oid, value })
  }
  return sorted([...rows.values()])
}

const sorted = (rows: Row[]): Row[] => rows.sort((a, b) => compare(a.oid, b.oid))

function firstAfter(rows: readonly Row[], oid: string): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (compare(rows[middle]?.oid ?? '', oid) > 0) high = middle
    else low = middle + 1
  }
  return low
}

function compare(a: string, b: string): number {
  const left = a.split('.')
  const right = b.split('.')
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const difference = Number(left[at]) - Number(right[at])
    if (difference !== 0) return difference
  }
  return left.length - right.length
}
