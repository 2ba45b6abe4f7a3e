import { randomBytes } from 'node:crypto'

/** Crockford's base 32: no I, L, O, U, so that an id can be read aloud and typed. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** `length` random characters, 5 bits each; upper case makes the smaller QR code. */
export function randomCode(length: number): string {
  return Array.from(randomBytes(length), (byte) => alphabet.charAt(byte & 31)).join('')
}

/** `p-7Z3K…`: 80 random bits, unique over all sites without asking any of them. */
export function newId(prefix: string): string {
  return `${prefix}-${randomCode(16)}`
}
