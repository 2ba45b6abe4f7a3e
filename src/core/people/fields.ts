import { z } from 'zod'
import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import { findPerson } from './find.ts'

// What may stand in an account.

/**
 * A name that is fit and free, as it is kept. RFC 7617: one that is sent with a password cannot hold a
 * colon or control characters. Refuses `invalid`, and `conflict` a name of somebody else.
 */
export function freeName(state: State, typed: string, ownId: string | null): string {
  const name = typed.normalize('NFC')
  const fits = name.length >= 1 && name.length <= 64
  if (!fits || name !== name.trim() || /[:\p{C}]/u.test(name))
    throw new Refusal(
      'invalid',
      'A name has 1 to 64 characters, no colon, and no blanks at its ends.',
      { field: 'name' },
    )
  const holder = findPerson(state, name)
  if (holder && holder.id !== ownId)
    throw new Refusal(
      'conflict',
      `There is ${holder.disabledAt ? 'a disabled account' : 'an account'} named ${holder.name} already; take another name.`,
      { field: 'name' },
    )
  return name
}

/** Refuses `invalid` what is no address, and an account that needs one and has none. */
export function refuseUnfitEmail({ email, summary, openId, identity }: Needing): void {
  if (email !== null && !z.email().safeParse(email).success)
    throw wrong(`"${email}" is no e-mail address.`)
  if (email !== null) return
  if (summary)
    throw wrong('The daily summary goes by e-mail: give an address, or leave the summary off.')
  if (openId && !identity)
    throw wrong('The first sign-in with OpenID goes by the e-mail address: give one.')
}

interface Needing {
  readonly email: string | null
  readonly summary: boolean
  readonly openId: boolean
  readonly identity: object | null
}

const wrong = (sentence: string) => new Refusal('invalid', sentence, { field: 'email' })
