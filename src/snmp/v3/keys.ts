import { createHash } from 'node:crypto'
import type { SnmpUser } from './users.ts'

// Passphrases made into the keys for one device. net-snmp hashes a megabyte for each device, where one for
// each passphrase is enough, and keeps every key that it ever made.

type AuthProtocol = NonNullable<SnmpUser['auth']>['protocol']

/** The hash of each, and how many octets of it sign a message (RFC 3414, 6 and 7; RFC 7860, 4). */
export const signing: Readonly<Record<AuthProtocol, { hash: string; octets: number }>> = {
  md5: { hash: 'md5', octets: 12 },
  sha: { hash: 'sha1', octets: 12 },
  sha224: { hash: 'sha224', octets: 16 },
  sha256: { hash: 'sha256', octets: 24 },
  sha384: { hash: 'sha384', octets: 32 },
  sha512: { hash: 'sha512', octets: 48 },
}

/** As many as a large campus needs, with both keys of each printer; the oldest are let go. */
const mostKeys = 8192
const mostDigests = 256
/** By hash and passphrase. */
const digests = new Map<string, Buffer>()
/** By hash, passphrase and engine. */
const keys = new Map<string, Buffer>()

/** RFC 3414, A.2. Octets in place of a passphrase: Reeder's AES-256 goes on from the key before. */
export function keyOf(hash: string, passphrase: string | Buffer, engineId: Buffer): Buffer {
  const phrase = `${hash} ${Buffer.from(passphrase).toString('hex')}`
  return kept(keys, mostKeys, `${phrase} ${engineId.toString('hex')}`, () => {
    const digest = () => digestOf(hash, passphrase)
    const first =
      typeof passphrase === 'string' ? kept(digests, mostDigests, phrase, digest) : digest()
    return createHash(hash).update(first).update(engineId).update(first).digest()
  })
}

const aes256Octets = 32

/**
 * The key for AES-256, which is longer than most hashes are: Blumenthal (draft-blumenthal-aes-usm) hashes
 * the key once more, Reeder (draft-reeder-snmpv3-usm-3desede) takes it for a passphrase.
 */
export function aes256KeyOf(
  way: 'aes256b' | 'aes256r',
  hash: string,
  passphrase: string,
  engineId: Buffer,
): Buffer {
  const key = keyOf(hash, passphrase, engineId)
  if (key.length >= aes256Octets) return key.subarray(0, aes256Octets)
  const more =
    way === 'aes256b' ? createHash(hash).update(key).digest() : keyOf(hash, key, engineId)
  return Buffer.concat([key, more]).subarray(0, aes256Octets)
}

/** RFC 3414, A.2: the passphrase over and over, 1,048,576 octets of it. */
function digestOf(hash: string, passphrase: string | Buffer): Buffer {
  return createHash(hash)
    .update(Buffer.alloc(1024 * 1024, passphrase))
    .digest()
}

function kept(known: Map<string, Buffer>, most: number, name: string, make: () => Buffer): Buffer {
  const found = known.get(name)
  if (found) return found
  const made = make()
  if (known.size >= most)
    for (const oldest of [...known.keys()].slice(0, most / 4)) known.delete(oldest)
  known.set(name, made)
  return made
}
