import { randomInt } from 'node:crypto'
import type { KnownVersion } from '../../core/status/reading.ts'
import { readEnvelope, readField } from '../envelope.ts'
import { numberAnew, writeRequest } from '../request.ts'

// The one small question of a search, written once for all addresses, and how its answer is known.

export interface Question {
  readonly community: string
  readonly version: KnownVersion
}

/** sysDescr, without its instance: every agent has something that follows (RFC 3418). */
const oids = ['1.3.6.1.2.1.1.1']

export function writeQuestion({ version, community }: Question) {
  if (version === '3') return writeHello()
  const request = writeRequest({ version, community, pdu: 'getNext', oids })
  const number = numberAnew(request)
  return {
    datagram: request.datagram,
    isAnswer(datagram: Buffer): boolean {
      const answer = readEnvelope(datagram)
      return answer?.requestId === number && answer.sender.equals(request.sender)
    },
  }
}

/** Who are you? RFC 3414, 4: of an empty engine and user; every agent of SNMP 3 reports its engine. */
function writeHello() {
  const datagram = Buffer.from(
    '303e020103301102040000000002' +
      '0300ffe30401040201030410300e0400020100020100040004000400' +
      '301404000400a00e020400000000020100020100' +
      '3000',
    'hex',
  )
  const number = randomInt(0x0100_0000, 0x7fff_ffff)
  datagram.writeInt32BE(number, 9)
  datagram.writeInt32BE(number, 52)
  return {
    datagram,
    isAnswer(answer: Buffer): boolean {
      const message = readField(answer, 0)
      const version = message && readField(answer, message.from)
      const header = version && readField(answer, version.to)
      const id = header && readField(answer, header.from)
      if (!id || answer[version.from] !== 3 || id.to - id.from !== 4 || id.to > answer.length)
        return false
      return answer.readInt32BE(id.from) === number
    },
  }
}
