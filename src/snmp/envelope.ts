// The outside of an SNMP message (RFC 1157, 4; RFC 3416, 3), read by length alone before anything
// else: who is meant, what the printer says of the request, and whether every octet that the lengths
// promise is there. A cut datagram would else be read as a whole one with empty values.

export interface Envelope {
  /** Version and community as octets: an answer repeats those of its request. */
  readonly sender: Buffer
  readonly pduType: number
  readonly requestId: number
  readonly errorStatus: number
  readonly errorIndex: number
  readonly octets: number
  /** Every binding is all there. */
  readonly whole: boolean
  /** Where the bindings begin and end. */
  readonly from: number
  readonly to: number
}

export const getResponse = 0xa2
const sequence = 0x30
const integer = 0x02
const objectIdentifier = 0x06
/** NULL, noSuchObject, noSuchInstance, endOfMibView: there is nothing in them. */
const empty: ReadonlySet<number> = new Set([0x05, 0x80, 0x81, 0x82])

/** null: no SNMP message at all. */
export function readEnvelope(datagram: Buffer): Envelope | null {
  const message = readField(datagram, 0)
  if (message?.tag !== sequence) return null
  const version = readField(datagram, message.from)
  const community = version && readField(datagram, version.to)
  if (!community) return null
  const pdu = readField(datagram, community.to)
  const requestId = pdu && readField(datagram, pdu.from)
  if (!requestId || !fits(requestId, datagram)) return null
  const errorStatus = readField(datagram, requestId.to)
  const errorIndex = errorStatus && readField(datagram, errorStatus.to)
  const bindings = errorIndex && readField(datagram, errorIndex.to)
  return {
    sender: datagram.subarray(message.from, community.to),
    pduType: pdu.tag,
    requestId: readInteger(datagram, requestId),
    errorStatus: errorStatus ? readInteger(datagram, errorStatus) : 0,
    errorIndex: errorIndex ? readInteger(datagram, errorIndex) : 0,
    octets: datagram.length,
    whole:
      bindings?.tag === sequence &&
      isInteger(requestId, datagram) &&
      isInteger(errorStatus, datagram) &&
      isInteger(errorIndex, datagram) &&
      message.to <= datagram.length &&
      pdu.to <= message.to &&
      bindings.to <= pdu.to &&
      areWhole(datagram, bindings),
    from: bindings?.from ?? 0,
    to: bindings?.to ?? 0,
  }
}

export interface Field {
  readonly tag: number
  /** Where its content begins and ends; `to` may lie past what came. */
  readonly from: number
  readonly to: number
}

export function readField(datagram: Buffer, at: number): Field | null {
  const tag = datagram[at]
  const first = datagram[at + 1]
  if (tag === undefined || first === undefined) return null
  if (first < 0x80) return { tag, from: at + 2, to: at + 2 + first }
  const octets = first & 0x7f
  // 0: of indefinite length, which SNMP forbids (RFC 3417, 8). A datagram has 65,507 octets at most.
  if (octets === 0) return null
  let length = 0
  for (let next = at + 2; next < at + 2 + octets; next += 1) {
    length = length * 256 + (datagram[next] ?? 0)
    if (length > 0xffff) return null
  }
  return { tag, from: at + 2 + octets, to: at + 2 + octets + length }
}

/** Each binding a sequence of one name and one value, and nothing past its end. */
function areWhole(datagram: Buffer, bindings: Field): boolean {
  let at = bindings.from
  while (at < bindings.to) {
    const binding = readField(datagram, at)
    if (binding?.tag !== sequence || binding.to > bindings.to) return false
    const name = readField(datagram, binding.from)
    const value = name && readField(datagram, name.to)
    if (!value || name.tag !== objectIdentifier || value.to !== binding.to) return false
    if (empty.has(value.tag) && value.to !== value.from) return false
    at = binding.to
  }
  return true
}

const fits = (field: Field, datagram: Buffer): boolean =>
  field.to <= datagram.length && field.to > field.from && field.to - field.from <= 5

/** An error-status that cannot be read must not pass for none. */
const isInteger = (field: Field | null, datagram: Buffer): boolean =>
  field?.tag === integer && fits(field, datagram)

function readInteger(datagram: Buffer, field: Field): number {
  return fits(field, datagram) ? datagram.readIntBE(field.from, field.to - field.from) : 0
}
