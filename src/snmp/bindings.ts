import { type Envelope, type Field, readField } from './envelope.ts'
import type { Cell } from './mibs/told.ts'

// The inside of an answer: names and values (RFC 2578, 7; X.690, 8). Its outside was read before
// (`envelope`), so every length here is known to fit.

export interface Binding {
  readonly oid: string
  /** null: there is nothing there (noSuchObject, noSuchInstance, endOfMibView). */
  readonly cell: Cell | null
}

/** No request of ours has a fifth of that; what comes on top was never asked. */
const mostBindings = 512

/** null: a name that is none, or more of them than anybody asked for. */
export function readBindings(
  datagram: Buffer,
  { from, to }: Pick<Envelope, 'from' | 'to'>,
): Binding[] | null {
  const bindings: Binding[] = []
  for (let at = from; at < to; ) {
    const binding = readField(datagram, at)
    const name = binding && readField(datagram, binding.from)
    const value = name && readField(datagram, name.to)
    if (!value || bindings.length === mostBindings) return null
    const oid = readOid(datagram, name)
    if (oid === null) return null
    bindings.push({ oid, cell: readCell(datagram, value) })
    at = binding.to
  }
  return bindings
}

const octetString = 0x04
const objectIdentifier = 0x06
const counter64 = 0x46
/** Signed INTEGER; IpAddress apart, Counter32, Gauge32, TimeTicks are not. */
const integer = 0x02
const unsigned: ReadonlySet<number> = new Set([0x41, 0x42, 0x43])
const nothing: ReadonlySet<number> = new Set([0x80, 0x81, 0x82])

/** The MIBs' texts have 255 octets at most, a device ID some 300; the longest recorded has 666. */
const longestText = 2048
const least = -(2 ** 31)
const most = 2 ** 32 - 1

/** A value of no known type, or of a length that it cannot have, is there and says nothing: 'other'. */
export function readCell(datagram: Buffer, { tag, from, to }: Field): Cell | null {
  const length = to - from
  if (nothing.has(tag)) return null
  if (tag === octetString)
    return length > longestText ? other : { kind: 'octets', octets: datagram.subarray(from, to) }
  if (tag === objectIdentifier) {
    const oid = readOid(datagram, { tag, from, to })
    return oid === null ? other : { kind: 'oid', oid }
  }
  if (tag === counter64) return readCounter64(datagram, { tag, from, to })
  if (length < 1 || length > 5) return other
  let number = datagram.readIntBE(from, length)
  if (unsigned.has(tag)) {
    // Some agents leave out the leading zero of a number over 2^31.
    if (number < 0 && length < 5) number += 2 ** (8 * length)
    if (number < 0) return other
  } else if (tag !== integer) return other
  // Ricoh and others send a Counter32 as INTEGER, with its leading zero.
  return number < least || number > most ? other : { kind: 'number', number }
}

const other: Cell = { kind: 'other' }

/** Past 2^53 a number here would not be the one that was sent; no printer has counted that far. */
function readCounter64(datagram: Buffer, { from, to }: Field): Cell {
  if (to <= from || to - from > 9) return other
  const number = BigInt(`0x${datagram.toString('hex', from, to)}`)
  return number > Number.MAX_SAFE_INTEGER ? other : { kind: 'number', number: Number(number) }
}

/** RFC 2578, 3.5. */
const mostArcs = 128

/** 2b 06 01 02 -> `1.3.6.1.2`. null: cut in the middle of an arc, one of over 32 bits, or too many. */
function readOid(datagram: Buffer, { from, to }: Field): string | null {
  if (from >= to) return null
  let oid = ''
  let arc = 0
  let arcs = 1
  for (let at = from; at < to; at += 1) {
    const octet = datagram[at] ?? 0
    arc = arc * 128 + (octet & 0x7f)
    if (arc > most + 80) return null
    if (octet >= 0x80) {
      if (at === to - 1) return null
      continue
    }
    arcs += 1
    if (arcs > mostArcs) return null
    if (arcs === 2) {
      const first = Math.min(2, Math.floor(arc / 40))
      oid = `${first}.${arc - first * 40}`
    } else if (arc > most) return null
    else oid += `.${arc}`
    arc = 0
  }
  return oid
}
