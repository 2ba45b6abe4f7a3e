import { randomInt } from 'node:crypto'
import type { KnownVersion } from '../core/status/reading.ts'

// Requests as octets (RFC 1157, 4; RFC 3416, 3), written from the end, so that every length is known when
// its turn comes. A library's writer makes its octets one by one: four fifths of what a poll costs. A
// request of ours is made once and sent again with another number.

export const pduType = { getNext: 0xa1, getBulk: 0xa5 } as const

export interface Asked {
  readonly version: Exclude<KnownVersion, '3'>
  readonly community: string
  readonly pdu: keyof typeof pduType
  readonly oids: readonly string[]
  /** Of a GETBULK: how many names are asked once, and how often the others. */
  readonly single?: number
  readonly repetitions?: number
}

/** One that can be sent; `sender`, version and community as octets, is what its answer repeats. */
export interface Request {
  readonly datagram: Buffer
  readonly sender: Buffer
  /** Where the four octets of its request-id stand. */
  readonly numberAt: number
}

/** Names of 128 arcs of five octets each, as many as a walk asks at once. */
const page = Buffer.alloc(65_536)
let at = 0

export function writeRequest(asked: Asked): Request {
  at = page.length
  for (let name = asked.oids.length - 1; name >= 0; name -= 1) {
    const end = at
    put(0x00)
    put(0x05)
    putOid(asked.oids[name] ?? '')
    putHead(0x30, end)
  }
  putHead(0x30, page.length)
  putCount(asked.repetitions ?? 0)
  putCount(asked.single ?? 0)
  const numberBehind = page.length - at + 4
  at -= 4
  page.fill(0, at, at + 4)
  put(0x04)
  put(0x02)
  putHead(pduType[asked.pdu], page.length)
  const senderBehind = page.length - at
  const community = Buffer.from(asked.community)
  at -= community.length
  community.copy(page, at)
  putHead(0x04, page.length - senderBehind)
  putCount(asked.version === '1' ? 0 : 1)
  const sender = page.length - at
  putHead(0x30, page.length)
  const datagram = Buffer.from(page.subarray(at))
  return {
    datagram,
    sender: datagram.subarray(datagram.length - sender, datagram.length - senderBehind),
    numberAt: datagram.length - numberBehind,
  }
}

/** Gives the request a number that nobody can guess, of four octets whatever it is. */
export function numberAnew({ datagram, numberAt }: Request): number {
  const number = randomInt(0x0100_0000, 0x7fff_ffff)
  datagram.writeInt32BE(number, numberAt)
  return number
}

function put(octet: number): void {
  at -= 1
  page[at] = octet
}

/** Tag and length of what stands between here and `end`. */
function putHead(tag: number, end: number): void {
  const length = end - at
  put(length & 0xff)
  if (length > 0xff) put(length >> 8)
  if (length > 0x7f) put(length > 0xff ? 0x82 : 0x81)
  put(tag)
}

/** A small number: a version, a count of names. */
function putCount(count: number): void {
  put(count & 0xff)
  if (count > 0x7f) put(count >> 8)
  put(count > 0x7f ? 2 : 1)
  put(0x02)
}

/** `1.3.6.1.2` -> 06 04 2b 06 01 02 (X.690, 8.19). */
function putOid(oid: string): void {
  const end = at
  let arc = 0
  let unit = 1
  for (let position = oid.length - 1; position >= 0; position -= 1) {
    const code = oid.charCodeAt(position)
    if (code !== dot) {
      arc += (code - zero) * unit
      unit *= 10
      continue
    }
    // The first two arcs share an octet, and the first has one digit.
    if (position === 1) arc += 40 * (oid.charCodeAt(0) - zero)
    putArc(arc)
    if (position === 1) break
    arc = 0
    unit = 1
  }
  putHead(0x06, end)
}

const dot = 0x2e
const zero = 0x30

function putArc(arc: number): void {
  put(arc % 128)
  // Arithmetic, for an arc may take all of 32 bits.
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128))
    put(0x80 | (rest % 128))
}
