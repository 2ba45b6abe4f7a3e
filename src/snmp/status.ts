import { noReading, type Reading, type ReadPrinter, type Target } from '../core/status/reading.ts'
import type { Column } from './columns.ts'
import { type Contact, contact } from './contact.ts'
import { decode } from './decode.ts'
import { type LearnedManners, learnManners } from './manners.ts'
import { columns, type Name, scalars } from './mibs/oids.ts'
import type { Told } from './mibs/told.ts'
import { findPlace } from './place.ts'
import { openSession, type Session, type Version } from './session.ts'
import type { Place } from './socket.ts'
import { type Walked, walk } from './walk.ts'

// One reading of one printer: find out what it speaks where that is not known, walk all columns, decode.

export interface ReaderSettings {
  readonly timeoutMs: number
  /** How often an unanswered request is asked again. */
  readonly retries: number
}

export interface Reader {
  readonly readPrinter: ReadPrinter
  /** Ends what is under way; those readings say so. */
  close(): void
}

export function createReader(settings: ReaderSettings): Reader {
  const life: Life = { ...settings, manners: learnManners(), sessions: new Set(), closed: false }
  return {
    readPrinter: (target) => readPrinter(target, life),
    close: () => {
      life.closed = true
      for (const session of life.sessions) session.close()
    },
  }
}

interface Life extends ReaderSettings {
  readonly manners: LearnedManners
  /** Those under way. */
  readonly sessions: Set<Session>
  closed: boolean
}

/** One reading under way. */
interface Asking {
  readonly target: Target
  readonly place: Place
  readonly versions: readonly Version[]
  readonly life: Life
  readonly startMs: number
  requests: number
}

const names = Object.entries({ ...scalars, ...columns }) as [Name, string][]
const everything: readonly Column[] = names.map(([name, oid]) => ({ oid, single: name in scalars }))

/** What one printer may take in all, however slowly it answers. */
const longestMs = 10_000
const longestTimeouts = 6

async function readPrinter(target: Target, life: Life): Promise<Reading> {
  const startMs = performance.now()
  const versions = versionsOf(target)
  const place = await findPlace(target.address, life.timeoutMs)
  if (place === null) return noReading(target, 'The address is not known on this network')

  const asking: Asking = { target, place, versions, life, startMs, requests: 0 }
  const { version, error, walked } = await read(asking)
  const snmp: Reading['snmp'] = {
    version,
    context: null,
    requests: asking.requests,
    ms: Math.round(performance.now() - startMs),
  }
  return walked === null ? noReading(target, error, snmp) : decode(target, toldBy(walked), snmp)
}

type Outcome =
  | { readonly version: Version; readonly error: null; readonly walked: Walked }
  | { readonly version: Version | null; readonly error: string; readonly walked: null }

async function read(asking: Asking): Promise<Outcome> {
  const { target, versions, life } = asking
  const [first, second] = versions
  /** Asked in full at once where it is known; else, who is there? */
  let version = second === undefined ? first : target.known
  let met = false
  for (let turn = 0; ; turn += 1) {
    if (version === null || version === undefined) {
      const made = await reach(asking, versions, life.retries)
      if (made.version === null) return failed(null, whyNobody(made, life))
      version = made.version
      met = true
    }
    if (life.closed) return failed(null, brokenOff)
    const { walked, made } = await walkOnce(asking, version)
    if (walked.ended === 'whole') return { version, error: null, walked }
    if (walked.answered) return failed(version, whyBroken(walked))
    if (made.version !== null && turn === 0) {
      // It has been put in another's place, and speaks the other version.
      version = made.version
      met = true
    } else if (met) return failed(version, whyBroken(walked))
    else return failed(null, whyNobody({ ...made, code: walked.code ?? made.code }, life))
  }
}

const failed = (version: Version | null, error: string): Outcome => ({
  version,
  error,
  walked: null,
})

const nobody: Contact = { version: null, code: null, garbled: false, requests: 0 }

/** The walk, and whom it found when it asked who was still there. */
async function walkOnce(asking: Asking, version: Version) {
  const { target, place, life } = asking
  const { timeoutMs, retries } = life
  const { community } = target
  const session = openSession(place, { community, version, timeoutMs, retries: 0 })
  life.sessions.add(session)
  let made = nobody
  const walked = await walk({
    session,
    columns: everything,
    manners: life.manners.of(target.address, version),
    deadlineMs: asking.startMs + Math.max(longestMs, longestTimeouts * timeoutMs),
    isAlive: async (before) => {
      // The request itself was the first try.
      made = await reach(asking, before ? [version] : asking.versions, Math.max(0, retries - 1))
      return made.version === version
    },
  })
  session.close()
  life.sessions.delete(session)
  asking.requests += session.sent()
  life.manners.learn(target.address, walked)
  return { walked, made }
}

async function reach(asking: Asking, versions: readonly Version[], retries: number) {
  const { target, place, life } = asking
  const { timeoutMs, sessions } = life
  if (life.closed) return nobody
  const { community } = target
  const made = await contact({ place, community, versions, timeoutMs, retries }, sessions)
  asking.requests += made.requests
  return made
}

function versionsOf({ version }: Target): readonly Version[] {
  return version === 'auto' ? ['2c', '1'] : [version]
}

const brokenOff = 'The reading was broken off'
const unreadable = 'Answers, but not in a way that can be read'

function whyNobody({ code, garbled }: Contact, { closed }: Life): string {
  if (closed) return brokenOff
  if (code === 'ECONNREFUSED') return 'The address is in use, but nothing there answers SNMP'
  if (code !== null) return `The address cannot be reached from here (${code})`
  return garbled ? unreadable : 'No answer'
}

function whyBroken({ ended }: Walked): string {
  if (ended === 'slow') return 'Answers too slowly to be read whole'
  if (ended === 'endless') return 'Its answers never end'
  if (ended === 'closed') return brokenOff
  if (ended === 'garbled') return unreadable
  return 'Stopped answering in the middle of the reading'
}

function toldBy({ cells }: Walked): Told {
  return new Map(names.map(([name, oid]) => [name, cells.get(oid) ?? new Map()]))
}
