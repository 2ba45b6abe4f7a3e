import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { aes256KeyOf, keyOf, signing } from './keys.ts'
import type { V3Message } from './message.ts'
import type { SnmpUser } from './users.ts'

// Signatures looked at and messages decrypted (RFC 3414, 3.2, steps 6 and 8; RFC 3826). The signature
// first: what is not signed by the user's key is not worth a look.

/** The scoped PDU; null: not signed by the user, or not encrypted by it. */
export function openMessage(message: V3Message, user: SnmpUser): Buffer | null {
  if (message.isSigned && !isAuthentic(message, user)) return null
  if (!message.isEncrypted) return message.inside
  if (!message.isSigned) return null
  try {
    return decrypt(message, user)
  } catch {
    // Of a length that its cipher cannot have made: that printer's loss alone.
    return null
  }
}

/** RFC 3414, 8.1.1: `key` is that of the user's passphrase; the last block is filled up with zeros. */
export function encryptDes(key: Buffer, plain: Buffer): { encrypted: Buffer; salt: Buffer } {
  const salt = randomBytes(desOctets)
  const cipher = createCipheriv(thrice, desKey(key), desVector(key, salt)).setAutoPadding(false)
  const filled = Buffer.alloc(Math.ceil(plain.length / desOctets) * desOctets)
  plain.copy(filled)
  return { encrypted: Buffer.concat([cipher.update(filled), cipher.final()]), salt }
}

function isAuthentic({ datagram, engine, signature }: V3Message, { auth }: SnmpUser): boolean {
  if (auth === null) return false
  const { hash, octets } = signing[auth.protocol]
  if (signature.length !== octets) return false
  // RFC 3414, 6.3.2: made over the whole message, with zeros where it stands.
  const at = signature.byteOffset - datagram.byteOffset
  const made = createHmac(hash, keyOf(hash, auth.key, engine.id))
    .update(datagram.subarray(0, at))
    .update(Buffer.alloc(octets))
    .update(datagram.subarray(at + octets))
    .digest()
  return timingSafeEqual(made.subarray(0, octets), signature)
}

function decrypt({ engine, salt, inside }: V3Message, { auth, priv }: SnmpUser): Buffer | null {
  if (auth === null || priv === null) return null
  const { hash } = signing[auth.protocol]
  const key = keyOf(hash, priv.key, engine.id)
  if (priv.protocol === 'des') {
    const cipher = createDecipheriv(thrice, desKey(key), desVector(key, salt))
    return Buffer.concat([cipher.setAutoPadding(false).update(inside), cipher.final()])
  }
  // RFC 3826, 3.1.2.1.
  const started = Buffer.alloc(8)
  started.writeUInt32BE(engine.boots)
  started.writeUInt32BE(engine.timeSeconds, 4)
  const vector = Buffer.concat([started, salt])
  const cipher =
    priv.protocol === 'aes'
      ? createDecipheriv('aes-128-cfb', key.subarray(0, 16), vector)
      : createDecipheriv(
          'aes-256-cfb',
          aes256KeyOf(priv.protocol, hash, priv.key, engine.id),
          vector,
        )
  return Buffer.concat([cipher.update(inside), cipher.final()])
}

const desOctets = 8
/** Encrypt, decrypt, encrypt with one key is plain DES, which OpenSSL 3 has put away; 3DES is there. */
const thrice = 'des-ede3-cbc'

function desKey(key: Buffer): Buffer {
  const single = key.subarray(0, desOctets)
  return Buffer.concat([single, single, single])
}

function desVector(key: Buffer, salt: Buffer): Buffer {
  const half = key.subarray(desOctets, 2 * desOctets)
  return Buffer.from(half.map((octet, at) => octet ^ (salt[at] ?? 0)))
}
