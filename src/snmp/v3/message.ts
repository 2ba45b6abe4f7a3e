import { readField } from '../envelope.ts'

// The outside of a message of SNMP 3 (RFC 3412, 6; RFC 3414, 2.4): who is meant, who spoke, and how far it
// is signed and encrypted.

/** The SNMP of one device: its name, how often it was started, and how long ago the last time. */
export interface Engine {
  readonly id: Buffer
  readonly boots: number
  readonly timeSeconds: number
}

export interface V3Message {
  readonly datagram: Buffer
  readonly messageId: number
  readonly isSigned: boolean
  readonly isEncrypted: boolean
  readonly engine: Engine
  readonly userName: string
  /** The very octets of the datagram. */
  readonly signature: Buffer
  readonly salt: Buffer
  /** The scoped PDU, or what encryption made of it. */
  readonly inside: Buffer
}

const integer = 0x02
const octetString = 0x04
const sequence = 0x30
const version3 = 3
const userSecurityModel = 3
/** RFC 3411, SnmpEngineID: 32; some devices give themselves a longer name. */
const mostEngineIdOctets = 64

/** null: no message of SNMP 3, or not all of it. */
export function readMessage(datagram: Buffer): V3Message | null {
  const outer = open(datagram, [sequence])?.[0]
  const [version, header, security, inside] =
    (outer && open(outer.content, [integer, sequence, octetString, null])) ?? []
  if (!inside || numberIn(version) !== version3) return null
  const [messageId, , flags, model] =
    (header && open(header.content, [integer, integer, octetString, integer])) ?? []
  const parameters = security && open(security.content, [sequence])?.[0]
  const [id, boots, time, name, signature, salt] =
    (parameters && open(parameters.content, usmParameters)) ?? []
  const flag = flags?.content[0]
  const number = numberIn(messageId)
  const engine = { boots: numberIn(boots), timeSeconds: numberIn(time) }
  if (flag === undefined || number === null || numberIn(model) !== userSecurityModel) return null
  if (engine.boots === null || engine.timeSeconds === null) return null
  if (!id || !name || !signature || !salt || id.content.length > mostEngineIdOctets) return null
  const isEncrypted = (flag & 2) !== 0
  if ((inside.tag === octetString) !== isEncrypted) return null
  return {
    datagram,
    messageId: number,
    isSigned: (flag & 1) !== 0,
    isEncrypted,
    engine: { id: id.content, boots: engine.boots, timeSeconds: engine.timeSeconds },
    userName: name.content.toString(),
    signature: signature.content,
    salt: salt.content,
    inside: isEncrypted ? inside.content : inside.whole,
  }
}

/** Of a message that is cut, too; null: none of SNMP 3. */
export function readMessageId(datagram: Buffer): number | null {
  const outer = readField(datagram, 0)
  if (outer?.tag !== sequence) return null
  const [version, header] = open(datagram.subarray(outer.from), [integer, sequence]) ?? []
  const [messageId] = (header && open(header.content, [integer])) ?? []
  return numberIn(version) === version3 ? numberIn(messageId) : null
}

const usmParameters = [octetString, integer, integer, octetString, octetString, octetString]

interface Opened {
  readonly tag: number
  readonly content: Buffer
  /** With its tag and length. */
  readonly whole: Buffer
}

/** One after the other, each with the tag it must have (null: any); null: not so, or not all there. */
function open(octets: Buffer, tags: readonly (number | null)[]): Opened[] | null {
  const opened: Opened[] = []
  let at = 0
  for (const tag of tags) {
    const field = readField(octets, at)
    if (field === null || field.to > octets.length || (tag !== null && field.tag !== tag))
      return null
    const { from, to } = field
    opened.push({
      tag: field.tag,
      content: octets.subarray(from, to),
      whole: octets.subarray(at, to),
    })
    at = to
  }
  return opened
}

/** The numbers of SNMP 3 have 31 bits, and none is negative; null: it is none of them. */
function numberIn(field: Opened | undefined): number | null {
  const length = field?.content.length ?? 0
  if (field === undefined || length < 1 || length > 4) return null
  const number = field.content.readIntBE(0, length)
  return number < 0 ? null : number
}
