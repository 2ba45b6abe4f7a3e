import { randomFillSync } from 'node:crypto'

/** Crockford's base 32: no I, L, O, U, so that an id can be read aloud and typed. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Asked of the system in one go: a ticket takes some eighty of them. */
const random = Buffer.alloc(4096)
let taken = random.length

/** `length` random characters, 5 bits each, 64 at most; upper case makes the smaller QR code. */
export function randomCode(length: number): string {
  if (taken + length > random.length) {
    randomFillSync(random)
    taken = 0
  }
  let code = ''
  for (const end = taken + length; taken < end; taken += 1)
    code += alphabet.charAt((random[taken] ?? 0) & 31)
  return code
}

/** `p-7Z3K…`: 80 random bits, unique over all sites without asking any of them. */
export function newId(prefix: string): string {
  return `${prefix}-${randomCode(16)}`
}
