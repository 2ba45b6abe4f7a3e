import { readEnvelope, readField } from '../envelope.ts'

// What a datagram on the port of traps is, as far as that must be known: whether it wants an answer. Of
// its words nothing is read.

export type Notice =
  | { readonly kind: 'trap' }
  /** `answer`: what acknowledges it. */
  | { readonly kind: 'inform'; readonly answer: Buffer }
  /** What it is may be encrypted. `engineId`: whose clock and keys it goes by (RFC 3414, 3.1). */
  | { readonly kind: 'sealed'; readonly engineId: Buffer }

const tag = { integer: 0x02, octets: 0x04, sequence: 0x30 } as const
const pdu = { trap: 0xa4, inform: 0xa6, trap2: 0xa7, response: 0xa2 } as const

/** null: neither trap nor inform. `30 .. 02 01 00 04 .. a4` -> a trap of SNMP 1. */
export function readNotice(datagram: Buffer): Notice | null {
  const message = readField(datagram, 0)
  if (message?.tag !== tag.sequence || message.to !== datagram.length) return null
  const version = readField(datagram, message.from)
  if (version?.tag !== tag.integer || version.to !== version.from + 1) return null
  if (datagram[version.from] === 3) return readSealed(datagram, version.to)
  const community = readField(datagram, version.to)
  if (community?.tag !== tag.octets) return null
  const kind = datagram[community.to]
  if (kind === pdu.trap || kind === pdu.trap2) return { kind: 'trap' }
  if (kind !== pdu.inform || !readEnvelope(datagram)?.whole) return null
  // RFC 3416, 4.2.7: the same request-id and bindings, no error; so but the kind of PDU all stays.
  const answer = Buffer.from(datagram)
  answer[community.to] = pdu.response
  return { kind: 'inform', answer }
}

/** RFC 3412, 6: version, header, and in an octet string the parameters, which begin with the engine. */
function readSealed(datagram: Buffer, at: number): Notice | null {
  const header = readField(datagram, at)
  const parameters = header && readField(datagram, header.to)
  if (header?.tag !== tag.sequence || parameters?.tag !== tag.octets) return null
  const inside = readField(datagram, parameters.from)
  const engine = inside && readField(datagram, inside.from)
  if (engine?.tag !== tag.octets || engine.to > datagram.length) return null
  return { kind: 'sealed', engineId: datagram.subarray(engine.from, engine.to) }
}
