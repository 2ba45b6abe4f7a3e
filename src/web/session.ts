import type { Clock } from '../core/clock.ts'
import { findPersonByToken } from '../core/people/people.ts'
import type { Person } from '../core/people/person.ts'
import { Refusal } from '../core/refusal.ts'
import type { Store } from '../core/store.ts'
import { createPasswordCheck } from './passwords.ts'

// Who asks: one file decides, whichever way they come.

export interface Credentials {
  /** The Authorization header, as it came. */
  readonly authorization: string | undefined
  /** Of the connection. */
  readonly address: string
}

export interface SignIn {
  /** Refuses `unauthenticated`, and `too-many` after ten wrong passwords. */
  whoAsks(credentials: Credentials): Promise<Person>
}

export function createSignIn(parts: { store: Store; clock: Clock }): SignIn {
  const checkPassword = createPasswordCheck(parts)

  return {
    async whoAsks({ authorization, address }) {
      const [scheme = '', sent = ''] = authorization?.trim().split(/ +/, 2) ?? []
      switch (scheme.toLowerCase()) {
        case 'bearer':
          return byToken(parts.store, sent)
        case 'basic': {
          const typed = typedIn(sent)
          const person = typed && (await checkPassword({ ...typed, address }))
          if (!person) throw signedOut('The name or the password is wrong.')
          return person
        }
        default:
          throw signedOut('Sign in with a name and a password, or send a token.')
      }
    },
  }
}

/** Wrong tokens are not counted: a token is 200 random bits, and nobody comes upon one by trying. */
function byToken(store: Store, token: string): Person {
  const person = findPersonByToken(store.state, token)
  if (!person || person.disabledAt)
    throw signedOut('The token is not known here; a new password ends the tokens before it.')
  return person
}

/** RFC 7617: base64 of name, colon, password, in UTF-8 as our challenge asks. */
function typedIn(sent: string): { name: string; password: string } | null {
  const text = Buffer.from(sent, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 0 ? null : { name: text.slice(0, colon), password: text.slice(colon + 1) }
}

const signedOut = (sentence: string) => new Refusal('unauthenticated', sentence)
