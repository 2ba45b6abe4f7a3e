import type { Printer } from '../printers/printer.ts'
import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'

/** Mission B8: at most three issue tickets a printer in an hour. */
export const issuesAnHour = 3
const hourMs = 3_600_000

/** Refuses `too-many` the fourth, in words for a student: the trouble is known. */
export function refuseFourthIssue(state: State, printer: Printer, now: Date): void {
  const opened = [...(state.by.ticketsByPrinter.get(printer.id) ?? [])]
    .flatMap((id) => state.tickets[id] ?? [])
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
