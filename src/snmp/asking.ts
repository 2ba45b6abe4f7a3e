import type { Target } from '../core/status/reading.ts'
import type { Acquaintance } from './acquaintance.ts'
import type { Channel } from './channel.ts'
import type { Column } from './columns.ts'
import { type Contact, contact, nobody } from './contact.ts'
import type { Place } from './place.ts'
import { openSession, type Session, type Version } from './session.ts'
import { type Manners, type Walked, type WalkSettings, walk } from './walk.ts'

// The ways to ask one printer: who is there, and some of its columns, as it is known to take them.

export interface Asking {
  readonly target: Target
  readonly known: Acquaintance
  readonly place: Place
  readonly channel: Channel
  readonly timeoutMs: number
  /** How often an unanswered request is asked again. */
  readonly retries: number
  /** What hardly changes is read again at least so often. */
  readonly wholeEveryMs: number
  /** Monotonic time, as of performance.now(). */
  readonly startMs: number
  /** null: the default one. */
  readonly context: string | null
  /** Of 1 and 2c, with the context behind it. */
  readonly community: string
  /** The session of the user of SNMP 3. */
  readonly userSession: Session | null
}

export function versionsOf({ version }: Target): readonly Version[] {
  return version === 'auto' ? ['2c', '1'] : [version]
}

export function reach(
  asking: Asking,
  versions: readonly Version[],
  retries: number,
): Promise<Contact> {
  const tries = asking.known.tries(asking.timeoutMs, retries)
  return contact(versions.map((version) => openBy(asking, version, tries)))
}

/** The user's own session has its own tries. */
export function openBy(asking: Asking, version: Version, tries: readonly number[]): Session {
  const { known, channel, community, userSession } = asking
  if (version === '3' && userSession !== null) return userSession
  const onTrip = (ms: number) => known.noteTrip(ms)
  return openSession(channel, {
    ...{ community, tries, onTrip },
    version: version === '1' ? '1' : '2c',
  })
}

/**
 * A few columns more, in the same or another community. `isBroken`: not all of them could be asked.
 * `isLost`: that, or there was silence to some of them.
 */
export async function readMore(
  asking: Asking,
  version: Version,
  oids: readonly string[],
): Promise<Walked & { isBroken: boolean; isLost: boolean }> {
  const more = oids.map((oid) => ({ oid, single: false }))
  let { walked } = await walkOnce(asking, version, more)
  // It has answered a moment ago: that it says nothing at all is believed the second time.
  if (walked.ended === 'silent') ({ walked } = await walkOnce(asking, version, more))
  const isBroken = walked.ended !== 'whole'
  return { ...walked, isBroken, isLost: isBroken || walked.silent.length > 0 }
}

/** The walk by its manners, and whom it found when it asked who was still there. */
export async function walkOnce(asking: Asking, version: Version, wanted: readonly Column[]) {
  const { known, timeoutMs } = asking
  const { walked, made } = await walkBy(asking, version, {
    hasAnswered: false,
    session: openBy(asking, version, known.walkTries(timeoutMs)),
    columns: wanted,
    manners: mannersOf(known, version),
    deadlineMs: deadlineOf(asking),
  })
  learnManners(known, walked)
  return { walked, made }
}

/** What one printer may take in all, however slowly it answers. */
const longestMs = 10_000
const longestTimeouts = 6
export const deadlineOf = ({ startMs, timeoutMs }: Asking): number =>
  startMs + Math.max(longestMs, longestTimeouts * timeoutMs)

/** A walk of any way, and whom it found. `hasAnswered`: it has just now, in this version. */
export async function walkBy(
  asking: Asking,
  version: Version,
  {
    hasAnswered,
    ...way
  }: Omit<WalkSettings, 'quickSession' | 'isAlive'> & {
    readonly hasAnswered: boolean
  },
): Promise<{ walked: Walked; made: Contact }> {
  const { known, timeoutMs, retries } = asking
  let made: Contact = nobody
  const walked = await walk({
    ...way,
    quickSession: openBy(asking, version, known.quickTries(timeoutMs)),
    isAlive: async (before) => {
      const versions = before || hasAnswered ? [version] : versionsOf(asking.target)
      // The request itself was the first try.
      made = await reach(asking, versions, Math.max(0, retries - 1))
      return made.version === version
    },
  })
  return { walked, made }
}

/** Once may have been a lost datagram; twice in a row is the printer. */
const twice = 2

function mannersOf({ taken }: Acquaintance, version: Version): Manners {
  const bulk = version !== '1'
  if (taken === null || taken.times < twice) return { names: Infinity, bulk }
  // SNMP 1 has no GETBULK (RFC 1157); the printer may have been another when this was learned.
  return { ...taken.manners, bulk: bulk && taken.manners.bulk }
}

function learnManners(known: Acquaintance, { ended, troubles, manners }: Walked): void {
  const times = known.taken?.times ?? 0
  if (ended === 'whole' && troubles > 0) known.taken = { manners, times: times + 1 }
  else if (ended !== 'whole' || times < twice) known.taken = null
}
