import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import type { Entry } from '../journal/entry.ts'
import { entriesAbout, note } from '../journal/journal.ts'
import type { Letter } from '../outbox/letter.ts'
import type { State } from '../state.ts'
import { ticketsIn, whereItWent } from './find.ts'
import { forgetInLetter, isSomebody, withoutPerson } from './forget.ts'
import type { Ticket } from './ticket.ts'

// How long a ticket is kept that is settled, and who reported it. Asked once a day, by the calendar.

export interface TicketRules {
  /** Days after which a settled ticket forgets who reported it. */
  readonly reporterDays: number
  /** Days after which it goes. */
  readonly ticketDays: number
}

/** How many tickets; `more`: there are others, for a run of its own. */
export interface Forgotten {
  readonly forgotten: number
  readonly dropped: number
  readonly more: boolean
}

/** Each is a line in the log, and everybody waits for it. */
const mostInARun = 500

/** Does nothing while the time is not certain: a clock that is ahead would forget what is of today. */
export function forgetOld(tx: Change, rules: TicketRules, act: Act): Forgotten {
  if (!act.clockTrusted) return { forgotten: 0, dropped: 0, more: false }
  const daysAgo = (days: number) => new Date(act.now.getTime() - days * dayMs).toISOString()
  const [oldest, known] = [daysAgo(rules.ticketDays), daysAgo(rules.reporterDays)]
  const due = ticketsIn(tx.state, ['resolved', 'merged']).flatMap((ticket) => {
    const at = settledAt(tx.state, ticket)
    if (at === null || at >= (oldest > known ? oldest : known)) return []
    if (at < oldest) return { ticket, goes: true }
    return tellsOfReporter(tx.state, ticket) ? { ticket, goes: false } : []
  })
  const now = due.slice(0, mostInARun)
  const wanted = new Set(now.map(({ ticket }) => ticket.id))
  const letters = lettersByTicket(tx.state, wanted)
  for (const entry of ofLetters(tx.state, wanted)) tx.put('journal', { ...entry, personal: null })
  for (const { ticket, goes } of now) {
    for (const letter of letters.get(ticket.id) ?? [])
      if (goes) tx.drop('outbox', letter.id)
      else forgetInLetter(tx, letter)
    forgetInJournal(tx, ticket)
    if (goes) tx.drop('tickets', ticket.id)
    else tx.put('tickets', { ...withoutPerson(ticket), meToo: ticket.meToo.map(withoutPerson) })
  }
  const dropped = now.filter(({ goes }) => goes).length
  const forgotten = now.length - dropped
  if (forgotten > 0)
    note(tx, act, {
      what: 'reporters forgotten',
      subject: 'tickets',
      details: { tickets: forgotten },
    })
  if (dropped > 0)
    note(tx, act, { what: 'ticket forgotten', subject: 'tickets', details: { tickets: dropped } })
  return { forgotten, dropped, more: due.length > now.length }
}

const dayMs = 86_400_000

/** What went into another one is settled with that; null: it is not yet. */
function settledAt(state: State, ticket: Ticket): string | null {
  const last = whereItWent(state, ticket)
  // That one is gone already.
  if (last === null) return ticket.openedAt
  return last.resolvedAt
}

function tellsOfReporter(state: State, ticket: Ticket): boolean {
  const reports = [ticket, ...ticket.meToo]
  if (reports.some(({ requester, words }) => words !== '' || isSomebody(requester))) return true
  return reportsIn(state, ticket).length > 0
}

/** By whom it was reported, and from which address of the network; of the staff it says as much as before. */
function reportsIn(state: State, { id }: Ticket) {
  return entriesAbout(state, id).filter(
    ({ what, from, personal }) =>
      personal !== null &&
      (what === 'ticket opened' || what === 'ticket joined' || from === 'QR page'),
  )
}

function forgetInJournal(tx: Change, ticket: Ticket): void {
  for (const entry of reportsIn(tx.state, ticket)) tx.put('journal', { ...entry, personal: null })
}

/** Those that wait too: after so long nobody does, and without a mail server they would for ever. */
function lettersByTicket(state: State, wanted: ReadonlySet<string>): Map<string, Letter[]> {
  const found = new Map<string, Letter[]>()
  if (wanted.size === 0) return found
  for (const letter of Object.values(state.outbox)) {
    if (!('ticket' in letter.facts)) continue
    const { ticket } = letter.facts
    if (wanted.has(ticket)) found.set(ticket, [...(found.get(ticket) ?? []), letter])
  }
  return found
}

/** What staff did with letters about these tickets: it says to whom they were. */
function ofLetters(state: State, wanted: ReadonlySet<string>): Entry[] {
  if (wanted.size === 0) return []
  return Object.values(state.journal).filter(
    ({ what, personal, details: { ticket } }) =>
      personal !== null &&
      (what === 'letter sent again' || what === 'letter dropped') &&
      typeof ticket === 'string' &&
      wanted.has(ticket),
  )
}
