import snmp from 'net-snmp'
import type { Place } from '../place.ts'
import { keyOf, signing } from './keys.ts'
import type { Engine } from './message.ts'
import { encryptDes } from './seal.ts'
import type { V3Socket } from './socket.ts'
import type { SnmpUser } from './users.ts'

// Where net-snmp is: it writes, signs, encrypts and repeats requests of SNMP 3. It is
// handed no answer (3.29: it believes an unsigned answer to a signed request, decrypts before it looks at
// the signature, and stays with the clock of a device that was reset): `session` reads them.

export interface SenderSettings {
  readonly user: SnmpUser
  /** RFC 3411, 3.3.1; '' is the default one. */
  readonly context: string
  readonly timeoutMs: number
  /** How often an unanswered request is sent again. */
  readonly retries: number
}

export interface Sender {
  /** Whom the next request is for; null: it only asks who is there. */
  face(engine: Engine | null): void
  getNext(oids: readonly string[]): void
  getBulk(oids: readonly string[], single: number, repetitions: number): void
  /** What is under way is not sent again. */
  withdraw(): void
  close(): void
}

/** `onEnd`: the last try had its time, or no request could be made of it. */
export function openSender(
  socket: V3Socket,
  place: Place,
  settings: SenderSettings & { onEnd(why: 'silent' | 'unmade'): void },
): Sender {
  const session = snmp.createV3Session(place.address, libraryUser(settings.user), {
    context: settings.context,
    timeout: settings.timeoutMs,
    retries: settings.retries,
    dgramModule: { createSocket: () => socket },
  })
  const done = (error: Error | null) =>
    settings.onEnd(error?.name === 'RequestTimedOutError' ? 'silent' : 'unmade')
  return {
    face(engine) {
      const msgSecurityParameters = engine && {
        msgAuthoritativeEngineID: engine.id,
        msgAuthoritativeEngineBoots: engine.boots,
        msgAuthoritativeEngineTime: engine.timeSeconds,
      }
      Object.assign(session, { msgSecurityParameters })
    },
    getNext: (oids) => void session.getNext([...oids], done),
    getBulk: (oids, single, repetitions) =>
      void session.getBulk([...oids], single, repetitions, done),
    withdraw: () => void session.cancelRequests(new Error('withdrawn')),
    close: () => void session.close(),
  }
}

/** As the library wants a user. */
export function libraryUser({ name, auth, priv }: SnmpUser) {
  if (auth === null) return { name, level: snmp.SecurityLevel.noAuthNoPriv }
  const authProtocol = snmp.AuthProtocols[auth.protocol]
  const signed = { name, authProtocol, authKey: auth.key }
  if (priv === null) return { ...signed, level: snmp.SecurityLevel.authNoPriv }
  const privProtocol = snmp.PrivProtocols[priv.protocol]
  return { ...signed, level: snmp.SecurityLevel.authPriv, privProtocol, privKey: priv.key }
}

const hashes = new Map<number, string>(
  Object.entries(signing).map(([name, { hash }]) => [protocolNumber(name), hash]),
)

function protocolNumber(name: string): number {
  return Number(Object.entries(snmp.AuthProtocols).find(([known]) => known === name)?.[1])
}

const keyBy = (protocol: number, passphrase: string | Buffer, engineId: Buffer) =>
  keyOf(hashes.get(protocol) ?? '', passphrase, engineId)

// The library looks both up here each time it signs or encrypts.
Object.assign(snmp.Authentication, { passwordToKey: keyBy })
Object.assign(snmp.Encryption.algorithms[snmp.PrivProtocols.des], {
  encryptPdu(
    plain: Buffer,
    _privacy: number,
    passphrase: string,
    protocol: number,
    { engineID }: { engineID: Buffer },
  ) {
    const { encrypted, salt } = encryptDes(keyBy(protocol, passphrase, engineID), plain)
    return { encryptedPdu: encrypted, msgPrivacyParameters: salt }
  },
})
