import { identityOf, isOther, isStranger, knownIdentity } from '../printers/device.ts'
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
import { oneLine } from './supplies.ts'
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

export interface Stranger {
  readonly reading: Reading
  readonly readAt: Moment
  readonly judged: Judgement
}

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
  const isFresh = past.reading === null || past.failures > 0
  const counting = isFresh
    ? countAnew(alarms)
    : countOn(past.counting, alarms, rules.alarmReadings ?? 2)
  const { shelf, replaced } = lookAtShelf(past.shelf, supplies)
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
  const { shelf } = lookAtShelf(emptyShelf, supplies)
  return { ...before, office, supplies, counting, shelf, judged: judgementOn(counting.shown) }
}

/** Another device than the one that is to stand there has answered. Of that one itself nothing is heard. */
export function meet(before: Known, printer: Printer, reading: Reading, readAt: Moment): Known {
  const sentence = `Another device answers at this address (${versus(printer, reading)}): is it a replacement?`
  const judged: Judgement = {
    verdict: 'warning',
    attention: true,
    reasons: [{ word: 'alert', weight: 'warning', sentence }],
  }
  return { ...before, ...answering, stranger: { reading, readAt, judged } }
}

/** Asked at each reading of each printer: what was its own, and has not changed, is. */
export function isForeign(before: Known, printer: Printer, { ok, identity }: Reading): boolean {
  if (!ok) return false
  const isChecked = before.heardAs === printer && before.reading?.identity === identity
  return !isChecked && isStranger(printer, identity)
}

/** A person has said meanwhile that it is the one that belongs there. */
export const isStillStrange = (printer: Printer, { reading }: Stranger): boolean =>
  isStranger(printer, reading.identity)

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

/** 'serial CN2, was CN1', else by their network cards. */
function versus(printer: Printer, { identity }: Reading): string {
  const now = identityOf(identity)
  const was = knownIdentity(printer)
  if (now?.serial && was?.serial) return `serial ${short(now.serial)}, was ${short(was.serial)}`
  return `MAC ${short(now?.macAddresses[0])}, was ${short(was?.macAddresses[0])}`
}

const short = (text: string | undefined): string => oneLine(text ?? '').slice(0, 40) || 'unknown'
