import type { Target } from '../core/status/reading.ts'
import type { Acquaintance } from './acquaintance.ts'
import type { Cells } from './cells.ts'
import type { Channel } from './channel.ts'
import type { Column } from './columns.ts'
import { type Contact, contact, nobody } from './contact.ts'
import { columns, scalars } from './mibs/oids.ts'
import type { Place } from './place.ts'
import { openSession, type Session, type Version } from './session.ts'
import { type Refused, whyRefused } from './v3/refused.ts'
import { type Manners, type Walked, type WalkSettings, walk } from './walk.ts'
import { whyBroken, whyNobody } from './why.ts'

// One printer read whole: what it speaks, where that is not known, then all columns.

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

export type Whole =
  | {
      readonly version: Version
      readonly error: null
      readonly cells: Cells
      readonly silent: Walked['silent']
    }
  | {
      readonly version: Version | null
      readonly error: string
      /** Why the user of SNMP 3 was turned away. */
      readonly refused: Refused['why'] | null
      readonly cells: null
    }

const isScalar = (oid: string): boolean => (Object.values(scalars) as string[]).includes(oid)

const everything: readonly Column[] = Object.entries({ ...scalars, ...columns }).map(
  ([name, oid]) => ({ oid, single: name in scalars }),
)

/** What one printer may take in all, however slowly it answers. */
const longestMs = 10_000
const longestTimeouts = 6
/** What of it may go to what will hardly be answered. */
const longestDoubtMs = 3000

export async function readWhole(asking: Asking, known: Version | null): Promise<Whole> {
  const { target } = asking
  const { doubtful } = asking.known
  const ofVendor = vendorOids(asking.known).map((oid) => ({ oid, single: false }))
  const versions = versionsOf(target)
  /** Asked in full at once where it is known; else, who is there? */
  let version = known ?? (versions.length === 1 ? versions[0] : undefined)
  let met = false
  for (let turn = 0; ; turn += 1) {
    if (version === undefined) {
      const made = await reach(asking, versions, asking.retries)
      if (made.version === null) return failed(null, whyNobody(made, target), made.refused)
      version = made.version
      met = true
    }
    const wanted = [...everything, ...ofVendor].filter(({ oid }) => !doubtful.has(oid))
    const { walked, made } = await walkOnce(asking, version, wanted)
    doubt(asking, walked)
    if (walked.refused !== null)
      return failed(version, whyRefused(walked.refused, target.community), walked.refused)
    if (walked.ended === 'whole') {
      const last = await askDoubtful(asking, version)
      if (last.isGone) return failed(version, whyBroken(last))
      const cells = new Map([...walked.cells, ...last.cells])
      return { version, error: null, cells, silent: walked.silent }
    }
    if (walked.answered) return failed(version, whyBroken(walked))
    if (made.version !== null && turn === 0) {
      // It has been put in another's place, and speaks the other version.
      version = made.version
      met = true
    } else if (met) return failed(version, whyBroken(walked))
    else
      return failed(
        null,
        whyNobody({ ...made, code: walked.code ?? made.code }, target),
        made.refused,
      )
  }
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
function openBy(asking: Asking, version: Version, tries: readonly number[]): Session {
  const { known, channel, community, userSession } = asking
  if (version === '3' && userSession !== null) return userSession
  const onTrip = (ms: number) => known.noteTrip(ms)
  return openSession(channel, {
    ...{ community, tries, onTrip },
    version: version === '1' ? '1' : '2c',
  })
}

const failed = (
  version: Version | null,
  error: string,
  refused: Refused['why'] | null = null,
): Whole => ({ version, error, refused, cells: null })

const vendorOids = ({ vendor }: Acquaintance): string[] => [
  ...(vendor?.constant ?? []),
  ...(vendor?.changing ?? []),
]

/** The walk, and whom it found when it asked who was still there. */
async function walkOnce(asking: Asking, version: Version, wanted: readonly Column[]) {
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

/**
 * What took all the time is asked last, so that the next reading gets further; not what it told before, for
 * then it sleeps, and what was known of it stands.
 */
function doubt({ known }: Asking, walked: Walked): void {
  const { ended, cells, told } = walked
  const [kind] = cells.get(scalars.sysObjectID)?.values() ?? []
  const before = known.reading?.system.objectId
  const isMet = before !== undefined && (kind?.kind !== 'oid' || kind.oid === before)
  if (ended === 'endless')
    known.doubtful.add(vendorOids(known).filter((oid) => !told.includes(oid)))
  else if (ended === 'whole' || ended === 'slow')
    known.doubtful.note(isMet ? { ...walked, silent: [] } : walked)
}

/** What it was silent to before, one by one. `isGone`: it answers nothing any more. */
async function askDoubtful(
  asking: Asking,
  version: Version,
): Promise<Pick<Walked, 'cells' | 'ended'> & { isGone: boolean }> {
  const { known, timeoutMs } = asking
  const columns = known.doubtful.inTurn().map((oid) => ({ oid, single: isScalar(oid) }))
  if (columns.length === 0) return { cells: new Map(), ended: 'whole', isGone: false }
  const { walked } = await walkBy(asking, version, {
    hasAnswered: true,
    session: openBy(asking, version, known.quickTries(timeoutMs)),
    columns,
    manners: { names: 1, bulk: version !== '1' },
    deadlineMs: Math.min(deadlineOf(asking), performance.now() + longestDoubtMs),
  })
  const { ended, cells } = walked
  // Of what has no end nothing is told.
  if (ended === 'endless' || ended === 'garbled') return { cells: new Map(), ended, isGone: false }
  const isGone = ended !== 'whole' && ended !== 'slow'
  if (!isGone) known.doubtful.note(walked)
  return { cells, ended, isGone }
}

const deadlineOf = ({ startMs, timeoutMs }: Asking): number =>
  startMs + Math.max(longestMs, longestTimeouts * timeoutMs)

async function walkBy(
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
