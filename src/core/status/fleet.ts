import type { Clock } from '../clock.ts'
import type { Printer } from '../printers/printer.ts'
import { getPrinter, groupOf } from '../printers/printers.ts'
import type { Store } from '../store.ts'
import type { Alarm } from './alarm.ts'
import { alike } from './alike.ts'
import { isNewToHistory } from './history.ts'
import {
  isForeign,
  type Known,
  knowBetter,
  learn,
  type Moment,
  meet,
  nothingKnown,
  saysTheSame,
  silenceAfter,
  takeOver,
} from './known.ts'
import { statusOf } from './payload.ts'
import type { KnownVersion, Reading } from './reading.ts'
import type { StatusRules } from './rules.ts'
import { fromSaved, type SavedFleet, toSaved } from './saved.ts'
import type { Happening, Judgement, Status } from './status.ts'
import { isStillStrange, strange } from './stranger.ts'
import { silent } from './verdict.ts'

// What the printers last said: in memory, rebuilt by a sweep, never part of the state.

export { savedFleet } from './saved.ts'

/** What a poll brought. `isNews`: something to show; `toKeep`: something that the history has not. */
export interface Heard {
  readonly isNews: boolean
  readonly toKeep: boolean
  /** Indexes of supplies that somebody replaced. */
  readonly replaced: readonly string[]
  /** The last good reading until then. */
  readonly before: { readonly reading: Reading; readonly readAt: Date } | null
}

export interface Fleet {
  /** Refuses `missing` an unknown printer. */
  status(printerId: string): Status
  judgement(printerId: string): Judgement
  /** What it said last, whole; null where it was never heard. Refuses `missing` an unknown printer. */
  reading(printerId: string): Reading | null
  heard(printer: Printer, reading: Reading): Heard
  failures(printer: Printer): number
  /** It stands still, or an alarm waits to count or to go: it is asked again soon. */
  isPressing(printer: Printer): boolean
  /** The version that it answered last, null after three silent polls: then both are tried again. */
  knownVersion(printer: Printer): KnownVersion | null
  /** Changes of verdicts and of supplies, newest first. */
  activity(): readonly Happening[]
  lastHeardMs(): number | null
  /** Counts what was new to show: while it stays, only ages and times went on. */
  newsCount(): number
  save(): SavedFleet
  restore(saved: SavedFleet): void
}

const activityKept = 200

export function createFleet(parts: { store: Store; clock: Clock; rules: StatusRules }): Fleet {
  const { store, clock, rules } = parts
  const knownById = new Map<string, Known>()
  const happenings: Happening[] = []
  let lastHeardMs: number | null = null
  let newsCount = 0

  const moment = (): Moment => ({ at: clock.now(), ms: clock.monotonicMs() })
  const secondsSince = (then: Moment) =>
    Math.max(0, Math.floor((clock.monotonicMs() - then.ms) / 1000))

  function known(printer: Printer): Known {
    const held = knownById.get(printer.id)
    if (held?.address !== printer.ipAddress) return nothingKnown(printer)
    const { stranger } = held
    const isOwn = stranger !== null && !isStillStrange(printer, stranger)
    if (held.office === printer.supplies && !isOwn) return held
    const next = isOwn
      ? takeOver(held, stranger, { printer, rules })
      : knowBetter(held, printer.supplies, rules)
    knownById.set(printer.id, next)
    return next
  }

  function judgementOf(printer: Printer, held: Known): Judgement {
    const { silentSince, judged, stranger } = held
    const { reading, readAt } = stranger ?? held
    if (silentSince) return silent(reading, secondsSince(readAt ?? silentSince))
    return stranger ? strange(printer, stranger) : judged
  }

  function tell(printer: Printer, { verdict }: Judgement, sentence: string, at: Date): void {
    const { id, label } = printer
    happenings.unshift({ at, printer: id, label, verdict, sentence })
    happenings.length = Math.min(happenings.length, activityKept)
  }

  function happened(printer: Printer, before: Judgement, after: Judgement, at: Date): void {
    const same =
      before.verdict === after.verdict && before.reasons[0]?.word === after.reasons[0]?.word
    if (same || (before.verdict === 'unknown' && after.verdict === 'ok')) return
    const news =
      after.verdict === 'offline'
        ? 'Does not answer'
        : (after.reasons[0]?.sentence ??
          (before.verdict === 'offline' ? 'Answers again' : 'All well'))
    tell(printer, after, news, at)
  }

  return {
    status(printerId) {
      const printer = getPrinter(store.state, printerId)
      const held = known(printer)
      const ageSeconds = held.readAt && secondsSince(held.readAt)
      return statusOf({ printer, group: groupOf(store.state, printer) }, held, {
        judgement: judgementOf(printer, held),
        ageSeconds,
        isOld: (ageSeconds ?? 0) > rules.intervalSeconds * 1.5,
      })
    },
    judgement(printerId) {
      const printer = getPrinter(store.state, printerId)
      return judgementOf(printer, known(printer))
    },
    reading: (printerId) => known(getPrinter(store.state, printerId)).reading,
    heard(printer, reading) {
      const before = known(printer)
      const now = moment()
      lastHeardMs = now.ms
      const judgedBefore = judgementOf(printer, before)
      if (isForeign(before, printer, reading)) {
        const after = meet(before, reading, now)
        knownById.set(printer.id, after)
        happened(printer, judgedBefore, judgementOf(printer, after), now.at)
        const isNews = !isSameStranger(before, after)
        if (isNews) newsCount += 1
        return { isNews, toKeep: false, replaced: [], before: goodOf(before) }
      }
      const { known: after, replaced } = learn(before, reading, { printer, now, rules })
      knownById.set(printer.id, after)
      const judgedAfter = judgementOf(printer, after)
      for (const { sentence } of replaced) tell(printer, judgedAfter, sentence, now.at)
      happened(printer, judgedBefore, judgedAfter, now.at)
      const toKeep = replaced.length > 0 || isNewToHistory(before, after)
      const isNews = toKeep || !looksTheSame(before, after)
      if (isNews) newsCount += 1
      return {
        ...{ isNews, toKeep, before: goodOf(before) },
        replaced: replaced.map(({ index }) => index),
      }
    },
    failures: (printer) => known(printer).failures,
    isPressing(printer) {
      const { counting, stranger } = known(printer)
      return stranger === null && (counting.isWaiting || counting.shown.some(stopsIt))
    },
    knownVersion(printer) {
      const { reading, stranger, failures } = known(printer)
      const version = (stranger?.reading ?? reading)?.snmp.version
      if (failures >= silenceAfter) return null
      return version === '1' || version === '2c' || version === '3' ? version : null
    },
    activity: () => happenings,
    lastHeardMs: () => lastHeardMs,
    newsCount: () => newsCount,
    save() {
      const printers: Record<string, SavedFleet['printers'][string]> = {}
      for (const printer of Object.values(store.state.printers)) {
        const saved = toSaved(known(printer))
        if (saved) printers[printer.id] = saved
      }
      return { schema: 1, printers }
    },
    restore({ printers }) {
      const now = moment()
      for (const [id, saved] of Object.entries(printers)) {
        const printer = store.state.printers[id]
        if (printer) knownById.set(id, fromSaved(saved, { printer, now, rules }))
      }
    },
  }
}

/** A low toner stays so for weeks, and an empty one says so by an alert or a bit as well. */
const stopsIt = ({ weight, source }: Alarm): boolean => weight === 'error' && source !== 'level'

const goodOf = ({ reading, readAt }: Known): Heard['before'] =>
  reading && readAt && { reading, readAt: readAt.at }

/** Everything that a screen shows of both: the facts, and what is made of them. */
function looksTheSame(before: Known, after: Known): boolean {
  if (before.stranger !== after.stranger || before.supplies !== after.supplies) return false
  if (before.judged !== after.judged && !alike(before.judged, after.judged)) return false
  if (before.reading === null || after.reading === null) return before.reading === after.reading
  return saysTheSame(before.reading, after.reading)
}

function isSameStranger(before: Known, after: Known): boolean {
  const [a, b] = [before.stranger?.reading, after.stranger?.reading]
  if (before.failures > 0 || !a || !b) return false
  return alike(a.identity, b.identity)
}
