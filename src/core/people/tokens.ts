import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import { randomCode } from '../ids.ts'
import { Refusal } from '../refusal.ts'
import { getPerson, hashOf } from './find.ts'
import { notePerson } from './noted.ts'
import type { Person } from './person.ts'
import type { Rights } from './rights.ts'

// What scripts show in place of a password.

export interface NewToken {
  /** Whose. */
  readonly name: string
  /** What it is for. */
  readonly use?: string
  /** null: whatever its owner may. */
  readonly rights?: Rights | null
  /** Days from now; null: until it is ended. */
  readonly days?: number | null
}

/** Beyond these nobody knows any more which is which. */
const mostTokens = 50
const dayMs = 86_400_000

/**
 * The token, to be shown this once: only its hash is kept. Refuses `missing`, `invalid` words and no right at all, and
 * `conflict` for who is disabled, has too many, or wants an end while nobody knows what day it is.
 */
export function addToken(tx: Change, words: NewToken, act: Act): string {
  const person = getPerson(tx.state, words.name)
  const { use = '', rights = null, days = null } = words
  if (person.disabledAt)
    throw new Refusal('conflict', `${person.name} is disabled; enable the account first.`)
  if (use.length > 64 || use !== use.trim() || /\p{C}/u.test(use))
    throw new Refusal(
      'invalid',
      'Say what the token is for in 64 characters at most, in one line.',
      {
        field: 'use',
      },
    )
  if (rights !== null && Object.values(rights).every((degree) => degree === 'none'))
    throw new Refusal('invalid', 'Choose what the token may: like this it may nothing.', {
      field: 'rights',
    })
  if (days !== null && !(Number.isInteger(days) && days >= 1 && days <= 3650))
    throw new Refusal('invalid', 'A token lasts 1 to 3650 days, or until it is ended.', {
      field: 'days',
    })
  if (days !== null && !act.clockTrusted)
    throw new Refusal(
      'conflict',
      'The clock of this machine is not set yet, so no end can be reckoned: wait until it is, or make a token that has none.',
      { field: 'days' },
    )
  if (person.tokens.length >= mostTokens)
    throw new Refusal(
      'conflict',
      `${person.name} has ${mostTokens} tokens, the most there may be; end one that nobody uses.`,
    )
  const token = `platen_${randomCode(40)}`
  const endsMs = days === null ? null : act.now.getTime() + days * dayMs
  const kept = {
    id: act.newId('k'),
    name: use,
    hash: hashOf(token),
    rights,
    createdAt: act.now.toISOString(),
    expiresAt: endsMs === null ? null : new Date(endsMs).toISOString(),
  }
  const after = { ...person, tokens: [...person.tokens, kept] }
  tx.put('people', after)
  notePerson(tx, act, 'token added', { before: person, after, details: { token: use } })
  return token
}

/** Refuses `missing`. */
export function removeToken(
  tx: Change,
  { name, id }: { readonly name: string; readonly id: string },
  act: Act,
): Person {
  const person = getPerson(tx.state, name)
  const token = person.tokens.find((each) => each.id === id)
  if (!token)
    throw new Refusal('missing', 'There is no such token; it may have ended already.', {
      field: 'token',
    })
  const after = { ...person, tokens: person.tokens.filter((each) => each !== token) }
  tx.put('people', after)
  notePerson(tx, act, 'token ended', { before: person, after, details: { token: token.name } })
  return after
}
