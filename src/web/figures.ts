import { maySeeTicket } from '../core/people/access.ts'
import type { Person } from '../core/people/person.ts'
import { type Statistics, statisticsOf } from '../core/status/statistics.ts'
import { createFleetLists } from './fleet-lists.ts'
import type { BoardParts } from './views.ts'

/** Figures of the printers and tickets in reach; page and API tell the same. */
export function createFigures(parts: BoardParts): (person: Person) => Statistics {
  const lists = createFleetLists(parts)
  const { store, clock } = parts
  return (person) => {
    const tickets = Object.values(store.state.tickets).filter((ticket) =>
      maySeeTicket(store.state, person, ticket),
    )
    return statisticsOf(lists(person).watched, tickets, clock.now())
  }
}
