import { maySeeGroup } from '../core/people/access.ts'
import { groupsOf } from '../core/people/find.ts'
import type { Person, Token } from '../core/people/person.ts'
import { type Reach, type Rights, type RoleName, roleNameOf } from '../core/people/rights.ts'
import type { Session } from '../core/people/session.ts'
import { sessionHandle, sessionsOf } from '../core/people/sessions.ts'
import type { State } from '../core/state.ts'
import type { Store } from '../core/store.ts'
import type { SignIn } from './session.ts'

// What pages and scripts are told of an account. Of no password, and of no token and no cookie but that
// there is one.

export interface PersonFacts {
  readonly id: string
  readonly name: string
  readonly email: string | null
  /** null: rights that have no name. */
  readonly role: RoleName | null
  readonly reach: Reach
  readonly rights: Rights
  /** Those in sight of who asks. */
  readonly groups: readonly { readonly id: string; readonly name: string }[]
  readonly signsInBy: readonly ('password' | 'openid')[]
  readonly summary: boolean
  /** Browsers that are signed in. */
  readonly browsers: number
  readonly tokens: number
  /** At a browser, to the hour; null: signed in at none. */
  readonly lastSeenAt: string | null
  readonly createdAt: string
  readonly disabledAt: string | null
}

export interface BrowserFacts
  extends Pick<Session, 'by' | 'browser' | 'startedAt' | 'seenAt' | 'clockTrusted'> {
  /** What it is ended by. */
  readonly id: string
  /** The one that asks. */
  readonly isThis: boolean
}

export interface TokenFacts
  extends Pick<Token, 'id' | 'name' | 'rights' | 'createdAt' | 'expiresAt'> {
  readonly hasEnded: boolean
}

interface Parts {
  readonly store: Store
  readonly signIn: SignIn
}

export function personFacts(parts: Parts, viewer: Person, person: Person): PersonFacts {
  const { id, name, email, reach, rights, summary, tokens, createdAt, disabledAt } = person
  const groups = groupsOf(parts.store.state, person).filter((group) => maySeeGroup(viewer, group))
  const seen = sessionsOnOf(parts, id).map(({ seenAt }) => seenAt)
  return {
    ...{ id, name, email, role: roleNameOf(person), reach, rights },
    groups: groups.map((group) => ({ id: group.id, name: group.name })),
    signsInBy: [
      ...(person.password ? (['password'] as const) : []),
      ...(person.openId ? (['openid'] as const) : []),
    ],
    ...{ summary, browsers: seen.length, tokens: tokens.length },
    lastSeenAt: seen.sort().at(-1) ?? null,
    ...{ createdAt, disabledAt },
  }
}

/** The one that asks first, then as they were seen last. */
export function browsersOf(parts: Parts, person: string, own: string | null): BrowserFacts[] {
  return sessionsOnOf(parts, person)
    .map(({ id, by, browser, startedAt, seenAt, clockTrusted }) => ({
      ...{ id: sessionHandle({ id }), isThis: id === own },
      ...{ by, browser, startedAt, seenAt, clockTrusted },
    }))
    .sort((a, b) => Number(b.isThis) - Number(a.isThis) || (a.seenAt > b.seenAt ? -1 : 1))
}

export function tokensOf(person: Person, now: Date): TokenFacts[] {
  return person.tokens.map(({ hash: _secret, ...told }) => ({
    ...told,
    hasEnded: told.expiresAt !== null && told.expiresAt <= now.toISOString(),
  }))
}

/** By name. */
export function everybody(state: State): Person[] {
  return Object.values(state.people).sort((a, b) => a.name.localeCompare(b.name, 'en'))
}

/** Those that have run out are kept until they are tidied away. */
function sessionsOnOf({ store, signIn }: Parts, person: string): Session[] {
  return sessionsOf(store.state, person).filter(({ id }) => signIn.sessions.isOn(id))
}
