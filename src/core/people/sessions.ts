import { createHash } from 'node:crypto'
import type { Change } from '../change.ts'
import { randomCode } from '../ids.ts'
import type { State } from '../state.ts'
import type { Session } from './session.ts'

// What may be done with sessions. How old one may grow is for the edge that has the clock.

/** More browsers than anybody has; beyond these the oldest is signed out. */
const mostOfOnePerson = 20

/** Answers what the cookie is to hold: 200 random bits, of which only the hash is kept. */
export function beginSession(tx: Change, personId: string, now: Date): string {
  const oldest = sessionsOf(tx.state, personId).sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1))
  for (const { id } of oldest.slice(0, Math.max(0, oldest.length - mostOfOnePerson + 1)))
    tx.drop('sessions', id)
  const secret = randomCode(40)
  const at = now.toISOString()
  tx.put('sessions', { id: hashOf(secret), person: personId, startedAt: at, seenAt: at })
  return secret
}

/** Signs a person out everywhere; answers at how many browsers. */
export function endSessionsOf(tx: Change, personId: string): number {
  const all = sessionsOf(tx.state, personId)
  for (const { id } of all) tx.drop('sessions', id)
  return all.length
}

export function findSession(state: State, secret: string): Session | undefined {
  return state.sessions[hashOf(secret)]
}

function sessionsOf(state: State, personId: string): Session[] {
  return [...(state.by.sessionsByPerson.get(personId) ?? [])].flatMap(
    (id) => state.sessions[id] ?? [],
  )
}

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex')
