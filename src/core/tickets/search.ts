import { asCounted } from '../as-counted.ts'
import { lookedFor } from '../looked-for.ts'
import { may, maySeeTicket } from '../people/access.ts'
import type { Person } from '../people/person.ts'
import type { State } from '../state.ts'
import { byAge, ticketsIn } from './find.ts'
import { isAlive, type Ticket, ticketStates, ticketTitle } from './ticket.ts'

// The list of tickets, as far as it is wished for: the same for the pages and for scripts.

/** `to-do`: open or taken; `cleared`: of these, those whose fault is gone by the printer's word. */
export const listStates = ['to-do', ...ticketStates, 'cleared', 'all'] as const
/** `newest`: by when it was settled where it was. */
export const sorts = ['oldest', 'newest', 'printer'] as const

export interface TicketWish {
  /** Words that all have to occur; empty: any. */
  readonly q: string
  readonly state: (typeof listStates)[number]
  /** null: any. */
  readonly kind: Ticket['kind'] | null
  /** Ids; null: any. */
  readonly printer: string | null
  readonly group: string | null
  /** null: what is to do the oldest first, what was settled the newest first. */
  readonly sort: (typeof sorts)[number] | null
}

/** Those in reach of the person. */
export function findTickets(state: State, person: Person, wish: TicketWish): Ticket[] {
  if (!may(person, 'tickets look')) return []
  const isMeant = lookedFor(wish.q, (ticket: Ticket) => textOf(state, ticket))
  return ticketsIn(state, statesOf[wish.state])
    .filter((ticket) => {
      if (wish.state === 'cleared' && ticket.clearedAt === null) return false
      if (wish.kind !== null && ticket.kind !== wish.kind) return false
      if (wish.printer !== null && ticket.printer !== wish.printer) return false
      if (wish.group !== null && state.printers[ticket.printer]?.group !== wish.group) return false
      return maySeeTicket(state, person, ticket) && isMeant(ticket)
    })
    .sort(orders[wish.sort ?? usualSort(wish.state)](state))
}

const statesOf: Readonly<Record<TicketWish['state'], readonly Ticket['state'][]>> = {
  'to-do': ['open', 'taken'],
  open: ['open'],
  taken: ['taken'],
  resolved: ['resolved'],
  merged: ['merged'],
  cleared: ['open', 'taken'],
  all: ticketStates,
}

export const usualSort = (state: TicketWish['state']): (typeof sorts)[number] =>
  state === 'resolved' || state === 'merged' || state === 'all' ? 'newest' : 'oldest'

type Order = (a: Ticket, b: Ticket) => number

const orders: Readonly<Record<(typeof sorts)[number], (state: State) => Order>> = {
  oldest: () => byAge,
  newest: () => (a, b) =>
    lastMoment(a) > lastMoment(b) ? -1 : lastMoment(a) < lastMoment(b) ? 1 : byAge(b, a),
  printer: (state) => {
    const label = ({ printer }: Ticket) => state.printers[printer]?.label ?? ''
    return (a, b) => asCounted(label(a), label(b)) || byAge(a, b)
  },
}

/** Of what is alive, when it was opened. */
const lastMoment = (ticket: Ticket): string =>
  isAlive(ticket) ? ticket.openedAt : (ticket.resolvedAt ?? ticket.openedAt)

/** What is looked through: matter, words, people, printer, id. */
function textOf(state: State, ticket: Ticket): string {
  const { id, notes, meToo, takenBy, resolvedBy } = ticket
  const printer = state.printers[ticket.printer]
  const reports = [ticket, ...meToo].flatMap(({ words, requester }) => [
    ...[words, requester.name, requester.email],
  ])
  return [
    ...[id, ticketTitle(ticket), takenBy, resolvedBy, ...reports],
    ...[printer?.label, printer?.building, printer?.location],
    ...notes.map((note) => note.words),
  ].join('\n')
}
