import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../core/clock.ts'
import { randomCode } from '../core/ids.ts'
import type { Log } from '../core/log.ts'
import type { Person } from '../core/people/person.ts'
import type { Answer, Stream } from './answer.ts'
import { securityHeaders } from './headers.ts'

/** What is known of a request while it goes through: for its headers and its line in the log. */
export interface Visit {
  readonly id: string
  readonly startedMs: number
  /** Without what stands behind the question mark, which may be nobody's business. */
  readonly path: string
  /** Address of the connection, which is gone from the request once that broke. */
  readonly from: string | null
  person: Person | null
  /** How what is declined is told: the route says, and where there is none, what was asked for. */
  as: 'json' | 'page'
}

/** An unread body up to this is swallowed; a larger one costs its sender the connection. */
const swallowedBytes = 64 * 1024

/** Begins a visit: the headers that every answer has, and the one line once it has ended. */
export function createVisits(clock: Clock, log: Log) {
  return (req: IncomingMessage, res: ServerResponse): Visit => {
    const path = (req.url ?? '').split('?', 1)[0] ?? ''
    const visit: Visit = {
      id: randomCode(10),
      startedMs: clock.monotonicMs(),
      path,
      from: req.socket.remoteAddress ?? null,
      person: null,
      as: asksForPage(req, path) ? 'page' : 'json',
    }
    for (const [name, value] of Object.entries(securityHeaders)) res.setHeader(name, value)
    res.setHeader('X-Request-Id', visit.id)
    const { 'content-length': length = '0', 'transfer-encoding': encoding } = req.headers
    if (encoding || Number(length) > swallowedBytes) res.shouldKeepAlive = false
    res.on('close', () => told(req, res, visit))
    return visit
  }

  function told(req: IncomingMessage, res: ServerResponse, visit: Visit): void {
    const facts = {
      id: visit.id,
      method: req.method,
      path: withoutReceipt(visit.path).slice(0, 200),
      // A stream has no end of its own; whoever leaves it breaks nothing off.
      status: res.writableFinished || isStream(res) ? res.statusCode : 'broken off',
      ms: Math.round(clock.monotonicMs() - visit.startedMs),
      who: visit.person?.name ?? null,
      from: visit.from,
    }
    // Monitors and open pages ask all day; only what they are told amiss is worth a line.
    const isProbe = /^\/(healthz|readyz|api\/v1\/health)\/?$/i.test(visit.path)
    const isByItself = req.headers['x-by-itself'] !== undefined && visit.person !== null
    if ((isProbe || isByItself) && res.statusCode < 400) log.debug(facts, 'request')
    else log.info(facts, 'request')
  }
}

/** As a browser does where somebody typed the address. */
function asksForPage({ headers }: IncomingMessage, path: string): boolean {
  return /\btext\/html\b/i.test(headers.accept ?? '') && !/^\/api(\/|$)/i.test(path)
}

export function send(req: IncomingMessage, res: ServerResponse, answer: Answer): void {
  res.statusCode = answer.status
  for (const [name, value] of Object.entries(answer.headers)) res.setHeader(name, value)
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body
  if (Buffer.isBuffer(body)) res.setHeader('Content-Length', body.length)
  if (req.method === 'HEAD' || body === null) res.end()
  else if (typeof body === 'function') pour(res, body)
  else res.end(body)
}

/** Who reads so slowly that this much waits for it is cut off. */
const mostUnread = 64 * 1024

function pour(res: ServerResponse, stream: Stream): void {
  // Gone while it was found out who they are: no 'close' would come any more.
  if (res.destroyed || res.closed) return
  res.flushHeaders()
  const ended = stream({
    write(text) {
      if (res.writableLength > mostUnread) res.destroy()
      else if (!res.writableEnded) res.write(text)
    },
    end: () => void res.end(),
  })
  res.once('close', ended)
}

const isStream = (res: ServerResponse) => res.getHeader('Content-Type') === 'text/event-stream'

/** Whoever has a receipt's address sees the ticket, and a log is read by many. */
const withoutReceipt = (path: string) => path.replace(/^(\/t\/)[^/]+/i, '$1…')
