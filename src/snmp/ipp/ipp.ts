import { request } from 'node:http'
import type { SecondFacts } from '../../core/status/second-source.ts'
import type { Place } from '../place.ts'
import { findPlace } from '../place.ts'
import { readFacts, wantedAttributes } from './attributes.ts'
import { readAnswer } from './octets.ts'
import { type IppVersion, writeQuestion } from './question.ts'

// Get-Printer-Attributes (RFC 8011, 4.2.5) over HTTP. What a printer does, or fails to do, comes back as an
// answer; nothing here throws. When a printer may be asked is said in second-source.ts.

export type IppAnswer =
  | { readonly kind: 'told'; readonly facts: SecondFacts }
  /** Something is there, and it has no IPP for us. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'silent' }

export interface Ipp {
  ask(host: string): Promise<IppAnswer>
  /** Breaks off what is under way; that was silent then. */
  close(): void
}

export interface IppSettings {
  readonly port: number
  /** For a whole answer, over all paths. */
  readonly timeoutMs: number
}

/** Canon and Brother have the first; older HP the second (home-assistant/core#33892). */
const usualPaths = ['/ipp/print', '/ipp/printer', '/']
/** All that is wanted has a few kilobytes. */
const mostOctets = 256 * 1024
/** Of which the path is remembered. */
const mostHosts = 10_000

export function createIpp({ port, timeoutMs }: IppSettings): Ipp {
  /** The path that answered last, by host. */
  const paths = new Map<string, string>()
  const underWay = new Set<AbortController>()

  async function askThere(host: string, signal: AbortSignal): Promise<IppAnswer> {
    const place = await findPlace(host, timeoutMs)
    if (place === null) return { kind: 'silent' }
    const first = paths.get(host)
    const order = new Set(first === undefined ? usualPaths : [first, ...usualPaths])
    let worst: 'nothing' | 'silent' = 'nothing'
    for (const path of order) {
      const heard = await askPath({ ...place, port }, path, signal)
      if (heard.kind === 'told') {
        paths.set(host, path)
        if (paths.size > mostHosts) paths.delete(paths.keys().next().value ?? '')
        return heard
      }
      if (heard.kind === 'refused') return { kind: 'nothing' }
      if (heard.kind === 'silent') return { kind: 'silent' }
      // Some answer 500 in their sleep (home-assistant/core#33892): that is no reason to give up for long.
      if (heard.kind === 'broken') worst = 'silent'
    }
    return { kind: worst }
  }

  return {
    async ask(host) {
      const life = new AbortController()
      underWay.add(life)
      const timer = setTimeout(() => life.abort(), timeoutMs)
      const answer = await askThere(host, life.signal)
      clearTimeout(timer)
      underWay.delete(life)
      return answer
    },
    close() {
      for (const life of underWay) life.abort()
    },
  }
}

type Heard =
  | { readonly kind: 'told'; readonly facts: SecondFacts }
  | { readonly kind: 'refused' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'broken' }
  | { readonly kind: 'silent' }

/** RFC 8011, B.1.5.4: server-error-version-not-supported. */
const otherVersion = 0x0503

async function askPath(place: Place, path: string, signal: AbortSignal): Promise<Heard> {
  let last: Heard = { kind: 'broken' }
  // Every printer speaks 1.1 (RFC 8011, 4.1.8); some that are newer say they do not.
  for (const version of ['1.1', '2.0'] as const) {
    const posted = await post(place, path, version, signal)
    if (posted.kind !== 'body') return posted
    const message = readAnswer(posted.octets, wantedAttributes)
    if (message === null) return { kind: 'broken' }
    if (message.status < 0x0100) return { kind: 'told', facts: readFacts(message.attributes) }
    last = { kind: message.status >= 0x0500 ? 'broken' : 'absent' }
    if (message.status !== otherVersion) break
  }
  return last
}

type Posted =
  | { readonly kind: 'body'; readonly octets: Buffer }
  | Exclude<Heard, { readonly kind: 'told' }>

function post(
  { address, family, port }: Place,
  path: string,
  version: IppVersion,
  signal: AbortSignal,
): Promise<Posted> {
  const host = family === 6 ? `[${address}]` : address
  const question = writeQuestion(`ipp://${host}:${port}${path}`, wantedAttributes, version)
  return new Promise((resolve) => {
    const asked = request({
      ...{ host: address, family, port, path, signal, method: 'POST' },
      // A connection of its own, closed after: a printer has few.
      agent: false,
      maxHeaderSize: 8192,
      headers: {
        host: `${host}:${port}`,
        'content-type': 'application/ipp',
        accept: 'application/ipp',
        'content-length': question.length,
      },
    })
    const end = (posted: Posted) => {
      resolve(posted)
      asked.destroy()
    }
    asked.on('error', (error) => end({ kind: kindOf(error) }))
    asked.on('close', () => end({ kind: 'silent' }))
    asked.on('response', (answer) => {
      answer.on('error', () => end({ kind: 'silent' }))
      const { statusCode = 0 } = answer
      if (statusCode !== 200) return end({ kind: statusCode >= 500 ? 'broken' : 'absent' })
      const chunks: Buffer[] = []
      let octets = 0
      answer.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        octets += chunk.length
        if (octets > mostOctets) end({ kind: 'broken' })
      })
      answer.on('end', () => end({ kind: 'body', octets: Buffer.concat(chunks) }))
    })
    asked.end(question)
  })
}

/** HPE_: what answers there speaks no HTTP, TLS only say. */
function kindOf(error: NodeJS.ErrnoException): 'refused' | 'silent' {
  const { code = '' } = error
  return code === 'ECONNREFUSED' || code.startsWith('HPE_') ? 'refused' : 'silent'
}
