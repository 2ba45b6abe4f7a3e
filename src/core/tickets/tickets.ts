import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import { changesBetween, note as noteDown, type Words } from '../journal/journal.ts'
import type { Deed } from '../journal/weight.ts'
import type { Printer } from '../printers/printer.ts'
import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import { postOpened, postResolved, takeBackResolved } from './letters.ts'
import { refuseFourthIssue, refuseMoreSupplies } from './limit.ts'
import { findSame, findSent, isFrom } from './same.ts'
import {
  type Fault,
  isAlive,
  type PrinterThen,
  type Requester,
  type Ticket,
  type Wants,
} from './ticket.ts'

// What may be done with tickets. Checks first, then writes.

export interface TicketWords {
  readonly kind: Ticket['kind']
  readonly fault: Fault | null
  readonly wants: Wants | null
  readonly words: string
  readonly requester: Requester
  /** Id of the form, where it had one. */
  readonly form: string | null
  /** null: nothing was ever heard from it. */
  readonly printerThen: PrinterThen | null
}

/**
 * `joined`: the same trouble was reported before, and this is a "me too". `sent-twice`: a double click, or
 * an answer that was lost on the way.
 */
export interface Opened {
  readonly ticket: Ticket
  readonly how: 'opened' | 'joined' | 'sent-twice'
}

/** Refuses `too-many` the fourth issue of a printer within the hour. */
export function openTicket(tx: Change, printer: Printer, words: TicketWords, act: Act): Opened {
  const sent = findSent(tx.state, printer, words)
  if (sent) return { ticket: sent, how: 'sent-twice' }
  const same = findSame(tx.state, printer, words)
  if (same) return { ticket: join(tx, same, words, act), how: 'joined' }
  if (words.kind === 'issue') refuseFourthIssue(tx.state, printer, act.now)
  else refuseMoreSupplies(tx.state, printer)
  // Field by field: V8 takes a microsecond for each that stands behind a spread, and more for each look at it.
  const ticket: Ticket = {
    id: act.newId('t'),
    receipt: act.newId('r').slice('r-'.length),
    form: words.form,
    printer: printer.id,
    kind: words.kind,
    fault: words.fault,
    wants: words.wants,
    words: words.words,
    requester: words.requester,
    printerThen: words.printerThen,
    clearedAt: null,
    state: 'open',
    openedAt: act.now.toISOString(),
    clockTrusted: act.clockTrusted,
    takenBy: null,
    takenAt: null,
    resolvedBy: null,
    resolvedAt: null,
    mergedInto: null,
    meToo: [],
    notes: [],
  }
  tx.put('tickets', ticket)
  noteDown(tx, act, {
    what: 'ticket opened',
    subject: ticket.id,
    details: { printer: printer.label, kind: ticket.kind, matter: ticket.fault ?? ticket.wants },
    personal: ticket.requester,
  })
  postOpened(tx, act, ticket, printer)
  return { ticket, how: 'opened' }
}

/** A "me too" to a ticket that its reporter saw. Refuses `missing`; `conflict` when it has ended. */
export function joinTicket(tx: Change, id: string, words: MeToo, act: Act): Opened {
  const ticket = getTicket(tx.state, id)
  if (isFrom(ticket, words.form)) return { ticket, how: 'sent-twice' }
  if (!isAlive(ticket))
    throw new Refusal('conflict', 'That trouble is settled by now. If it is back, report it anew.')
  return { ticket: join(tx, ticket, words, act), how: 'joined' }
}

type MeToo = Pick<TicketWords, 'words' | 'requester' | 'form'>

/** Refuses `missing`; `conflict` when it is not open. */
export function takeTicket(tx: Change, id: string, act: Act): Ticket {
  const ticket = getTicket(tx.state, id)
  if (ticket.state !== 'open') throw new Refusal('conflict', `The ticket is ${stateWords(ticket)}.`)
  const taken = { takenBy: act.by, takenAt: act.now.toISOString() }
  return change(tx, act, 'ticket taken', {
    before: ticket,
    after: { ...ticket, ...taken, state: 'taken' },
  })
}

/** Refuses `missing`; `invalid` without words; `conflict` a ticket that went into another. */
export function noteTicket(tx: Change, id: string, words: string, act: Act): Ticket {
  const ticket = getTicket(tx.state, id)
  const text = words.trim()
  if (!text) throw new Refusal('invalid', 'A note needs words.', { field: 'words' })
  if (text.length > 1000)
    throw new Refusal('invalid', 'A note has 1,000 characters at most.', { field: 'words' })
  if (ticket.state === 'merged')
    throw new Refusal('conflict', `The ticket is ${stateWords(ticket)}.`)
  const entry = { at: act.now.toISOString(), by: act.by, words: text }
  const after = { ...ticket, notes: [...ticket.notes, entry] }
  return change(tx, act, 'ticket noted', { before: ticket, after })
}

/** Tells the requesters who left an address. Refuses `missing`; `conflict` when it has ended. */
export function resolveTicket(tx: Change, id: string, act: Act): Ticket {
  const ticket = getTicket(tx.state, id)
  if (!isAlive(ticket)) throw new Refusal('conflict', `The ticket is ${stateWords(ticket)}.`)
  const ended = { resolvedBy: act.by, resolvedAt: act.now.toISOString() }
  const resolved = change(tx, act, 'ticket resolved', {
    before: ticket,
    after: { ...ticket, ...ended, state: 'resolved' },
  })
  postResolved(tx, act, resolved)
  return resolved
}

/** Refuses `missing`; `conflict` unless it was resolved. */
export function reopenTicket(tx: Change, id: string, act: Act): Ticket {
  const ticket = getTicket(tx.state, id)
  if (ticket.state !== 'resolved')
    throw new Refusal('conflict', `The ticket is ${stateWords(ticket)}.`)
  takeBackResolved(tx, id)
  const fresh = { takenBy: null, takenAt: null, resolvedBy: null, resolvedAt: null }
  return change(tx, act, 'ticket reopened', {
    before: ticket,
    after: { ...ticket, ...fresh, state: 'open' },
  })
}

/** One ticket goes into another of the same printer; whoever reported it follows the other. */
export function mergeTicket(tx: Change, ids: { id: string; into: string }, act: Act): Ticket {
  const [ticket, into] = [getTicket(tx.state, ids.id), getTicket(tx.state, ids.into)]
  if (ticket.id === into.id || ticket.printer !== into.printer)
    throw new Refusal('invalid', 'Only another ticket of the same printer can take it in.', {
      field: 'into',
    })
  for (const one of [ticket, into])
    if (!isAlive(one)) throw new Refusal('conflict', `The ticket is ${stateWords(one)}.`)
  const { openedAt: at, requester, words, form } = ticket
  const meToo = [...into.meToo, { at, requester, words, form }, ...ticket.meToo]
  change(tx, act, 'ticket took another in', {
    before: into,
    after: { ...into, meToo, notes: [...into.notes, ...ticket.notes] },
    details: { other: ticket.id },
  })
  return change(tx, act, 'ticket merged', {
    before: ticket,
    after: { ...ticket, state: 'merged', mergedInto: into.id },
  })
}

/** Refuses `missing`. */
export function getTicket(state: State, id: string): Ticket {
  const ticket = state.tickets[id]
  if (!ticket) throw new Refusal('missing', 'There is no such ticket.')
  return ticket
}

/** What became of it: where it went into another one, that one. */
export function findByReceipt(state: State, receipt: string): Ticket | null {
  let [id] = state.by.ticketsByReceipt.get(receipt.toUpperCase()) ?? []
  while (id) {
    const ticket = state.tickets[id]
    if (ticket?.mergedInto == null) return ticket ?? null
    id = ticket.mergedInto
  }
  return null
}

/** Those that somebody has to do something about, the oldest first. */
export function aliveTickets(state: State): Ticket[] {
  return [state.by.ticketsByState.get('open'), state.by.ticketsByState.get('taken')]
    .flatMap((ids) => [...(ids ?? [])])
    .flatMap((id) => state.tickets[id] ?? [])
    .sort((a, b) =>
      a.openedAt < b.openedAt || (a.openedAt === b.openedAt && a.id < b.id) ? -1 : 1,
    )
}

/** 'taken by Ada', 'resolved'. */
export function stateWords({ state, takenBy, resolvedBy }: Ticket): string {
  if (state === 'taken') return `taken by ${takenBy}`
  if (state === 'resolved') return `resolved by ${resolvedBy}`
  return state === 'merged' ? 'part of another one' : 'open'
}

/** Bounds the record, which is written whole each time: more people make it no more urgent. */
const mostMeToo = 200

function join(tx: Change, ticket: Ticket, { words, requester, form }: MeToo, act: Act): Ticket {
  if (ticket.meToo.length >= mostMeToo) return ticket
  const meToo = [...ticket.meToo, { at: act.now.toISOString(), requester, words, form }]
  const after = { ...ticket, meToo }
  return change(tx, act, 'ticket joined', { before: ticket, after, personal: { ...requester } })
}

interface TicketChange extends Pick<Words, 'details' | 'personal'> {
  readonly before: Ticket
  readonly after: Ticket
}

function change(
  tx: Change,
  act: Act,
  what: Deed,
  { before, after, ...more }: TicketChange,
): Ticket {
  tx.put('tickets', after)
  const changes = changesBetween(written(before), written(after), fields)
  noteDown(tx, act, { ...more, what, subject: after.id, changes })
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
  ...(['mergedInto', 'meToo', 'notes'] as const),
]
