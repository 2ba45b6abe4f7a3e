import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import { ticketsOf } from './of-printer.ts'
import { isAlive, type Ticket } from './ticket.ts'

/** Refuses `missing`. */
export function getTicket(state: State, id: string): Ticket {
  const ticket = state.tickets[id]
  if (!ticket) throw new Refusal('missing', 'There is no such ticket.')
  return ticket
}

/** What became of it: where it went into another one, that one. */
export function findByReceipt(state: State, receipt: string): Ticket | null {
  const [id] = state.by.ticketsByReceipt.get(receipt.toUpperCase()) ?? []
  const ticket = id === undefined ? undefined : state.tickets[id]
  return ticket ? whereItWent(state, ticket) : null
}

/** The ticket that it is part of by now; itself where it went into no other. null: that one is gone. */
export function whereItWent(state: State, ticket: Ticket): Ticket | null {
  let at: Ticket | undefined = ticket
  while (at?.mergedInto != null) at = state.tickets[at.mergedInto]
  return at ?? null
}

/** Those that somebody has to do something about, the oldest first. */
export function aliveTickets(state: State): Ticket[] {
  return ticketsIn(state, ['open', 'taken']).sort(byAge)
}

/** Of these states; in no order. */
export function ticketsIn(state: State, states: readonly Ticket['state'][]): Ticket[] {
  return states
    .flatMap((each) => [...(state.by.ticketsByState.get(each) ?? [])])
    .flatMap((id) => state.tickets[id] ?? [])
}

/** The oldest first. */
export function byAge(a: Ticket, b: Ticket): number {
  return a.openedAt < b.openedAt || (a.openedAt === b.openedAt && a.id < b.id) ? -1 : 1
}

/** What could take it in: the others of its printer that are alive, the oldest first. */
export function othersAlive(state: State, { id, printer }: Ticket): Ticket[] {
  return ticketsOf(state, { id: printer })
    .filter((each) => each.id !== id && isAlive(each))
    .sort(byAge)
}
