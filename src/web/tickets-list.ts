import type { z } from 'zod'
import { getVisiblePrinter, maySeeGroup, maySeeTicket } from '../core/people/access.ts'
import type { Person } from '../core/people/person.ts'
import type { State } from '../core/state.ts'
import { findTickets, listStates, sorts, type TicketWish } from '../core/tickets/search.ts'
import type { Ticket } from '../core/tickets/ticket.ts'
import { type Answer, page, type SignedAsk, seeOther } from './answer.ts'
import { ticketsPage } from './pages/tickets-list.ts'
import { anyWords, oneOf, pageNumber, readQuery } from './query.ts'
import { mayErase } from './tickets-erase.ts'
import { type BoardParts, filed, viewOf } from './views.ts'

// The list of tickets: what is looked for stands in the address.

/** Of the address of the list, for people and for scripts alike. */
export const wishQuery = {
  q: anyWords,
  state: oneOf(listStates).default('to-do'),
  kind: oneOf(['issue', 'supply', '']).default(''),
  printer: anyWords,
  group: anyWords,
  sort: oneOf([...sorts, '']).default(''),
} as const

type Wished = z.output<z.ZodObject<typeof wishQuery>>

/** A form sends what is left empty as well. Refuses `missing` a printer out of reach. */
export function wishOf(state: State, person: Person, wished: Wished): TicketWish {
  if (wished.printer) getVisiblePrinter(state, person, wished.printer)
  return {
    ...{ q: wished.q, state: wished.state, kind: wished.kind || null },
    ...{ printer: wished.printer || null, group: wished.group || null, sort: wished.sort || null },
  }
}

const perPage = 50

export function listTickets(parts: BoardParts, ask: SignedAsk): Answer {
  const { store } = parts
  const { state } = store
  const {
    page: number,
    undo,
    ...wished
  } = readQuery(ask.query, {
    ...wishQuery,
    page: pageNumber,
    undo: anyWords,
  })
  const wish = wishOf(state, ask.person, wished)
  const all = findTickets(state, ask.person, wish)
  const last = Math.max(1, Math.ceil(all.length / perPage))
  // Who resolves the last one of a page comes back to a page that is no more.
  if (number > last) {
    const query = new URLSearchParams(ask.query)
    query.set('page', String(last))
    return seeOther(`/tickets?${query}`)
  }
  const done = undo ? findResolved(state, ask.person, undo) : null
  const list = {
    ...{ wish, page: number, total: all.length, perPage },
    tickets: all
      .slice((number - 1) * perPage, number * perPage)
      .map((ticket) => filed(store, ticket)),
    undo: done && filed(store, done),
    groups: Object.values(state.groups)
      .filter((group) => maySeeGroup(ask.person, group))
      .sort((a, b) => a.name.localeCompare(b.name, 'en')),
    printer: (wish.printer && state.printers[wish.printer]?.label) || null,
    mayErase: mayErase(ask.person),
  }
  return page(200, ticketsPage(viewOf(parts, ask), list))
}

/** What was just resolved, unless somebody has undone that already. */
function findResolved(state: State, person: Person, id: string): Ticket | null {
  const ticket = Object.hasOwn(state.tickets, id) ? state.tickets[id] : undefined
  return ticket?.state === 'resolved' && maySeeTicket(state, person, ticket) ? ticket : null
}
