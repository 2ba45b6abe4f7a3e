import type { IncomingHttpHeaders } from 'node:http'
import type { Clock } from '../core/clock.ts'
import { findByToken } from '../core/people/find.ts'
import type { Person } from '../core/people/person.ts'
import { lesserOf } from '../core/people/rights.ts'
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
  | { readonly by: 'password'; readonly person: Person }
  /** `person`: with no more rights than the token has. */
  | { readonly by: 'token'; readonly person: Person; readonly token: string }

export interface SignIn {
  /** Refuses `unauthenticated`, and `too-many` after ten wrong passwords. */
  whoAsks(credentials: Credentials): Promise<Asker>
  /** The same person as the account is at this moment; null: what was shown opens nothing any more. */
  asNow(asker: Asker): Person | null
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
          return { by: 'token', ...byToken(parts, sent) }
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
    asNow(asker) {
      const now = parts.store.state.people[asker.person.id]
      if (!now || now.disabledAt) return null
      if (asker.by === 'session') return sessions.isOn(asker.session) ? now : null
      if (asker.by === 'token') return asToken(now, asker.token, parts.clock)
      // Who came with a password shows it again: any change of the account may be its end.
      return now === asker.person ? now : null
    },
  }
}

/** `web/board.js` says so where it looks for news and nobody has touched anything. */
function isByItself(headers: IncomingHttpHeaders): boolean {
  return headers.accept === 'text/event-stream' || headers['x-by-itself'] !== undefined
}

/** Wrong tokens are not counted: a token is 200 random bits, and nobody comes upon one by trying. */
function byToken({ store, clock }: { store: Store; clock: Clock }, sent: string) {
  const found = findByToken(store.state, sent)
  const person = found && !found.person.disabledAt && asToken(found.person, found.token.id, clock)
  if (!person)
    throw signedOut(
      'The token is not known here, or it has run out; a new password ends the tokens before it.',
    )
  return { person, token: found.token.id }
}

/** The person, able to do no more than the token says; null where that has ended. */
function asToken(person: Person, id: string, clock: Clock): Person | null {
  const token = person.tokens.find((each) => each.id === id)
  if (!token) return null
  // A clock that is not set ends nothing, as with sessions.
  if (token.expiresAt && clock.trusted() && clock.now().toISOString() >= token.expiresAt)
    return null
  return token.rights ? { ...person, rights: lesserOf(person.rights, token.rights) } : person
}

/** RFC 7617: base64 of name, colon, password, in UTF-8 as our challenge asks. */
function typedIn(sent: string): { name: string; password: string } | null {
  const text = Buffer.from(sent, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 0 ? null : { name: text.slice(0, colon), password: text.slice(colon + 1) }
}

const signedOut = (sentence: string) => new Refusal('unauthenticated', sentence)
