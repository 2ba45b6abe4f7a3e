import { Refusal } from '../refusal.ts'
import type { RecordOf, State } from '../state.ts'
import type { Person } from './person.ts'

// May this person see this printer? Asked by every mouth, decided here.

type Printer = RecordOf<'printers'>

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

function groupOf(state: State, printer: Printer): RecordOf<'groups'> | undefined {
  return printer.group ? state.groups[printer.group] : undefined
}
