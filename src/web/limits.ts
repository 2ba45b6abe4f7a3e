import { type Server, type ServerOptions, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Log } from '../core/log.ts'
import type { Answer } from './answer.ts'
import { decline } from './errors.ts'
import { securityHeaders } from './headers.ts'

// How much of a request is borne with, and what is said to the one that the parser cannot read.

export const maxUrlLength = 2048

export const serverLimits = {
  /** Address and headers together; Node's own bound, said aloud. */
  maxHeaderSize: 16 * 1024,
  /** A request that trickles in is cut off: the printer VLAN is near, nobody needs longer. */
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
  /** Longer than Node's 5 s, so that a client that asks each 10 s keeps its connection. */
  keepAliveTimeout: 15_000,
  /** A request without Host is told so by us, in JSON. */
  requireHostHeader: false,
  /** Said aloud, for NODE_OPTIONS could make the parser bear what a proxy before us reads otherwise. */
  insecureHTTPParser: false,
} satisfies ServerOptions

export function limit(server: Server, log: Log): void {
  // None is dropped in silence: 16 KB bound them anyway, and a lost Authorization is a riddle.
  server.maxHeadersCount = 0
  server.maxConnections = mostOfTheNetwork + reserved
  server.on('connection', boundTheNetwork(log))
  // Nobody takes two minutes to read one answer; a forced sweep takes half a minute at most.
  server.setTimeout(120_000)
  const told = new WeakSet<Socket>()
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // What else comes of a request that was told already is read and dropped: a socket closed with
    // bytes unread is reset, and the answer is lost with it.
    if (!isSocket(socket) || told.has(socket)) return
    told.add(socket)
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
    const answer = answerUnreadable(error.code)
    const from = socket.remoteAddress ?? null
    log.info({ status: answer.status, cause: error.code, from }, 'unreadable request')
    socket.end(asText(answer))
    setTimeout(() => socket.destroy(), 1000).unref()
  })
  server.on('connect', (_req, socket) => {
    // Node lets go of it with the event: what happens to it from here on is ours to hear.
    socket.on('error', () => socket.destroy())
    setTimeout(() => socket.destroy(), 1000).unref()
    const sentence = 'This is no proxy; ask for a path of its own.'
    socket.end(asText(decline('wrong-method', sentence, { Allow: 'GET, HEAD, OPTIONS' })))
  })
}

/**
 * More than a campus has managers at their desks and students before a printer at one moment, and little
 * for a Pi: 16 KB of headers and 16 KB of a form each are 16 MB. It fits into the 1,024 files that a
 * shell gives too, beside the sockets to the printers.
 */
const mostOfTheNetwork = 512
/** One address that opens connections and says nothing shall not shut the others out. */
const mostPerAddress = 256
/** For this machine alone: its watchdog, who sits at it, and a proxy, which bounds its own guests. */
const reserved = 64

const loopback: readonly string[] = ['127.0.0.1', '::1', '::ffff:127.0.0.1']

/** Whoever is beyond the bounds is hung up on at once; those before are served on. */
function boundTheNetwork(log: Log): (socket: Socket) => void {
  /** By address, of those that are open. */
  const open = new Map<string, number>()
  let all = 0
  let isTold = false

  return (socket) => {
    const address = socket.remoteAddress ?? ''
    if (loopback.includes(address)) return
    const count = (open.get(address) ?? 0) + 1
    if (count > mostPerAddress || all >= mostOfTheNetwork) {
      if (!isTold) log.warn({ address, all }, 'too many connections: more are turned away')
      isTold = true
      return void socket.destroy()
    }
    all++
    open.set(address, count)
    socket.once('close', () => {
      all--
      if (all < mostOfTheNetwork / 2) isTold = false
      const left = (open.get(address) ?? 1) - 1
      if (left > 0) open.set(address, left)
      else open.delete(address)
    })
  }
}

function isSocket(stream: object): stream is Socket {
  return 'remoteAddress' in stream
}

function answerUnreadable(code: string | undefined): Answer {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return decline(
        'header-too-large',
        `Address and headers together are larger than ${serverLimits.maxHeaderSize / 1024} KB.`,
      )
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return decline('too-slow', 'The request took too long to arrive.')
    default:
      return decline('malformed', 'This is no request that HTTP knows.')
  }
}

/** An answer as it goes over the wire, where no response object exists. */
function asText({ status, headers, body }: Answer): string {
  const all = { ...securityHeaders, ...headers, Connection: 'close' }
  const text = String(body ?? '')
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  const length = `Content-Length: ${Buffer.byteLength(text)}`
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, length, '', text].join('\r\n')
}
