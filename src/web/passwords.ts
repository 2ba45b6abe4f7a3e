import { createHmac, randomBytes } from 'node:crypto'
import type { Clock } from '../core/clock.ts'
import { findPerson } from '../core/people/find.ts'
import { isPassword } from '../core/people/password.ts'
import type { Person } from '../core/people/person.ts'
import type { Store } from '../core/store.ts'
import { busy, createTries } from './tries.ts'
import { createTurns } from './turns.ts'

// Checking a typed password: at most ten wrong ones an address and hour, two at a time, and a right
// one remembered for a while, for a script that asks each second must not keep a Pi busy.

export interface Typed {
  readonly name: string
  readonly password: string
  /** Of the connection. */
  readonly address: string
}

/** The person, or null when name or password is wrong. Refuses `too-many`. */
export type CheckPassword = (typed: Typed) => Promise<Person | null>

/** Two, for scrypt takes threads of the four that the disk needs too; each check holds 32 MiB. */
const atOnce = 2
const waiting = 16
const rememberedMs = 5 * 60 * 1000
const mostRemembered = 256

interface Remembered {
  /** The record as it was: any change of it is another record, and ends this. */
  readonly person: Person
  readonly untilMs: number
}

export function createPasswordCheck(parts: { store: Store; clock: Clock }): CheckPassword {
  const { store, clock } = parts
  const tries = createTries(clock)
  const inTurn = createTurns({ atOnce, waiting, full: busy })
  /** What is remembered is of no use outside this process, nor after it. */
  const secret = randomBytes(32)
  const remembered = new Map<string, Remembered>()
  /** Checks that are under way, by the same key: ten clients of one script cost one check. */
  const underway = new Map<string, Promise<Person | null>>()

  function recall(key: string): Person | null {
    const held = remembered.get(key)
    if (!held) return null
    const { person, untilMs } = held
    if (untilMs > clock.monotonicMs() && store.state.people[person.id] === person) return person
    remembered.delete(key)
    return null
  }

  function remember(key: string, person: Person): void {
    remembered.set(key, { person, untilMs: clock.monotonicMs() + rememberedMs })
    for (const oldest of remembered.keys()) {
      if (remembered.size <= mostRemembered) break
      remembered.delete(oldest)
    }
  }

  async function check({ name, password }: Typed): Promise<Person | null> {
    const before = findPerson(store.state, name)
    const usable = before && !before.disabledAt ? before.password : null
    if (!(await isPassword(usable, password)) || !before) return null
    // The account may have changed while this waited; then what was checked is no longer so.
    return store.state.people[before.id] === before ? before : null
  }

  return async (typed) => {
    // Before anything that is cheap to ask: else what is remembered, or under way, could be guessed
    // at freely.
    tries.refuseMore(typed.address)
    const key = createHmac('sha256', secret)
      .update(JSON.stringify([typed.name, typed.password]))
      .digest('base64')
    const joined = underway.get(key)
    if (joined) {
      const person = await joined
      if (!person) tries.failed(typed.address)
      return person
    }
    const end = tries.begin(typed.address)
    let outcome: 'right' | 'wrong' = 'right'
    try {
      const known = recall(key)
      if (known) return known
      const checking = inTurn(() => check(typed))
      underway.set(key, checking)
      const person = await checking
      if (person) remember(key, person)
      else outcome = 'wrong'
      return person
    } finally {
      underway.delete(key)
      end(outcome)
    }
  }
}
