import { entriesAbout } from '../journal/journal.ts'
import type { SummaryFacts } from '../outbox/letter.ts'
import { addressesIn } from '../outbox/recipients.ts'
import { may, maySeeTicket } from '../people/access.ts'
import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import { aliveTickets } from './find.ts'
import { isAlive, stateWords, type Ticket, ticketTitle } from './ticket.ts'

// The summary of tickets: who gets it, and what it tells each. Its words are made in `mail/letters`.

export interface SummaryWish {
  /** ISSUE_SUMMARY_RECIPIENT, else EMAIL_TO: these are told of all; null: nobody of the settings. */
  readonly recipients: string | null
  /** Only what was opened, or settled, in these; null: however old. */
  readonly lookbackHours: number | null
  /** Also what was settled; without `lookbackHours` since the last summary of the calendar. */
  readonly includeClosed: boolean
}

/** One letter: it goes to one address. */
export interface Summary {
  readonly to: string
  readonly facts: SummaryFacts
}

/** Of the schedule, and of its entries in the journal: for ever the same. */
export const summaryName = 'summary'

/** What would be posted now; none where there is nothing to tell. Refuses `conflict` where nobody gets it. */
export function summaries(state: State, wish: SummaryWish, now: Date): Summary[] {
  const readers = readersOf(state, wish.recipients)
  if (readers.size === 0)
    throw new Refusal(
      'conflict',
      'Nobody gets the summary. Set ISSUE_SUMMARY_RECIPIENT or EMAIL_TO, or give an account an e-mail address and the daily summary.',
    )
  const tickets = toldOf(state, wish, now)
  return [...readers.values()].flatMap(({ to, sees }) => {
    const theirs = tickets.filter((ticket) => sees.some((see) => see(ticket)))
    if (theirs.length === 0) return []
    const facts: SummaryFacts = {
      at: now.toISOString(),
      lookbackHours: wish.lookbackHours,
      tickets: theirs.map((ticket) => summed(state, ticket, now)),
    }
    return [{ to, facts }]
  })
}

/** Whether anybody gets one. */
export const isWanted = (state: State, recipients: string | null): boolean =>
  readersOf(state, recipients).size > 0

/** When the calendar's last one was posted, as far as the journal goes back; null: not in that time. */
export function lastSummary(state: State): string | null {
  const last = entriesAbout(state, summaryName).findLast(({ details }) => details.slot !== null)
  return last?.at ?? null
}

interface Reader {
  /** As it was written first. */
  readonly to: string
  /** A mailbox that several share is told what any of them may see. */
  readonly sees: ((ticket: Ticket) => boolean)[]
}

/** By the address in small letters: each gets one letter, however often it stands somewhere. */
function readersOf(state: State, recipients: string | null): Map<string, Reader> {
  const readers = new Map<string, Reader>()
  for (const address of addressesIn(recipients ?? '')) add(address, () => true)
  for (const person of Object.values(state.people))
    if (person.summary && person.email && may(person, 'tickets look'))
      add(person.email, (ticket) => maySeeTicket(state, person, ticket))
  return readers

  function add(to: string, see: (ticket: Ticket) => boolean): void {
    const key = to.toLowerCase()
    const known = readers.get(key)
    if (known) known.sees.push(see)
    else readers.set(key, { to, sees: [see] })
  }
}

/** Those that wait, the longest first; behind them those that were settled, in the order they were. */
function toldOf(state: State, { lookbackHours, includeClosed }: SummaryWish, now: Date): Ticket[] {
  const from = lookbackHours === null ? null : hoursBefore(now, lookbackHours)
  // A time that was not certain may be any: better told once too often.
  const alive = aliveTickets(state).filter(
    ({ openedAt, clockTrusted }) => from === null || !clockTrusted || openedAt >= from,
  )
  if (!includeClosed) return alive
  const since = from ?? lastSummary(state) ?? hoursBefore(now, 24)
  const settled = [...(state.by.ticketsByState.get('resolved') ?? [])]
    .flatMap((id) => state.tickets[id] ?? [])
    .filter(({ resolvedAt }) => resolvedAt !== null && resolvedAt >= since)
    .sort((a, b) => ((a.resolvedAt ?? '') < (b.resolvedAt ?? '') ? -1 : 1))
  return [...alive, ...settled]
}

const hoursBefore = (now: Date, hours: number) =>
  new Date(now.getTime() - hours * 3_600_000).toISOString()

/** Nothing of who reported it: a summary is passed on. */
function summed(state: State, ticket: Ticket, now: Date): SummaryFacts['tickets'][number] {
  const printer = state.printers[ticket.printer]
  const until = ticket.resolvedAt === null ? now.getTime() : Date.parse(ticket.resolvedAt)
  return {
    ticket: ticket.id,
    title: ticketTitle(ticket),
    kind: ticket.kind,
    printer: printer?.label ?? '',
    place: [printer?.building, printer?.location].filter(Boolean).join(' '),
    state: stateWords(ticket),
    isSettled: !isAlive(ticket),
    openedAt: ticket.openedAt,
    clockTrusted: ticket.clockTrusted,
    openMinutes: Math.max(0, Math.floor((until - Date.parse(ticket.openedAt)) / 60_000)),
  }
}
