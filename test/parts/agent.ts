import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { answer, fitting } from '../../src/demo/answer.ts'
import {
  type Answered,
  binding,
  nothing,
  pdu,
  type Request,
  readRequest,
  writeAnswer,
} from '../../src/demo/ber.ts'
import { type Row, readWalk, type Walk } from '../../src/demo/walk.ts'

// The demo's printer with faults: over real UDP on loopback, it keeps the rules unless it is given
// some; most are a function over what it would answer, so that a test says them in a line.

export type { Row }

export interface AgentSettings {
  /** `.snmprec`: `OID|type|value` a line. */
  readonly walk: string | Buffer
  /** null: any will do. */
  readonly community?: string | null
  /** By community: other walks that it answers from. */
  readonly contexts?: Readonly<Record<string, string>>
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
  const walk = readWalk(settings.walk)
  const requests: Request[] = []
  const type = host.includes(':') ? 'udp6' : 'udp4'
  const socket = createSocket(type)
  const stranger = createSocket(type)

  const agent: Agent = {
    address: '',
    requests,
    faults: settings.faults ?? {},
    set: walk.set,
    remove: walk.remove,
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

  const faulty = (walk: Walk): Pick<Walk, 'get' | 'next'> => ({
    get: walk.get,
    next: (oid) => {
      const row = walk.next(oid)
      return agent.faults.next === undefined ? row : agent.faults.next(oid, row)
    },
  })
  const contexts = new Map(
    Object.entries(settings.contexts ?? {}).map(([name, text]) => [name, readWalk(text)]),
  )

  socket.on('message', (datagram, from) => {
    const request = readRequest(datagram)
    requests.push(request)
    const { faults } = agent
    const context = contexts.get(request.community)
    if (community !== null && request.community !== community && !context) return
    if (!versions.includes(request.version === 0 ? '1' : '2c')) return
    if (faults.hears?.(request, requests.length) === false) return
    const answered = answerTo(request, faulty(context ?? walk), faults)
    if (answered === null) return
    const reply = writeAnswer(request, answered)
    for (const one of faults.blurts?.(reply) ?? []) socket.send(one, from.port, from.address)
    const send = () => {
      for (const one of faults.sends?.(reply, request) ?? [reply]) {
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

/** null: it does not answer. */
function answerTo(
  request: Request,
  walk: Pick<Walk, 'get' | 'next'>,
  faults: Faults,
): Answered | null {
  const { requestId, oids, version } = request
  const declined = faults.declines?.(request)
  if (declined) {
    const bindings = oids.map((oid) => binding(oid, nothing))
    return { requestId, errorStatus: declined.status, errorIndex: declined.index, bindings }
  }
  const instead =
    request.pduType === pdu.getBulk && version !== 0 && faults.bulk?.(request, walk.next)
  if (!instead) return answer(request, walk, faults.mostOctets)
  return { requestId, bindings: fitting(instead, faults.mostOctets ?? 1472) }
}
