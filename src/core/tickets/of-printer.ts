import type { Printer } from '../printers/printer.ts'
import type { State } from '../state.ts'
import type { Ticket } from './ticket.ts'

/** Every ticket that a printer ever had and that is still kept, settled ones too; in no order. */
export function ticketsOf(state: State, { id }: Pick<Printer, 'id'>): Ticket[] {
  const found: Ticket[] = []
  for (const each of state.by.ticketsByPrinter.get(id) ?? []) {
    const ticket = state.tickets[each]
    if (ticket) found.push(ticket)
  }
  return found
}
