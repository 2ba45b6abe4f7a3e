import type { Printer } from '../printers/printer.ts'
import type { State } from '../state.ts'
import type { Ticket } from './ticket.ts'

/** Every ticket that a printer ever had and that is still kept, settled ones too; in no order. */
export function ticketsOf(state: State, { id }: Pick<Printer, 'id'>): Ticket[] {
  return [...(state.by.ticketsByPrinter.get(id) ?? [])].flatMap((each) => state.tickets[each] ?? [])
}
