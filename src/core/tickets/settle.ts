import type { Change } from '../change.ts'
import { Refusal } from '../refusal.ts'
import type { DeskAct } from './acting.ts'
import { changeTicket } from './changed.ts'
import { getTicket } from './find.ts'
import { postResolved, takeBackResolved } from './letters.ts'
import { isAlive, stateWords, type Ticket } from './ticket.ts'

// A ticket from hand to hand, until it is done. Checks first, then writes.

/** Refuses `missing`; `conflict` when it is not open. */
export function takeTicket(tx: Change, id: string, act: DeskAct): Ticket {
  const ticket = getTicket(tx.state, id)
  if (ticket.state !== 'open') throw notNow(ticket)
  const taken = { takenBy: act.by, takenAt: act.now.toISOString() }
  return changeTicket(tx, act, 'ticket taken', {
    before: ticket,
    after: { ...ticket, ...taken, state: 'taken' },
  })
}

/** It waits for somebody again. Refuses `missing`; `conflict` unless it is taken. */
export function giveBackTicket(tx: Change, id: string, act: DeskAct): Ticket {
  const ticket = getTicket(tx.state, id)
  if (ticket.state !== 'taken') throw notNow(ticket)
  return changeTicket(tx, act, 'ticket given back', { before: ticket, after: asOpen(ticket) })
}

/** Refuses `missing`; `invalid` without words; `conflict` a ticket that went into another. */
export function noteTicket(tx: Change, id: string, words: string, act: DeskAct): Ticket {
  const ticket = getTicket(tx.state, id)
  const text = words.trim()
  if (!text) throw new Refusal('invalid', 'A note needs words.', { field: 'words' })
  if (text.length > mostOfNote)
    throw new Refusal('invalid', 'A note has 1,000 characters at most.', { field: 'words' })
  if (ticket.state === 'merged') throw notNow(ticket)
  const entry = { at: act.now.toISOString(), by: act.by, words: text }
  const after = { ...ticket, notes: [...ticket.notes, entry] }
  return changeTicket(tx, act, 'ticket noted', { before: ticket, after })
}

export const mostOfNote = 1000

/** Tells the requesters who left an address. Refuses `missing`; `conflict` when it has ended. */
export function resolveTicket(tx: Change, id: string, act: DeskAct): Ticket {
  const ticket = getTicket(tx.state, id)
  if (!isAlive(ticket)) throw notNow(ticket)
  const ended = { resolvedBy: act.by, resolvedAt: act.now.toISOString() }
  const resolved = changeTicket(tx, act, 'ticket resolved', {
    before: ticket,
    after: { ...ticket, ...ended, state: 'resolved' },
  })
  postResolved(tx, act, resolved)
  return resolved
}

/** Refuses `missing`; `conflict` unless it was resolved: what went into another stays there. */
export function reopenTicket(tx: Change, id: string, act: DeskAct): Ticket {
  const ticket = getTicket(tx.state, id)
  if (ticket.state !== 'resolved') throw notNow(ticket)
  takeBackResolved(tx, id)
  return changeTicket(tx, act, 'ticket reopened', { before: ticket, after: asOpen(ticket) })
}

/** Nobody's again. */
const asOpen = (ticket: Ticket): Ticket => ({
  ...ticket,
  ...{ state: 'open', takenBy: null, takenAt: null, resolvedBy: null, resolvedAt: null },
})

export const notNow = (ticket: Ticket) =>
  new Refusal('conflict', `The ticket is ${stateWords(ticket)}.`)
