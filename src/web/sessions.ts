import { createHmac } from 'node:crypto'
import type { Change } from '../core/change.ts'
import type { Clock } from '../core/clock.ts'
import type { Person } from '../core/people/person.ts'
import type { Session } from '../core/people/session.ts'
import { beginSession, findSession, sessionsOf } from '../core/people/sessions.ts'
import { Refusal } from '../core/refusal.ts'
import type { Store } from '../core/store.ts'

// Who is signed in at which browser, and for how long still. Ages are reckoned on the clock that
// never jumps: the wall clock of a Pi leaps by months once NTP has answered. Until it is trusted no age
// ends a session, and what it told then ends none later. They are kept with the sessions once an hour,
// for a write at every request would wear the card.

export interface SignedIn {
  /** Id of the session. */
  readonly session: string
  readonly person: Person
  /** Stands in every form of our pages; who does not know the cookie cannot make it. */
  readonly proof: string
}

export interface Sessions {
  /** Answers what the cookie is to hold. */
  begin(person: Person, how: Pick<Session, 'by' | 'browser'>): Promise<string>
  /** `itself`: a page that looks for news; it does not keep an unattended browser signed in. */
  find(secret: string, by: 'hand' | 'itself'): SignedIn | null
  isOn(session: string): boolean
  end(session: string): Promise<void>
  /** Keeps when each was seen, and drops those that have ended. */
  tidy(): Promise<void>
}

/** A long day at the desk, between two touches. */
const idleMs = 12 * 3_600_000
/** A week, however busy. */
const longestMs = 7 * 86_400_000

/** Monotonic milliseconds. */
interface Age {
  readonly startedMs: number
  readonly seenMs: number
  /** Neither is read from a clock that may be wrong. */
  readonly isSure: boolean
}

export function createSessions({ store, clock }: { store: Store; clock: Clock }): Sessions {
  /** By session id: of those that were asked for since the start. */
  const ages = new Map<string, Age>()
  /** Ids of those that were ended; the disk may not have it yet. */
  const ended = new Set<string>()

  /**
   * Times of a clock that was not trusted tell nothing: that one counts from when it is first seen here.
   * What was kept in the future was kept by a clock that was wrong, and counts as now.
   */
  function ageOf({ id, startedAt, seenAt, clockTrusted }: Session): Age {
    const known = ages.get(id)
    const isSure = !clockTrusted || clock.trusted()
    if (known && (known.isSure || !isSure)) return known
    const now = clock.now().getTime()
    const pastMs = (at: string) => (clockTrusted ? Math.max(0, now - Date.parse(at)) : 0)
    const msOf = (at: string) => clock.monotonicMs() - pastMs(at)
    const seenMs = known?.seenMs ?? Number.NEGATIVE_INFINITY
    const age = isSure
      ? { startedMs: msOf(startedAt), seenMs: Math.max(msOf(seenAt), seenMs), isSure }
      : { startedMs: clock.monotonicMs(), seenMs, isSure }
    ages.set(id, age)
    return age
  }

  function isLive(session: Session): boolean {
    if (ended.has(session.id)) return false
    const { startedMs, seenMs } = ageOf(session)
    const now = clock.monotonicMs()
    return !clock.trusted() || (now - seenMs < idleMs && now - startedMs < longestMs)
  }

  /** Keeps its times as they are known by now. */
  function setRight(tx: Change, session: Session): void {
    if (!clock.trusted()) return
    const { startedMs, seenMs } = ageOf(session)
    const onTheWall = (ms: number) => clock.now().getTime() - (clock.monotonicMs() - ms)
    const [startedAt, seenAt] = [onTheWall(startedMs), onTheWall(seenMs)]
    if (session.clockTrusted && Math.abs(seenAt - Date.parse(session.seenAt)) <= 60_000) return
    const times = { startedAt: isoOf(startedAt), seenAt: isoOf(seenAt), clockTrusted: true }
    tx.put('sessions', { ...session, ...times })
  }

  // At once, for the wall clock may leap before the first request.
  for (const session of Object.values(store.state.sessions)) ageOf(session)

  return {
    async begin(person, how) {
      const secret = await store.update((tx) => {
        for (const session of sessionsOf(tx.state, person.id)) setRight(tx, session)
        return beginSession(tx, person.id, {
          ...{ now: clock.now(), clockTrusted: clock.trusted() },
          ...how,
        })
      })
      const session = findSession(store.state, secret)
      if (session) ageOf(session)
      return secret
    },
    find(secret, by) {
      const session = findSession(store.state, secret)
      const person = session && store.state.people[session.person]
      if (!person || person.disabledAt || !isLive(session)) return null
      // Between the word of the provider and the session, the account may have been closed to it.
      if (session.by === 'openid' && !person.openId) return null
      if (by === 'hand') ages.set(session.id, { ...ageOf(session), seenMs: clock.monotonicMs() })
      return { session: session.id, person, proof: proofOf(secret) }
    },
    isOn(id) {
      const session = store.state.sessions[id]
      return session !== undefined && isLive(session)
    },
    async end(id) {
      // Whoever signs out is out, whatever the disk says; it is dropped when the disk takes it.
      ended.add(id)
      await store
        .update((tx) => tx.drop('sessions', id))
        .catch((error: unknown) => {
          if (!(error instanceof Refusal)) throw error
        })
    },
    async tidy() {
      const all = Object.values(store.state.sessions)
      for (const id of ages.keys()) if (!store.state.sessions[id]) ages.delete(id)
      for (const id of ended) if (!store.state.sessions[id]) ended.delete(id)
      await store.update((tx) => {
        for (const session of all) {
          if (isLive(session)) setRight(tx, session)
          else tx.drop('sessions', session.id)
        }
      })
    },
  }
}

const isoOf = (ms: number) => new Date(ms).toISOString()

/** From the cookie, so that there is nothing to keep and a restart spoils no form. */
const proofOf = (secret: string) => createHmac('sha256', secret).update('form').digest('base64url')
