import { createHash, timingSafeEqual } from 'node:crypto'
import { randomCode } from '../ids.ts'

/** What whoever stands before the console reads, to make the first account; kept nowhere. */
export interface FirstCode {
  /** As it is shown: 'ABCD-EFGH'. */
  readonly code: string
  /** Whether this is what was read: case, blanks and the dash do not matter. */
  isRight(typed: string): boolean
}

export function createFirstCode(): FirstCode {
  const code = `${randomCode(4)}-${randomCode(4)}`
  const expected = hashOf(code)
  return { code, isRight: (typed) => timingSafeEqual(hashOf(typed), expected) }
}

/** Hashed, for what is compared in constant time has to be of one length. */
const hashOf = (typed: string) => createHash('sha256').update(plain(typed)).digest()

/** Crockford's base 32 is read with O for 0, and with I and L for 1. */
const plain = (typed: string) =>
  typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
