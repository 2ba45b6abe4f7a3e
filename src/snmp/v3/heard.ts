import { type Binding, readBindings } from '../bindings.ts'
import { getResponse, readEnvelope } from '../envelope.ts'
import { type Engine, readMessage, readMessageId, type V3Message } from './message.ts'
import { openMessage } from './seal.ts'
import type { SnmpUser } from './users.ts'

// What a datagram says to a request of SNMP 3: the answer, or a report of why there is none.

export type Heard =
  | {
      readonly kind: 'answer'
      readonly engine: Engine
      readonly errorStatus: number
      readonly errorIndex: number
      readonly bindings: readonly Binding[]
      readonly octets: number
    }
  | { readonly kind: 'report'; readonly report: Report; readonly engine: Engine }
  /** Meant as one of them, but damaged, or not by the user's key. */
  | { readonly kind: 'garbled' }

export type Report = 'level' | 'clock' | 'user' | 'engine' | 'passphrase' | 'privacy' | 'context'

/** RFC 3414, 5, usmStats; RFC 3413, 4.1.2, snmpUnavailableContexts and snmpUnknownContexts. */
const reports: ReadonlyMap<string, Report> = new Map([
  ['1.3.6.1.6.3.15.1.1.1.0', 'level'],
  ['1.3.6.1.6.3.15.1.1.2.0', 'clock'],
  ['1.3.6.1.6.3.15.1.1.3.0', 'user'],
  ['1.3.6.1.6.3.15.1.1.4.0', 'engine'],
  ['1.3.6.1.6.3.15.1.1.5.0', 'passphrase'],
  ['1.3.6.1.6.3.15.1.1.6.0', 'privacy'],
  ['1.3.6.1.6.3.12.1.4.0', 'context'],
  ['1.3.6.1.6.3.12.1.5.0', 'context'],
])

const reportPdu = 0xa8
const garbled: Heard = { kind: 'garbled' }

/** null: no answer to what was asked; that may still come. */
export function readHeard(datagram: Buffer, asked: V3Message, user: SnmpUser): Heard | null {
  if (readMessageId(datagram) !== asked.messageId) return null
  const message = readMessage(datagram)
  if (message === null) return garbled
  const scoped = openMessage(message, user)
  if (scoped === null) return garbled
  // A scoped PDU is laid out as a message of SNMP 2c is: two fields, and then the PDU (RFC 3412, 6).
  const envelope = readEnvelope(scoped)
  if (!envelope?.whole) return garbled
  const bindings = readBindings(scoped, envelope)
  if (bindings === null) return garbled
  const { engine } = message
  if (envelope.pduType === reportPdu) {
    // Not signed as the user does: who does not know the user cannot.
    const report = reports.get(bindings[0]?.oid ?? '')
    return report === undefined || engine.id.length === 0
      ? garbled
      : { kind: 'report', report, engine }
  }
  // RFC 3412, 7.2: from whom it was asked, and no less signed and encrypted than the request.
  const fits =
    envelope.pduType === getResponse &&
    message.isSigned === (user.auth !== null) &&
    message.isEncrypted === (user.priv !== null) &&
    message.userName === user.name &&
    engine.id.equals(asked.engine.id)
  if (!fits) return null
  const { errorStatus, errorIndex } = envelope
  return { kind: 'answer', engine, errorStatus, errorIndex, bindings, octets: datagram.length }
}
