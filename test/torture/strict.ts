import type { Cell } from '../../src/snmp/mibs/told.ts'

// An answer read a second time, by the letter of X.690, RFC 3416 and RFC 2578 and with nothing of the
// product's: field in field, numbers as wide as they come. What both do not read alike is wrong in one.

export interface StrictAnswer {
  /** Version and community as octets. */
  readonly sender: Buffer
  readonly requestId: number
  readonly errorStatus: number
  readonly bindings: readonly StrictBinding[]
}

export interface StrictBinding {
  readonly oid: string
  readonly cell: Cell | null
}

/** One for all: a stack for each would take longer than the reading. */
const noAnswer = new Error('no answer')

/** null: no answer that is all there. */
export function readStrictly(datagram: Buffer): StrictAnswer | null {
  try {
    const message = contentOf(fieldAt(datagram, 0), 0x30)
    const version = fieldAt(message, 0)
    const community = fieldAt(message, version.end)
    const pdu = contentOf(fieldAt(message, community.end), 0xa2)
    const requestId = fieldAt(pdu, 0)
    const errorStatus = fieldAt(pdu, requestId.end)
    const errorIndex = fieldAt(pdu, errorStatus.end)
    plainInteger(errorIndex)
    const list = contentOf(fieldAt(pdu, errorIndex.end), 0x30)
    const bindings = [...fieldsIn(list)].map((binding) => bindingIn(contentOf(binding, 0x30)))
    if (bindings.length > mostBindings) return null
    return {
      sender: message.subarray(0, community.end),
      requestId: plainInteger(requestId),
      errorStatus: plainInteger(errorStatus),
      bindings,
    }
  } catch (error) {
    if (error === noAnswer) return null
    throw error
  }
}

/** The limits that are the product's own choice. */
const mostBindings = 512
const longestText = 2048

export interface Field {
  readonly tag: number
  readonly content: Buffer
  readonly end: number
}

export function fieldAt(octets: Buffer, at: number): Field {
  const tag = octets[at]
  const first = octets[at + 1]
  if (tag === undefined || first === undefined) throw noAnswer
  let from = at + 2
  let length = first
  if (first >= 0x80) {
    const long = octets.subarray(from, from + first - 0x80)
    if (long.length === 0 || long.length < first - 0x80) throw noAnswer
    length = Number(`0x${long.toString('hex')}`)
    from += long.length
  }
  const end = from + length
  if (end > octets.length) throw noAnswer
  return { tag, content: octets.subarray(from, end), end }
}

export function* fieldsIn(octets: Buffer): Generator<Field> {
  for (let at = 0; at < octets.length; ) {
    const field = fieldAt(octets, at)
    yield field
    at = field.end
  }
}

function contentOf({ tag, content }: Field, wanted: number): Buffer {
  if (tag !== wanted) throw noAnswer
  return content
}

function plainInteger(field: Field): number {
  const content = contentOf(field, 0x02)
  if (content.length < 1 || content.length > 5) throw noAnswer
  return Number(BigInt.asIntN(8 * content.length, BigInt(`0x${content.toString('hex')}`)))
}

function bindingIn(octets: Buffer): StrictBinding {
  const [name, value, ...more] = fieldsIn(octets)
  if (!name || !value || more.length > 0) throw noAnswer
  const oid = oidOf(contentOf(name, 0x06))
  if (oid === null) throw noAnswer
  return { oid, cell: cellOf(value) }
}

function cellOf({ tag, content }: Field): Cell | null {
  if ([0x05, 0x80, 0x81, 0x82].includes(tag) && content.length > 0) throw noAnswer
  switch (tag) {
    case 0x80:
    case 0x81:
    case 0x82:
      return null
    case 0x04:
      return content.length > longestText ? { kind: 'other' } : { kind: 'octets', octets: content }
    case 0x06: {
      const oid = oidOf(content)
      return oid === null ? { kind: 'other' } : { kind: 'oid', oid }
    }
    case 0x02:
    case 0x41:
    case 0x42:
    case 0x43:
    case 0x46:
      return numberIn(tag, content)
    default:
      return { kind: 'other' }
  }
}

/** An INTEGER may be a Counter32 in disguise; the others have no sign, and 32 bits, or a Counter64's 64. */
function numberIn(tag: number, content: Buffer): Cell {
  const widest = tag === 0x46 ? 9 : 5
  if (content.length === 0 || content.length > widest) return { kind: 'other' }
  const plain = BigInt(`0x${content.toString('hex')}`)
  const number = tag === 0x02 ? BigInt.asIntN(8 * content.length, plain) : plain
  const highest = tag === 0x46 ? BigInt(Number.MAX_SAFE_INTEGER) : 0xffff_ffffn
  const fits = number >= -0x8000_0000n && number <= highest
  return fits ? { kind: 'number', number: Number(number) } : { kind: 'other' }
}

function oidOf(content: Buffer): string | null {
  const arcs: number[] = []
  let arc = 0
  let isOpen = content.length === 0
  for (const octet of content) {
    arc = arc * 0x80 + (octet % 0x80)
    // More than any arc may have: what follows cannot make it less.
    if (arc > 0xffff_ffff + 80 || arcs.length >= 127) return null
    isOpen = octet >= 0x80
    if (isOpen) continue
    arcs.push(arc)
    arc = 0
  }
  const [first, ...rest] = arcs
  if (isOpen || first === undefined || rest.some((arc) => arc > 0xffff_ffff)) return null
  const top = first < 40 ? 0 : first < 80 ? 1 : 2
  return [top, first - top * 40, ...rest].join('.')
}
