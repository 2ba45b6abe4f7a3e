import { maySeeTicket } from '../core/people/access.ts'
import type { Person } from '../core/people/person.ts'
import { type Statistics, statisticsOf } from '../core/status/statistics.ts'
import type { FleetParts } from './views.ts'

/** Figures of the printers and tickets in reach; page and API tell the same. */
export function figuresFor({ store, clock, lists }: FleetParts, person: Person): Statistics {
  const tickets = Object.values(store.state.tickets).filter((ticket) =>
    maySeeTicket(store.state, person, ticket),
  )
  return statisticsOf(lists.of(person).watched, tickets, clock.now())
}
