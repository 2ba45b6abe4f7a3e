import { noReading, type Reading, type ReadPrinter, type Target } from '../core/status/reading.ts'
import { type Acquaintance, createAcquaintances } from './acquaintance.ts'
import { jetdirect } from './contexts.ts'
import { myTurn } from './loop.ts'
import type { Place } from './place.ts'
import { findPlace } from './place.ts'
import { type Outcome, read, silentPollsToProbe } from './read.ts'
import { type SnmpUser, userOf } from './v3/users.ts'
import { brokenOff } from './why.ts'

// Where a printer is, who asks it and in which context; what is read there is `read`.

export interface ReaderSettings {
  readonly timeoutMs: number
  /** How often an unanswered request is asked again. */
  readonly retries: number
  /** Of SNMP 3. */
  readonly users?: readonly SnmpUser[]
  /** What hardly changes is read again at least so often: an hour. */
  readonly wholeEveryMs?: number
}

export interface Reader {
  readonly readPrinter: ReadPrinter
  /** Ends what is under way; those readings say so. */
  close(): void
}

const noSuchUser = 'SNMP_USERS has no such user; its name stands where others have a community'
const hourMs = 3_600_000
export function createReader(settings: ReaderSettings): Reader {
  const acquaintances = createAcquaintances()
  let closed = false

  async function readPrinter(target: Target): Promise<Reading> {
    await myTurn()
    const startMs = performance.now()
    const place = await findPlace(target.address, settings.timeoutMs)
    if (place === null) return noReading(target, 'The address is not known on this network')
    const named = target.version === '3' ? userOf(target.community, settings.users ?? []) : null
    if (target.version === '3' && named === null) return noReading(target, noSuchUser)
    const user = named && { user: named.user, open: await openerOfSessions() }
    if (closed) return noReading(target, brokenOff)
    const known = acquaintances.of(target)
    const wanted = target.context ?? (named?.context || null)
    const who = { target, place, user, known, startMs }
    const before = known.sent
    let context = wanted ?? known.userContext
    let heard = await readIn(context, who)
    if (heard.isUnreachable && !closed) heard = await readIn(context, who)
    // HP lets users of SNMP 3 read nothing but in its own context.
    const isElsewhere = heard.refused === 'rights' || heard.refused === 'context'
    if (isElsewhere && wanted === null && !closed) {
      context = context === null ? jetdirect : null
      heard = await readIn(context, who)
      if (heard.reading !== null) known.userContext = context
    }
    const { version, error, reading } = heard
    const asked = { requests: known.sent - before, ms: Math.round(performance.now() - startMs) }
    if (reading === null)
      return noReading(target, closed ? brokenOff : error, { version, context, ...asked })
    known.readMs = performance.now()
    known.reading = { ...reading, snmp: { ...reading.snmp, ...asked } }
    return known.reading
  }

  async function readIn(context: string | null, who: Who): Promise<Outcome> {
    const { target, place, user, known, startMs } = who
    const channel = known.channelTo(place)
    // Of SNMP 3 one small question must do as well, and the next session has all its tries again.
    const isProbe = (target.silentPolls ?? 0) >= silentPollsToProbe
    const retries = isProbe ? 0 : settings.retries
    const userSession = user && known.sessionOf(user, place, { ...settings, retries, context })
    const { community } = target
    const outcome = await read({
      ...{ target, known, place, channel, startMs, wholeEveryMs: hourMs, ...settings },
      ...{ userSession, context },
      community: context === null ? community : `${community}@${context}`,
    })
    if (outcome.reading === null || (isProbe && user)) known.close()
    if (outcome.reading !== null) known.version = outcome.version
    return outcome
  }

  return {
    readPrinter,
    close() {
      closed = true
      acquaintances.closeAll()
    },
  }
}

interface Who {
  readonly target: Target
  readonly place: Place
  readonly user: Parameters<Acquaintance['sessionOf']>[0] | null
  readonly known: Acquaintance
  readonly startMs: number
}

/** Loaded where SNMP 3 is spoken: its library takes a Pi its time and memory. */
const openerOfSessions = async () => (await import('./v3/session.ts')).openUserSession
