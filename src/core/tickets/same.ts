import type { Printer } from '../printers/printer.ts'
import type { State } from '../state.ts'
import { ticketsOf } from './of-printer.ts'
import { isAlive, type Ticket } from './ticket.ts'

// When two reports are one: the same form sent twice, and the same trouble seen by two people.

type Trouble = Pick<Ticket, 'kind' | 'fault' | 'wants' | 'words'>

/** The oldest that is alive with the same trouble. */
export function findSame(state: State, printer: Printer, report: Trouble): Ticket | undefined {
  return ticketsOf(state, printer)
    .filter((ticket) => isAlive(ticket) && isSame(ticket, report))
    .sort((a, b) => (a.openedAt < b.openedAt ? -1 : 1))[0]
}

/** What this very form has told of already, whatever became of it: an answer that was lost, a reload. */
export function findSent(
  state: State,
  printer: Printer,
  report: Trouble & { readonly form: string | null },
): Ticket | undefined {
  return ticketsOf(state, printer).find(
    (ticket) => isFrom(ticket, report.form) && isSame(ticket, report),
  )
}

/** Whether this form made the ticket, or joined it. */
export function isFrom(ticket: Ticket, form: string | null): boolean {
  return form !== null && [ticket, ...ticket.meToo].some((each) => each.form === form)
}

/** "Something else" is the same only in the same words: else the second trouble would be lost. */
function isSame(a: Trouble, b: Trouble): boolean {
  if (a.kind !== b.kind || a.fault !== b.fault || a.wants !== b.wants) return false
  const isOther = a.fault === 'other' || a.wants === 'other'
  return !isOther || plain(a.words) === plain(b.words)
}

const plain = (words: string) => words.replaceAll(/\s+/g, ' ').trim().toLowerCase()
