import type { Clock } from '../core/clock.ts'
import { may, maySee, maySeeTicket, visiblePrinters } from '../core/people/access.ts'
import type { Person } from '../core/people/person.ts'
import type { Printer } from '../core/printers/printer.ts'
import type { Question } from '../core/questions/question.ts'
import { openQuestions } from '../core/questions/questions.ts'
import type { HistoryLine } from '../core/status/history.ts'
import { byNeed } from '../core/status/need.ts'
import type { Watched } from '../core/status/status.ts'
import type { Store } from '../core/store.ts'
import { aliveTickets } from '../core/tickets/find.ts'
import type { Ticket } from '../core/tickets/ticket.ts'
import type { SignedAsk } from './answer.ts'
import type { FleetLists } from './fleet-lists.ts'
import type { WatchedFleet } from './fleet-view.ts'
import type { Force } from './force.ts'
import type { HealthParts } from './health.ts'
import type { View } from './pages/board.ts'
import type { Nothing } from './pages/printers.ts'
import type { Filed } from './pages/tickets.ts'
import type { Polls } from './polls.ts'

// What the pages of several rooms show of the same things, to this person.

export interface BoardParts extends Pick<HealthParts, 'health'> {
  readonly store: Store
  readonly clock: Clock
  readonly fleet: WatchedFleet
  readonly site: string
  readonly timeZone: string | null
  /** What a printer said of late, the oldest first. */
  readonly history: (printer: string) => Promise<readonly HistoryLine[]>
}

/** Rooms that show the fleet: what one makes of it, and has it asked, serves all of them. */
export interface FleetParts extends BoardParts {
  readonly lists: FleetLists
  readonly polls: Polls
  readonly force: Force
}

export function viewOf({ site, clock, timeZone, health }: BoardParts, ask: SignedAsk): View {
  const broken = Object.values(health()).filter((part) => !part.ok)
  return {
    ...{ site, timeZone, name: ask.person.name, proof: ask.proof, now: clock.now() },
    may: (needs) => may(ask.person, needs),
    isForAll: ask.person.reach === 'all',
    trouble: [
      ...broken.map(({ sentence }) => sentence),
      ...(clock.trusted() ? [] : ['The clock of this machine is not set yet: times may be wrong.']),
    ],
  }
}

/** Worst first; retired ones are nobody's business any more. */
export function watchedBy({ store, fleet }: BoardParts, person: Person): Watched[] {
  if (!may(person, 'printers look')) return []
  const active = visiblePrinters(store.state, person).filter(({ isActive }) => isActive)
  return byNeed(active.map(({ id }) => fleet.watched(id)))
}

/** Why the list is empty, where it is. */
export function nothingFor({ store }: BoardParts, watched: readonly Watched[]): Nothing | null {
  if (watched.length > 0) return null
  return Object.values(store.state.printers).some(({ isActive }) => isActive) ? 'person' : 'site'
}

/** The oldest first. */
export function aliveFor({ store }: BoardParts, person: Person): Filed[] {
  if (!may(person, 'tickets look')) return []
  return aliveTickets(store.state)
    .filter((ticket) => maySeeTicket(store.state, person, ticket))
    .map((ticket) => filed(store, ticket))
}

/** What a person is asked about the printers in sight, the oldest first. */
export function askedOf(
  { store: { state } }: BoardParts,
  person: Person,
): { readonly printer: Printer; readonly question: Question }[] {
  if (!may(person, 'printers change')) return []
  return openQuestions(state).flatMap((question) => {
    const printer = state.printers[question.printer]
    return printer?.isActive && maySee(state, person, printer) ? [{ printer, question }] : []
  })
}

export function filed({ state }: Store, ticket: Ticket): Filed {
  const printer = state.printers[ticket.printer]
  if (!printer) return { ticket, printer: null }
  const { id, label, building, location } = printer
  const place = [building, location].filter(Boolean).join(' ')
  return { ticket, printer: { id, label, place } }
}
