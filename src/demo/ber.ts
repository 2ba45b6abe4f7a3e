// As much BER as an SNMP agent needs (X.690; RFC 1157, RFC 3416), apart from the product's own library,
// so that a fault of one is not hidden by the same fault of the other.

export interface Request {
  readonly version: 0 | 1
  readonly community: string
  readonly pduType: number
  readonly requestId: number
  /** error-status, or the non-repeaters of a GETBULK; error-index, or its max-repetitions. */
  readonly first: number
  readonly second: number
  readonly oids: readonly string[]
}

export interface Answered {
  readonly requestId: number
  readonly errorStatus?: number
  readonly errorIndex?: number
  /** Encoded bindings. */
  readonly bindings: readonly Buffer[]
}

export const pdu = { get: 0xa0, getNext: 0xa1, response: 0xa2, getBulk: 0xa5 } as const
export const endOfMibView = Buffer.from([0x82, 0])
export const noSuchObject = Buffer.from([0x80, 0])
export const nothing = Buffer.from([0x05, 0])

export function readRequest(datagram: Buffer): Request {
  const [message] = readFields(datagram)
  const [version, community, body] = readFields(message?.content)
  const [requestId, first, second, bindings] = readFields(body?.content)
  return {
    version: readInteger(version?.content) === 0 ? 0 : 1,
    community: community?.content.toString('latin1') ?? '',
    pduType: body?.tag ?? 0,
    requestId: readInteger(requestId?.content),
    first: readInteger(first?.content),
    second: readInteger(second?.content),
    oids: readFields(bindings?.content).map(({ content }) =>
      readOid(readFields(content)[0]?.content),
    ),
  }
}

export function writeAnswer(request: Request, answered: Answered): Buffer {
  return field(
    0x30,
    integer(request.version),
    field(0x04, Buffer.from(request.community, 'latin1')),
    field(
      pdu.response,
      integer(answered.requestId),
      integer(answered.errorStatus ?? 0),
      integer(answered.errorIndex ?? 0),
      field(0x30, ...answered.bindings),
    ),
  )
}

export const binding = (oid: string, value: Buffer): Buffer => field(0x30, writeOid(oid), value)

/** A value as `.snmprec` writes it: type and text. null: damaged, or a type that no agent has. */
export function writeValue(type: string, text: string): Buffer | null {
  const hex = type.endsWith('x')
  const octets = Buffer.from(text, hex ? 'hex' : 'latin1')
  switch (hex ? type.slice(0, -1) : type) {
    case '2':
    case '65':
    case '66':
    case '67':
    case '70':
      return /^-?\d+$/.test(text) ? integer(BigInt(text), Number(type)) : null
    case '4':
      return field(0x04, octets)
    case '5':
      return nothing
    case '6':
      return /^\.?\d+(\.\d+)+$/.test(text) ? writeOid(text.replace(/^\./, '')) : null
    case '64':
      return field(0x40, hex ? octets : Buffer.from(text.split('.').map(Number)))
    case '68':
      return field(0x44, octets)
    default:
      return null
  }
}

export function field(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content)
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body])
  return Buffer.concat([Buffer.from([tag, 0x82, body.length >> 8, body.length & 0xff]), body])
}

export function integer(number: number | bigint, tag = 0x02): Buffer {
  let rest = BigInt(number)
  const octets: number[] = []
  do {
    octets.unshift(Number(rest & 0xffn))
    rest >>= 8n
  } while (!(rest === 0n && (octets[0] ?? 0) < 0x80) && !(rest === -1n && (octets[0] ?? 0) >= 0x80))
  return field(tag, Buffer.from(octets))
}

function writeOid(oid: string): Buffer {
  const [first = 0, second = 0, ...rest] = oid.split('.').map(Number)
  const octets = [first * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc % 128]
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) {
      groups.unshift((left % 128) | 0x80)
    }
    return groups
  })
  return field(0x06, Buffer.from(octets))
}

function readOid(content: Buffer | undefined): string {
  const arcs: number[] = []
  let arc = 0
  for (const octet of content ?? []) {
    arc = arc * 128 + (octet & 0x7f)
    if (octet >= 0x80) continue
    if (arcs.length === 0) arcs.push(Math.floor(arc / 40), arc % 40)
    else arcs.push(arc)
    arc = 0
  }
  return arcs.join('.')
}

const readInteger = (content: Buffer | undefined): number =>
  content === undefined || content.length === 0 ? 0 : content.readIntBE(0, content.length)

function readFields(content: Buffer | undefined): { tag: number; content: Buffer }[] {
  const fields: { tag: number; content: Buffer }[] = []
  for (let at = 0; content !== undefined && at < content.length; ) {
    const first = content[at + 1] ?? 0
    const octets = first < 0x80 ? 0 : first & 0x7f
    const length = octets === 0 ? first : content.readUIntBE(at + 2, octets)
    const from = at + 2 + octets
    fields.push({ tag: content[at] ?? 0, content: content.subarray(from, from + length) })
    at = from + length
  }
  return fields
}
