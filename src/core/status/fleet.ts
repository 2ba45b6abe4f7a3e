import type { Clock } from '../clock.ts'
import type { Printer } from '../printers/printer.ts'
import { getPrinter, groupOf } from '../printers/printers.ts'
import type { Store } from '../store.ts'
import { alike } from './alike.ts'
import { isNewToHistory } from './history.ts'
import {
  isForeign,
  isStillStrange,
  type Known,
  knowBetter,
  learn,
  type Moment,
  meet,
  nothingKnown,
  saysTheSame,
} from './known.ts'
import { statusOf } from './payload.ts'
import type { KnownVersion, Reading } from './reading.ts'
import type { StatusRules } from './rules.ts'
import { fromSaved, type SavedFleet, toSaved } from './saved.ts'
import type { Happening, Judgement, Status } from './status.ts'
import { silent } from './verdict.ts'

// What the printers last said: in memory, rebuilt by a sweep, never part of the state.

export { savedFleet } from './saved.ts'

/** What a poll brought. `isNews`: something to show; `toKeep`: something that the history has not. */
export interface Heard {
  readonly isNews: boolean
  readonly toKeep: boolean
  /** Another device than the one that is to stand there: its reading waits apart. */
  readonly isOther: boolean
  /** Indexes of supplies that somebody replaced. */
  readonly replaced: readonly string[]
  /** The last good reading until then. */
  readonly before: { readonly reading: Reading; readonly readAt: Date } | null
}

export interface Fleet {
  /** Refuses `missing` an unknown printer. */
  status(printerId: string): Status
  judgement(printerId: string): Judgement
  /** The last reading of another device that answers in its place; null where none does. */
  stranger(printerId: string): Reading | null
  heard(printer: Printer, reading: Reading): Heard
  failures(printer: Printer): number
  /** It has an error, or an alarm that waits to count or to go: it is asked again soon. */
  isPressing(printer: Printer): boolean
  /** The version that it answered last, null after three silent polls: then both are tried again. */
  knownVersion(printer: Printer): KnownVersion | null
  /** Changes of verdicts and of supplies, newest first. */
  activity(): readonly Happening[]
  lastHeardMs(): number | null
  save(): SavedFleet
  restore(saved: SavedFleet): void
}

const activityKept = 200
const forgetVersionAfter = 3

export function createFleet(parts: { store: Store; clock: Clock; rules: StatusRules }): Fleet {
  const { store, clock, rules } = parts
  const knownById = new Map<string, Known>()
  const happenings: Happening[] = []
  let lastHeardMs: number | null = null

  const moment = (): Moment => ({ at: clock.now(), ms: clock.monotonicMs() })
  const secondsSince = (then: Moment) =>
    Math.max(0, Math.floor((clock.monotonicMs() - then.ms) / 1000))

  function known(printer: Printer): Known {
    const held = knownById.get(printer.id)
    if (held?.address !== printer.ipAddress) return nothingKnown(printer)
    const isOld = held.stranger !== null && !isStillStrange(printer, held.stranger)
    if (held.office === printer.supplies && !isOld) return held
    const judged =
      held.office === printer.supplies ? held : knowBetter(held, printer.supplies, rules)
    const next = isOld ? { ...judged, stranger: null } : judged
    knownById.set(printer.id, next)
    return next
  }

  const named = (printerId: string) => known(getPrinter(store.state, printerId))

  function judgementOf({ reading, readAt, silentSince, judged, stranger }: Known): Judgement {
    if (silentSince) return silent(reading, secondsSince(readAt ?? silentSince))
    return stranger?.judged ?? judged
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
        judgement: judgementOf(held),
        ageSeconds,
        isOld: (ageSeconds ?? 0) > rules.intervalSeconds * 1.5,
      })
    },
    judgement: (printerId) => judgementOf(named(printerId)),
    stranger: (printerId) => named(printerId).stranger?.reading ?? null,
    heard(printer, reading) {
      const before = known(printer)
      const now = moment()
      lastHeardMs = now.ms
      const judgedBefore = judgementOf(before)
      if (isForeign(before, printer, reading)) {
        const after = meet(before, printer, reading, now)
        knownById.set(printer.id, after)
        happened(printer, judgedBefore, judgementOf(after), now.at)
        const isNews = !isSameStranger(before, after)
        return { isNews, toKeep: false, isOther: true, replaced: [], before: goodOf(before) }
      }
      const { known: after, replaced } = learn(before, reading, { printer, now, rules })
      knownById.set(printer.id, after)
      const judgedAfter = judgementOf(after)
      for (const { sentence } of replaced) tell(printer, judgedAfter, sentence, now.at)
      happened(printer, judgedBefore, judgedAfter, now.at)
      const toKeep = replaced.length > 0 || isNewToHistory(before, after)
      const isNews = toKeep || !looksTheSame(before, after)
      return {
        ...{ isNews, toKeep, isOther: false, before: goodOf(before) },
        replaced: replaced.map(({ index }) => index),
      }
    },
    failures: (printer) => known(printer).failures,
    isPressing(printer) {
      const { counting, judged, stranger } = known(printer)
      return stranger === null && (counting.isWaiting || judged.verdict === 'error')
    },
    knownVersion(printer) {
      const { reading, stranger, failures } = known(printer)
      const version = (stranger?.reading ?? reading)?.snmp.version
      if (failures >= forgetVersionAfter) return null
      return version === '1' || version === '2c' || version === '3' ? version : null
    },
    activity: () => happenings,
    lastHeardMs: () => lastHeardMs,
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
