import { type Envelope, type Field, readField } from './envelope.ts'
import type { Cell } from './mibs/told.ts'

// The inside of an answer: names and values (RFC 2578, 7; X.690, 8). Its outside was read before
// (`envelope`), so every length here is known to fit.

export interface Binding {
  readonly oid: string
  /** null: there is nothing there (noSuchObject, noSuchInstance, endOfMibView). */
  readonly cell: Cell | null
}

/** null: a name that is none. */
export function readBindings(
  datagram: Buffer,
  { from, to }: Pick<Envelope, 'from' | 'to'>,
): Binding[] | null {
  const bindings: Binding[] = []
  for (let at = from; at < to; ) {
    const binding = readField(datagram, at)
    const name = binding && readField(datagram, binding.from)
    const value = name && readField(datagram, name.to)
    if (!value) return null
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

/** A value of no known type, or of a length that it cannot have, is there and says nothing: 'other'. */
export function readCell(datagram: Buffer, { tag, from, to }: Field): Cell | null {
  const length = to - from
  if (nothing.has(tag)) return null
  if (tag === octetString) return { kind: 'octets', octets: datagram.subarray(from, to) }
  if (tag === objectIdentifier) {
    const oid = readOid(datagram, { tag, from, to })
    return oid === null ? { kind: 'other' } : { kind: 'oid', oid }
  }
  if (tag === counter64 && length >= 1 && length <= 9) {
    const digits = datagram.toString('hex', from, to)
    return { kind: 'number', number: Number(BigInt(`0x${digits}`)) }
  }
  if (length < 1 || length > 5) return { kind: 'other' }
  const number = datagram.readIntBE(from, length)
  if (tag === integer) return { kind: 'number', number }
  if (!unsigned.has(tag)) return { kind: 'other' }
  // Some agents leave out the leading zero of a number over 2^31.
  return { kind: 'number', number: number < 0 ? number + 2 ** (8 * length) : number }
}

/** 2b 06 01 02 -> `1.3.6.1.2`. null: cut in the middle of an arc, or one of over 32 bits. */
function readOid(datagram: Buffer, { from, to }: Field): string | null {
  if (from >= to) return null
  let oid = ''
  let arc = 0
  for (let at = from; at < to; at += 1) {
    const octet = datagram[at] ?? 0
    arc = arc * 128 + (octet & 0x7f)
    if (arc > 0xffff_ffff + 80) return null
    if (octet >= 0x80) {
      if (at === to - 1) return null
      continue
    }
    if (oid === '') {
      const first = Math.min(2, Math.floor(arc / 40))
      oid = `${first}.${arc - first * 40}`
    } else oid += `.${arc}`
    arc = 0
  }
  return oid
}
