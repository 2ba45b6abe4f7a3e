import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { Printer } from '../printers/printer.ts'
import { getPrinter, groupOf } from '../printers/printers.ts'
import type { DeepReadonly } from '../readonly.ts'
import type { Store } from '../store.ts'
import { historyFacts } from './history.ts'
import { type KnownVersion, type Reading, reading } from './reading.ts'
import type { StatusRules } from './rules.ts'
import type { Happening, Judgement, Status } from './status.ts'
import { judge, silent } from './verdict.ts'

// What the printers last said: in memory, rebuilt by a sweep, never part of the state.

/** When something was heard: what to write down, and what to reckon ages from. */
interface Moment {
  readonly at: Date
  readonly ms: number
}

interface Known {
  /** Where it was asked; another address is another story. */
  readonly address: string
  readonly reading: Reading | null
  readonly readAt: Moment | null
  /** Silent polls in a row, and the first of them. */
  readonly failures: number
  readonly silentSince: Moment | null
  readonly message: string | null
  /** Of the reading; while it is silent the sentence counts the minutes, and is made when asked. */
  readonly judged: Judgement
}

/** status.json: kept so that a restart shows the last good values at once. Dropped when bad. */
export const savedFleet = z.object({
  schema: z.literal(1),
  printers: z.record(
    z.string(),
    z.object({
      address: z.string(),
      readAt: z.iso.datetime().nullable(),
      reading: reading.nullable(),
      failures: z.int(),
      silentSince: z.iso.datetime().nullable(),
      message: z.string().nullable(),
    }),
  ),
})
export type SavedFleet = DeepReadonly<z.infer<typeof savedFleet>>

/** What a poll brought. `isNews`: something to show; `toKeep`: something that the history has not. */
export interface Heard {
  readonly isNews: boolean
  readonly toKeep: boolean
}

export interface Fleet {
  /** Refuses `missing` an unknown printer. */
  status(printerId: string): Status
  judgement(printerId: string): Judgement
  heard(printer: Printer, reading: Reading): Heard
  failures(printer: Printer): number
  /** The version that it answered last, null after three silent polls: then both are tried again. */
  knownVersion(printer: Printer): KnownVersion | null
  /** Changes of verdicts, newest first. */
  activity(): readonly Happening[]
  lastHeardMs(): number | null
  save(): SavedFleet
  restore(saved: SavedFleet): void
}

const activityKept = 200
const forgetVersionAfter = 3
const answering = { failures: 0, silentSince: null, message: null }
const neverAsked = {
  ...answering,
  reading: null,
  readAt: null,
  judged: { verdict: 'unknown', attention: false, reasons: [] },
} as const

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
    return held?.address === printer.ipAddress
      ? held
      : { address: printer.ipAddress, ...neverAsked }
  }

  const judgementOf = ({ reading, readAt, silentSince, judged }: Known): Judgement =>
    silentSince ? silent(reading, secondsSince(readAt ?? silentSince)) : judged

  function happened(printer: Printer, before: Judgement, after: Judgement, at: Date): void {
    const same =
      before.verdict === after.verdict && before.reasons[0]?.word === after.reasons[0]?.word
    if (same || (before.verdict === 'unknown' && after.verdict === 'ok')) return
    const news =
      after.verdict === 'offline'
        ? 'Does not answer'
        : (after.reasons[0]?.sentence ??
          (before.verdict === 'offline' ? 'Answers again' : 'All well'))
    const { id, label } = printer
    happenings.unshift({ at, printer: id, label, verdict: after.verdict, sentence: news })
    happenings.length = Math.min(happenings.length, activityKept)
  }

  return {
    status(printerId) {
      const printer = getPrinter(store.state, printerId)
      const held = known(printer)
      const { reading, readAt, failures, message } = held
      const { verdict, attention, reasons } = judgementOf(held)
      const ageSeconds = readAt && secondsSince(readAt)
      const group = groupOf(store.state, printer)
      const { id, label, assetTag, make, model, building, location } = printer
      const { ipAddress, macAddress, serial, organisation, isActive } = printer
      return {
        printer: {
          id,
          label,
          assetTag,
          make,
          model,
          building,
          location,
          ipAddress,
          macAddress,
          serial,
          group: group && { id: group.id, name: group.name },
          organisation,
          isActive,
        },
        verdict,
        attention,
        reasons: reasons.map(({ sentence }) => sentence),
        status: reading?.status ?? null,
        device: reading?.device ?? { index: null, model: null, status: null },
        errors: reading?.errors ?? null,
        alerts: reading?.alerts ?? [],
        supplies: reading?.supplies ?? [],
        trays: reading?.trays ?? [],
        console: reading?.console ?? [],
        pageCount: reading?.pageCount ?? null,
        snmp: {
          ok: failures > 0 ? false : reading ? true : null,
          version: reading?.snmp.version ?? null,
          message,
        },
        fetchedAt: readAt?.at.toISOString() ?? null,
        ageSeconds,
        stale: failures > 0 || ageSeconds === null || ageSeconds > rules.intervalSeconds * 1.5,
      }
    },
    judgement: (printerId) => judgementOf(known(getPrinter(store.state, printerId))),
    heard(printer, reading) {
      const before = known(printer)
      const now = moment()
      lastHeardMs = now.ms
      const after: Known = reading.ok
        ? { ...before, ...answering, reading, readAt: now, judged: judge(reading, rules) }
        : {
            ...before,
            failures: before.failures + 1,
            silentSince: before.silentSince ?? now,
            message: reading.error,
          }
      const judgedBefore = judgementOf(before)
      knownById.set(printer.id, after)
      happened(printer, judgedBefore, judgementOf(after), now.at)
      const toKeep = lineOf(before) !== lineOf(after)
      return { isNews: toKeep || factsOf(before) !== factsOf(after), toKeep }
    },
    failures: (printer) => known(printer).failures,
    knownVersion(printer) {
      const { reading, failures } = known(printer)
      const version = reading?.snmp.version
      if (failures >= forgetVersionAfter) return null
      return version === '1' || version === '2c' || version === '3' ? version : null
    },
    activity: () => happenings,
    lastHeardMs: () => lastHeardMs,
    save() {
      const printers: Record<string, SavedFleet['printers'][string]> = {}
      for (const printer of Object.values(store.state.printers)) {
        const { address, reading, readAt, failures, silentSince, message } = known(printer)
        if (!reading && failures === 0) continue
        printers[printer.id] = {
          ...{ address, reading, failures, message },
          readAt: readAt?.at.toISOString() ?? null,
          silentSince: silentSince?.at.toISOString() ?? null,
        }
      }
      return { schema: 1, printers }
    },
    restore(saved) {
      const now = moment()
      const then = (iso: string | null): Moment | null => {
        const at = new Date(iso ?? Number.NaN)
        const age = now.at.getTime() - at.getTime()
        // Of a time that is still to come nobody can say how old it is: the clock was set back.
        return age >= 0 ? { at, ms: now.ms - age } : null
      }
      for (const [id, { readAt, silentSince, reading, ...rest }] of Object.entries(
        saved.printers,
      )) {
        const at = then(readAt)
        const last = at && reading ? { reading, readAt: at, judged: judge(reading, rules) } : {}
        const silentFrom = rest.failures > 0 ? (then(silentSince) ?? now) : null
        knownById.set(id, { ...neverAsked, ...rest, ...last, silentSince: silentFrom })
      }
    },
  }
}

/** What the month's file would say of it. */
function lineOf({ reading, failures, message }: Known): string {
  if (failures > 0) return JSON.stringify({ ok: false, error: message })
  return reading ? JSON.stringify(historyFacts(reading)) : ''
}

/** Everything that a screen shows: not the asking, the uptime, or the time. */
function factsOf({ reading }: Known): string {
  if (!reading) return ''
  const { snmp: _asked, system: _uptime, ...facts } = reading
  return JSON.stringify(facts)
}
