import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { Refusal } from '../refusal.ts'
import type { Password } from './person.ts'

// Passwords are kept as scrypt of node:crypto, each with the parameters it was made with: raising
// them here leaves the old ones readable.

export type PasswordCost = Pick<Password, 'cost' | 'blockSize' | 'parallel'>

/**
 * OWASP's line for 32 MiB (N=2^15, r=8, p=3). Of its equal lines this is the largest that a 1 GB Pi
 * carries twice at once beside everything else; 2^17 would want 128 MiB a sign-in.
 */
export const passwordCost: PasswordCost = { cost: 2 ** 15, blockSize: 8, parallel: 3 }

/** NIST SP 800-63B: 8 at least, and long sentences welcome; the end only bounds the work. */
export const shortestPassword = 8
const longestPasswordBytes = 1024
const hashBytes = 32

/** Hashes what a person chose. Refuses `invalid` a weak one, with what to do instead. */
export async function hashPassword(
  chosen: { readonly name: string; readonly typed: string },
  cost: PasswordCost = passwordCost,
): Promise<Password> {
  refuseWeak(chosen.name, chosen.typed)
  const salt = randomBytes(16)
  const hash = await derive(chosen.typed, salt, cost)
  const { cost: N, blockSize, parallel } = cost
  return {
    scheme: 'scrypt',
    cost: N,
    blockSize,
    parallel,
    salt: salt.toString('base64'),
    hash: hash.toString('base64'),
  }
}

/**
 * Whether `typed` is the password that is kept. With none kept (an unknown name) it works as long
 * and says no, so that the time taken does not tell who has an account.
 */
export async function isPassword(kept: Password | null, typed: string): Promise<boolean> {
  if (Buffer.byteLength(typed) > longestPasswordBytes) return false
  const against = kept ?? nobodys
  const expected = Buffer.from(against.hash, 'base64')
  const actual = await derive(typed, Buffer.from(against.salt, 'base64'), against)
  return timingSafeEqual(actual, expected) && kept !== null
}

const nobodys: Password = {
  scheme: 'scrypt',
  ...passwordCost,
  salt: randomBytes(16).toString('base64'),
  hash: randomBytes(hashBytes).toString('base64'),
}

function refuseWeak(name: string, typed: string): void {
  const letters = [...normal(typed)]
  if (letters.length < shortestPassword)
    throw weak(`The password is too short; take ${shortestPassword} characters or more.`)
  if (Buffer.byteLength(typed) > longestPasswordBytes)
    throw weak('The password is too long; take a few hundred characters at most.')
  if (new Set(letters).size === 1)
    throw weak('The password is one character over and over; take a few words instead.')
  if (normal(typed).toLowerCase() === normal(name).toLowerCase())
    throw weak('The password is the name itself; take a few words instead.')
}

const weak = (sentence: string) => new Refusal('invalid', sentence, { field: 'password' })

/** An é is one letter on one keyboard and two on another; to the person it is the same password. */
const normal = (typed: string) => typed.normalize('NFKC')

function derive(typed: string, salt: Buffer, cost: PasswordCost): Promise<Buffer> {
  const { cost: N, blockSize: r, parallel: p } = cost
  // What OpenSSL reckons that scrypt needs; Node refuses above 32 MiB unless told.
  const options: ScryptOptions = { N, r, p, maxmem: 128 * r * (N + p + 2) }
  return new Promise((resolve, reject) => {
    scrypt(normal(typed), salt, hashBytes, options, (error, hash) =>
      error ? reject(error) : resolve(hash),
    )
  })
}
