import type { Change } from '../change.ts'
import { Refusal } from '../refusal.ts'
import type { DeskAct } from './acting.ts'
import { changeTicket } from './changed.ts'
import { getTicket } from './find.ts'
import { notNow } from './settle.ts'
import { isAlive, type Ticket } from './ticket.ts'

/**
 * One ticket goes into another of the same printer; whoever reported it follows the other. For good: the
 * reports are one list from then on, and nothing could tell them apart again.
 */
export function mergeTicket(tx: Change, ids: { id: string; into: string }, act: DeskAct): Ticket {
  const [ticket, into] = [getTicket(tx.state, ids.id), getTicket(tx.state, ids.into)]
  if (ticket.id === into.id || ticket.printer !== into.printer)
    throw new Refusal('invalid', 'Only another ticket of the same printer can take it in.', {
      field: 'into',
    })
  for (const one of [ticket, into]) if (!isAlive(one)) throw notNow(one)
  changeTicket(tx, act, 'ticket took another in', {
    before: into,
    after: together(ticket, into),
    details: { other: ticket.id },
  })
  return changeTicket(tx, act, 'ticket merged', {
    before: ticket,
    after: { ...ticket, state: 'merged', mergedInto: into.id },
  })
}

/** What `into` is once it has taken the other in. */
export function together(ticket: Ticket, into: Ticket): Ticket {
  const { openedAt: at, requester, words, form } = ticket
  const meToo = [...into.meToo, { at, requester, words, form }, ...ticket.meToo]
  return {
    ...into,
    meToo: meToo.sort(byTime),
    notes: [...into.notes, ...ticket.notes].sort(byTime),
  }
}

const byTime = (a: { readonly at: string }, b: { readonly at: string }) =>
  a.at < b.at ? -1 : a.at > b.at ? 1 : 0
