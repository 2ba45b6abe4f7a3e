import type { Printer } from '../printers/printer.ts'
import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import { ticketsOf } from './of-printer.ts'
import { isAlive } from './ticket.ts'

/** Mission B8: at most three issue tickets a printer in an hour. */
export const issuesAnHour = 3
const hourMs = 3_600_000

/** A printer with so much asked for has been heard; whoever comes to it will see the rest. */
const mostAskedFor = 10

/** Refuses `too-many` what is asked for beyond ten open tickets of supplies for a printer. */
export function refuseMoreSupplies(state: State, printer: Printer): void {
  const asked = ticketsOf(state, printer).filter(
    (ticket) => ticket.kind === 'supply' && isAlive(ticket),
  )
  if (asked.length < mostAskedFor) return
  throw new Refusal(
    'too-many',
    `Thank you. It is known that ${printer.label} needs supplies, and somebody will come.`,
    { retryAfterSeconds: 3600, printer: printer.id },
  )
}

/** Refuses `too-many` the fourth, in words for a student: the trouble is known. */
export function refuseFourthIssue(state: State, printer: Printer, now: Date): void {
  const opened = ticketsOf(state, printer)
    .filter(({ kind }) => kind === 'issue')
    .map(({ openedAt }) => Date.parse(openedAt))
    // A clock that was ahead and is right again must not shut a printer's code for a year.
    .filter((at) => Math.abs(now.getTime() - at) < hourMs)
    .sort((a, b) => a - b)
  const first = opened.at(-issuesAnHour)
  if (first === undefined) return
  throw new Refusal(
    'too-many',
    `Thank you. The trouble with ${printer.label} is known and somebody will come.`,
    {
      printer: printer.id,
      retryAfterSeconds: Math.max(1, Math.ceil((first + hourMs - now.getTime()) / 1000)),
    },
  )
}
