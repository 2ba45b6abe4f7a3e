import { isOther, isStranger } from '../printers/device.ts'
import type { Printer } from '../printers/printer.ts'
import type { Alarm } from './alarm.ts'
import { alike } from './alike.ts'
import { type Grains, learnGrains } from './coarse.ts'
import { type Counting, countAnew, countOn } from './debounce.ts'
import { asKnownBetter, type KnownBetter } from './known-better.ts'
import type { Reading } from './reading.ts'
import { emptyShelf, lookAtShelf, type Replacement, type Shelf } from './replaced.ts'
import type { StatusRules } from './rules.ts'
import type { Judgement, WatchedSupply } from './status.ts'
import type { Stranger } from './stranger.ts'
import { alarmsIn, judgementOn } from './verdict.ts'

// What is known of one printer, and what one reading more makes of it.

/** When something was heard: what to write down, and what to reckon ages from. */
export interface Moment {
  readonly at: Date
  readonly ms: number
}

export interface Known {
  /** Where it was asked; another address is another story. */
  readonly address: string
  readonly reading: Reading | null
  readonly readAt: Moment | null
  /** The printer's record when that reading was found to be its own. */
  readonly heardAs: Printer | null
  /** Silent polls in a row, and the first of them. */
  readonly failures: number
  readonly silentSince: Moment | null
  readonly message: string | null
  /** What the office knew better when this was judged. */
  readonly office: KnownBetter
  readonly supplies: readonly WatchedSupply[]
  readonly grains: Grains
  readonly counting: Counting
  readonly shelf: Shelf
  /** Of the readings; while it is silent the sentence counts the minutes, and is made when asked. */
  readonly judged: Judgement
  /** Another device that answers in its place: what it says waits apart. */
  readonly stranger: Stranger | null
}

/** So many silent polls in a row are a silence; one may be a lost datagram. */
export const silenceAfter = 3

const answering = { failures: 0, silentSince: null, message: null }
const noAlarms: readonly Alarm[] = []
const neverAsked = {
  ...answering,
  ...{ reading: null, readAt: null, heardAs: null, stranger: null },
  ...{ supplies: [], grains: {}, shelf: emptyShelf },
  counting: countAnew(noAlarms),
  judged: { verdict: 'unknown', attention: false, reasons: [] },
} as const

export const nothingKnown = ({ ipAddress, supplies }: Printer): Known => ({
  ...neverAsked,
  address: ipAddress,
  office: supplies,
})

/** One reading more. `replaced` is what somebody has done there since the one before. */
export function learn(
  before: Known,
  reading: Reading,
  at: { readonly printer: Printer; readonly now: Moment; readonly rules: StatusRules },
): { readonly known: Known; readonly replaced: readonly Replacement[] } {
  const { printer, now, rules } = at
  if (!reading.ok) return { known: unanswered(before, reading, now), replaced: [] }
  const isAnother = before.reading !== null && isAnotherDevice(before.reading, reading)
  const past = isAnother ? { ...before, ...neverAsked } : before
  const isSame = past.reading !== null && isSameMatter(past.reading, reading)
  const isQuiet = past.failures === 0 && !past.stranger && !past.counting.isWaiting
  if (isSame && isQuiet && !past.shelf.isWaiting)
    return { known: { ...past, reading, readAt: now, heardAs: printer }, replaced: [] }
  const { office } = past
  const grains = isSame ? past.grains : grainsAfter(past, reading, now)
  const supplies = isSame ? past.supplies : asKnownBetter(reading.supplies, office, grains)
  const alarms = isSame ? past.counting.heard : alarmsIn({ reading, supplies, office, site: rules })
  const isFresh = past.reading === null || past.failures >= silenceAfter
  const counting = isFresh
    ? countAnew(alarms)
    : countOn(past.counting, alarms, rules.alarmReadings ?? 2)
  const pages = { before: past.reading?.pageCount ?? null, now: reading.pageCount }
  const { shelf, replaced } = lookAtShelf(past.shelf, supplies, pages)
  const judged = counting === past.counting ? past.judged : judgementOn(counting.shown)
  const learned = { ...answering, reading, readAt: now, heardAs: printer, stranger: null }
  const known = { ...past, ...learned, grains, supplies, counting, shelf, judged }
  return { known, replaced }
}

function unanswered(before: Known, { error }: Reading, now: Moment): Known {
  return {
    ...before,
    failures: before.failures + 1,
    silentSince: before.silentSince ?? now,
    message: error,
  }
}

/** The office has said something of its supplies: the last reading is judged anew, at once. */
export function knowBetter(before: Known, office: KnownBetter, rules: StatusRules): Known {
  const { reading, grains } = before
  if (reading === null || alike(before.office, office)) return { ...before, office }
  const supplies = asKnownBetter(reading.supplies, office, grains)
  const counting = countAnew(alarmsIn({ reading, supplies, office, site: rules }))
  const pages = { before: null, now: reading.pageCount }
  const { shelf } = lookAtShelf(emptyShelf, supplies, pages)
  return { ...before, office, supplies, counting, shelf, judged: judgementOn(counting.shown) }
}

/** Another device than the one that is to stand there has answered. Of that one itself nothing is heard. */
export function meet(before: Known, reading: Reading, readAt: Moment): Known {
  return { ...before, ...answering, stranger: { reading, readAt } }
}

/** The waiting stranger belongs there after all: what it said is the printer's own, and nothing else is. */
export function takeOver(
  before: Known,
  { reading, readAt }: Stranger,
  { printer, rules }: { readonly printer: Printer; readonly rules: StatusRules },
): Known {
  const { failures, silentSince, message } = before
  const { known } = learn(nothingKnown(printer), reading, { printer, now: readAt, rules })
  // The history has heard nothing of it.
  return { ...known, failures, silentSince, message, heardAs: null }
}

/** Asked at each reading of each printer: what was its own, and has not changed, is. */
export function isForeign(before: Known, printer: Printer, { ok, identity }: Reading): boolean {
  if (!ok) return false
  const isChecked = before.heardAs === printer && before.reading?.identity === identity
  return !isChecked && isStranger(printer, identity)
}

/** What a verdict is made of: a page more makes none. */
const matter = [
  ...(['supplies', 'alerts', 'trays', 'covers', 'errors', 'status', 'device', 'console'] as const),
]

const isSameMatter = (a: Reading, b: Reading): boolean =>
  matter.every((key) => a[key] === b[key] || alike(a[key], b[key]))

/** Everything that a screen shows: not the asking, the uptime, or the time. */
export function saysTheSame(a: Reading, b: Reading): boolean {
  if (a === b) return true
  for (const key of Object.keys(a) as (keyof Reading)[])
    if (key !== 'snmp' && key !== 'system' && a[key] !== b[key] && !alike(a[key], b[key]))
      return false
  return true
}

const isAnotherDevice = (a: Reading, b: Reading): boolean =>
  a.identity !== b.identity && isOther(a.identity, b.identity)

function grainsAfter({ reading, readAt, grains }: Known, after: Reading, now: Moment): Grains {
  if (reading === null || readAt === null) return grains
  const secondsBetween = (now.ms - readAt.ms) / 1000
  return learnGrains(grains, { before: reading, after, secondsBetween })
}
