import type { RecordOf } from '../state.ts'
import { lowSupplies } from './low-supplies.ts'
import type { Verdict, Watched } from './status.ts'

// Figures of the fleet and of its tickets (T6), of what somebody may see.

type Ticket = RecordOf<'tickets'>

export interface Statistics {
  readonly printers: number
  readonly verdicts: Readonly<Record<Verdict, number>>
  /** The most first. */
  readonly makers: readonly Count[]
  readonly models: readonly Count[]
  readonly groups: readonly Count[]
  readonly lowSupplies: { readonly colours: readonly Count[]; readonly models: readonly Count[] }
  /** What the page counters say together, of the printers that tell one. */
  readonly pages: { readonly counted: number; readonly printers: number }
  readonly tickets: {
    readonly open: number
    readonly taken: number
    /** 24 h, 7 days, 30 days. */
    readonly spans: readonly TicketSpan[]
    /** Of the last 30 days, the most first. */
    readonly most: readonly PrinterCount[]
  }
  /** The longest first. */
  readonly silent: readonly Silent[]
}

/** `name` null: not known, or none. */
export interface Count {
  readonly name: string | null
  readonly count: number
}

export interface TicketSpan {
  readonly hours: number
  readonly opened: number
  readonly resolved: number
  /** Medians of those taken, and of those resolved in that time; null: none was. */
  readonly minutesUntilTaken: number | null
  readonly minutesUntilResolved: number | null
}

export interface PrinterCount {
  readonly id: string
  readonly label: string
  readonly count: number
}

export interface Silent {
  readonly id: string
  readonly label: string
  /** When it was read last; null: never. */
  readonly readAt: string | null
}

const spanHours = [24, 24 * 7, 24 * 30] as const
const mostListed = 10

export function statisticsOf(
  printers: readonly Watched[],
  tickets: readonly Ticket[],
  now: Date,
): Statistics {
  const statuses = printers.map(({ status }) => status)
  const low = lowSupplies(printers)
  const counters = statuses.flatMap(({ pageCount }) => (pageCount === null ? [] : [pageCount]))
  const count = (state: Ticket['state']) => tickets.filter((each) => each.state === state).length
  return {
    printers: printers.length,
    verdicts: countVerdicts(statuses.map(({ verdict }) => verdict)),
    makers: counted(statuses.map(({ printer }) => printer.make)),
    models: counted(statuses.map(({ printer, device }) => printer.model ?? device.model)),
    groups: counted(statuses.map(({ printer }) => printer.group?.name ?? null)),
    lowSupplies: {
      colours: counted(low.map(({ colour, kind }) => colour ?? kind)),
      models: counted(low.map(({ model }) => model)),
    },
    pages: { counted: counters.reduce((sum, each) => sum + each, 0), printers: counters.length },
    tickets: {
      ...{ open: count('open'), taken: count('taken') },
      spans: spanHours.map((hours) => spanOf(tickets, hours, now)),
      most: mostTickets(printers, tickets, now),
    },
    silent: silentOf(printers),
  }
}

function countVerdicts(all: readonly Verdict[]): Statistics['verdicts'] {
  const counts = { error: 0, offline: 0, warning: 0, unknown: 0, ok: 0 }
  for (const each of all) counts[each] += 1
  return counts
}

/** The most first, by name where there are as many; what has no name last of these. */
function counted(names: readonly (string | null)[]): Count[] {
  const counts = new Map<string | null, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || ((a.name ?? '\uffff') < (b.name ?? '\uffff') ? -1 : 1))
}

function spanOf(tickets: readonly Ticket[], hours: number, now: Date): TicketSpan {
  const from = now.getTime() - hours * 3_600_000
  // What a clock that was ahead has written is of no span.
  const isIn = (at: string | null) =>
    at !== null && Date.parse(at) > from && Date.parse(at) <= now.getTime()
  const resolved = tickets.filter(({ resolvedAt }) => isIn(resolvedAt))
  return {
    hours,
    opened: tickets.filter(({ openedAt }) => isIn(openedAt)).length,
    resolved: resolved.length,
    minutesUntilTaken: medianMinutes(
      tickets.filter(({ takenAt }) => isIn(takenAt)),
      ({ takenAt }) => takenAt,
    ),
    minutesUntilResolved: medianMinutes(resolved, ({ resolvedAt }) => resolvedAt),
  }
}

/** From a clock that was not set nobody knows how long it took. */
function medianMinutes(
  tickets: readonly Ticket[],
  endOf: (ticket: Ticket) => string | null,
): number | null {
  const minutes = tickets
    .filter(({ clockTrusted }) => clockTrusted)
    .map((each) => (Date.parse(endOf(each) ?? '') - Date.parse(each.openedAt)) / 60_000)
    .filter((each) => each >= 0)
    .sort((a, b) => a - b)
  const [low, high] = [Math.floor((minutes.length - 1) / 2), Math.ceil((minutes.length - 1) / 2)]
  const [one, other] = [minutes[low], minutes[high]]
  return one === undefined || other === undefined ? null : Math.round((one + other) / 2)
}

function mostTickets(
  printers: readonly Watched[],
  tickets: readonly Ticket[],
  now: Date,
): PrinterCount[] {
  const from = new Date(now.getTime() - 30 * 86_400_000).toISOString()
  const counts = new Map<string, number>()
  for (const { printer, openedAt } of tickets)
    if (openedAt > from) counts.set(printer, (counts.get(printer) ?? 0) + 1)
  return printers
    .flatMap(({ status: { printer } }) => {
      const count = counts.get(printer.id) ?? 0
      return count === 0 ? [] : [{ id: printer.id, label: printer.label, count }]
    })
    .sort((a, b) => b.count - a.count)
    .slice(0, mostListed)
}

function silentOf(printers: readonly Watched[]): Silent[] {
  return printers
    .filter(({ status }) => status.verdict === 'offline')
    .map(({ status: { printer, fetchedAt } }) => ({
      ...{ id: printer.id, label: printer.label, readAt: fetchedAt },
    }))
    .sort((a, b) => ((a.readAt ?? '') < (b.readAt ?? '') ? -1 : 1))
    .slice(0, mostListed)
}
