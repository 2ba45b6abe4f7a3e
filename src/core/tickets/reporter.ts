import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import { Refusal } from '../refusal.ts'
import { noteTicket } from './settle.ts'
import { isAlive, type Ticket } from './ticket.ts'

// What whoever holds the receipt may add: one of two sentences, once. It ends no ticket; who looks after
// the printer decides.

export const reporterSays = {
  works: 'It works again.',
  broken: 'It is still broken.',
} as const
export type Said = keyof typeof reporterSays

/** Whose name the note bears: nobody knows who holds the receipt. */
export const whoReported = 'who reported it'

/** Said twice is said once. Refuses `conflict` when the ticket has ended. */
export function noteOfReporter(tx: Change, ticket: Ticket, says: Said, act: Act): void {
  if (!isAlive(ticket))
    throw new Refusal('conflict', 'That is settled by now. If it is back, scan the code once more.')
  if (mayStillSay(ticket, says))
    noteTicket(tx, ticket.id, reporterSays[says], { ...act, by: whoReported })
}

/** Each once: a receipt may be in many hands. */
export function mayStillSay(ticket: Ticket, says: Said): boolean {
  return isAlive(ticket) && !ticket.notes.some((note) => isOfReporter(note, says))
}

/** What was said last. */
export function lastSaid({ notes }: Ticket): Said | null {
  const last = notes.findLast(({ by }) => by === whoReported)
  return last ? (last.words === reporterSays.works ? 'works' : 'broken') : null
}

const isOfReporter = ({ by, words }: Ticket['notes'][number], says: Said): boolean =>
  by === whoReported && words === reporterSays[says]
