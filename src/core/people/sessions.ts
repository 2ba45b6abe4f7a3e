import { createHash } from 'node:crypto'
import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import { randomCode } from '../ids.ts'
import { note } from '../journal/journal.ts'
import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import type { Session } from './session.ts'

// What may be done with sessions. How old one may grow is for the edge that has the clock.

/** More browsers than anybody has; beyond these the oldest is signed out. */
const mostOfOnePerson = 20

/** When, how, and at which browser. */
export type Begun = Pick<Act, 'now' | 'clockTrusted'> & Pick<Session, 'by' | 'browser'>

/**
 * Answers what the cookie is to hold: 200 random bits, of which only the hash is kept. Once the clock is
 * trusted the person's other sessions are to be set right before: then whatever still is uncertain was
 * begun after all that is certain.
 */
export function beginSession(
  tx: Change,
  personId: string,
  { now, clockTrusted, by, browser }: Begun,
): string {
  const oldest = sessionsOf(tx.state, personId).sort(
    (a, b) =>
      Number(b.clockTrusted) - Number(a.clockTrusted) || (a.startedAt < b.startedAt ? -1 : 1),
  )
  for (const { id } of oldest.slice(0, Math.max(0, oldest.length - mostOfOnePerson + 1)))
    tx.drop('sessions', id)
  const secret = randomCode(40)
  const at = now.toISOString()
  const times = { startedAt: at, seenAt: at, clockTrusted }
  tx.put('sessions', { id: hashOf(secret), person: personId, by, browser, ...times })
  return secret
}

/** Signs a person out everywhere; answers at how many browsers. */
export function endSessionsOf(tx: Change, personId: string): number {
  const all = sessionsOf(tx.state, personId)
  for (const { id } of all) tx.drop('sessions', id)
  return all.length
}

/**
 * Signs a person out at the browsers of these handles; answers at how many. Refuses `missing` one that is
 * no handle of the person's.
 */
export function endSessions(
  tx: Change,
  { person, handles }: { readonly person: SignedOut; readonly handles: readonly string[] },
  act: Act,
): number {
  const all = sessionsOf(tx.state, person.id)
  const ended = [...new Set(handles)].map((handle) => {
    const session = all.find((each) => sessionHandle(each) === handle)
    if (session) return session
    throw new Refusal('missing', 'There is no such browser; it may be signed out already.', {
      field: 'session',
    })
  })
  if (ended.length === 0) return 0
  for (const { id } of ended) tx.drop('sessions', id)
  const details = { name: person.name, sessions: ended.length }
  note(tx, act, { what: 'sessions ended', subject: person.id, details })
  return ended.length
}

interface SignedOut {
  readonly id: string
  readonly name: string
}

/** What a session is told by to people: short, and good for nothing else. */
export function sessionHandle({ id }: Pick<Session, 'id'>): string {
  return hashOf(`handle of ${id}`).slice(0, 16)
}

export function findSession(state: State, secret: string): Session | undefined {
  return state.sessions[hashOf(secret)]
}

export function sessionsOf(state: State, personId: string): Session[] {
  return [...(state.by.sessionsByPerson.get(personId) ?? [])].flatMap(
    (id) => state.sessions[id] ?? [],
  )
}

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex')
