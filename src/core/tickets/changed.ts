import type { Change } from '../change.ts'
import { changesBetween, note, type Words } from '../journal/journal.ts'
import type { Deed } from '../journal/weight.ts'
import { alsoSignedIn, type DeskAct } from './acting.ts'
import type { Ticket } from './ticket.ts'

interface TicketChange extends Pick<Words, 'details' | 'personal'> {
  readonly before: Ticket
  readonly after: Ticket
}

/** Puts the ticket as it is now, and into the journal what became different. */
export function changeTicket(
  tx: Change,
  act: DeskAct,
  what: Deed,
  { before, after, details, ...more }: TicketChange,
): Ticket {
  tx.put('tickets', after)
  const changes = changesBetween(written(before), written(after), fields)
  const said = { ...details, ...alsoSignedIn(act) }
  note(tx, act, { ...more, what, subject: after.id, details: said, changes })
  return after
}

/** What people typed stays with the ticket, where it can be erased; the journal counts it. */
const written = (ticket: Ticket) => ({
  ...ticket,
  meToo: ticket.meToo.length,
  notes: ticket.notes.length,
})
const fields = [
  ...(['state', 'takenBy', 'takenAt', 'resolvedBy', 'resolvedAt'] as const),
  ...(['mergedInto', 'meToo', 'notes', 'clearedAt'] as const),
]
