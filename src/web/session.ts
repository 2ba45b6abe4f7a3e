import type { IncomingHttpHeaders } from 'node:http'
import type { Clock } from '../core/clock.ts'
import { findPersonByToken } from '../core/people/people.ts'
import type { Person } from '../core/people/person.ts'
import { Refusal } from '../core/refusal.ts'
import type { Store } from '../core/store.ts'
import { readCookie } from './cookie.ts'
import { type CheckPassword, createPasswordCheck } from './passwords.ts'
import { createSessions, type Sessions, type SignedIn } from './sessions.ts'

// Who asks: one file decides, whichever way they come.

export interface Credentials {
  /** The headers, as they came. */
  readonly headers: IncomingHttpHeaders
  /** Of the connection. */
  readonly address: string
}

/** `by`: a browser sends its cookie and a password that it knows without being asked to; a token never. */
export type Asker =
  | ({ readonly by: 'session' } & SignedIn)
  | { readonly by: 'password' | 'token'; readonly person: Person }

export interface SignIn {
  /** Refuses `unauthenticated`, and `too-many` after ten wrong passwords. */
  whoAsks(credentials: Credentials): Promise<Asker>
  /** The same tries for the form and for each request. */
  readonly checkPassword: CheckPassword
  readonly sessions: Sessions
}

export function createSignIn(parts: {
  store: Store
  clock: Clock
  publicUrl: string | null
}): SignIn {
  const checkPassword = createPasswordCheck(parts)
  const sessions = createSessions(parts)

  return {
    checkPassword,
    sessions,
    async whoAsks({ headers, address }) {
      const cookie = readCookie(headers.cookie, parts.publicUrl)
      const signedIn = cookie && sessions.find(cookie, isByItself(headers) ? 'itself' : 'hand')
      if (signedIn) return { by: 'session', ...signedIn }
      const [scheme = '', sent = ''] = headers.authorization?.trim().split(/ +/, 2) ?? []
      switch (scheme.toLowerCase()) {
        case 'bearer':
          return { by: 'token', person: byToken(parts.store, sent) }
        case 'basic': {
          const typed = typedIn(sent)
          const person = typed && (await checkPassword({ ...typed, address }))
          if (!person) throw signedOut('The name or the password is wrong.')
          return { by: 'password', person }
        }
        default:
          throw signedOut('Sign in with a name and a password, or send a token.')
      }
    },
  }
}

/** `web/board.js` says so where it looks for news and nobody has touched anything. */
function isByItself(headers: IncomingHttpHeaders): boolean {
  return headers.accept === 'text/event-stream' || headers['x-by-itself'] !== undefined
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
