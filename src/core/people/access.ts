import { Refusal } from '../refusal.ts'
import type { RecordOf, State } from '../state.ts'
import type { Person } from './person.ts'

// May this person see this printer, this ticket? Asked by every mouth, decided here.

type Printer = RecordOf<'printers'>
type Ticket = RecordOf<'tickets'>

/** Administrators see all; managers, the printers of the groups that name them. */
export function maySee(state: State, person: Person, printer: Printer): boolean {
  if (person.disabledAt) return false
  if (person.role === 'administrator') return true
  return groupOf(state, printer)?.managers.includes(person.id) ?? false
}

export function visiblePrinters(state: State, person: Person): Printer[] {
  return Object.values(state.printers).filter((printer) => maySee(state, person, printer))
}

/** Refuses `missing` what there is not and what is out of reach alike, so that nothing leaks. */
export function getVisiblePrinter(state: State, person: Person, id: string): Printer {
  const printer = Object.hasOwn(state.printers, id) ? state.printers[id] : undefined
  if (printer && maySee(state, person, printer)) return printer
  throw new Refusal('missing', 'There is no such printer.', { field: 'printer' })
}

/** A ticket goes with its printer; one whose printer is gone is for administrators. */
export function maySeeTicket(state: State, person: Person, ticket: Ticket): boolean {
  const printer = state.printers[ticket.printer]
  if (printer) return maySee(state, person, printer)
  return person.role === 'administrator' && !person.disabledAt
}

/** Refuses `missing`, as with printers. */
export function getVisibleTicket(state: State, person: Person, id: string): Ticket {
  const ticket = Object.hasOwn(state.tickets, id) ? state.tickets[id] : undefined
  if (ticket && maySeeTicket(state, person, ticket)) return ticket
  throw new Refusal('missing', 'There is no such ticket.', { field: 'ticket' })
}

function groupOf(state: State, printer: Printer): RecordOf<'groups'> | undefined {
  return printer.group ? state.groups[printer.group] : undefined
}
