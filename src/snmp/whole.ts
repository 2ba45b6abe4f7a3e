import type { Acquaintance } from './acquaintance.ts'
import { type Asking, deadlineOf, openBy, reach, versionsOf, walkBy, walkOnce } from './asking.ts'
import type { Cells } from './cells.ts'
import type { Column } from './columns.ts'
import { columns, scalars } from './mibs/oids.ts'
import type { Version } from './session.ts'
import { type Refused, whyRefused } from './v3/refused.ts'
import type { Walked } from './walk.ts'
import { whyBroken, whyNobody } from './why.ts'

// One printer read whole: what it speaks, where that is not known, then all columns.

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

const failed = (
  version: Version | null,
  error: string,
  refused: Refused['why'] | null = null,
): Whole => ({ version, error, refused, cells: null })

const vendorOids = ({ vendor }: Acquaintance): string[] => [
  ...(vendor?.constant ?? []),
  ...(vendor?.changing ?? []),
]

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
