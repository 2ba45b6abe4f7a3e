import type { Change } from '../change.ts'
import { note } from '../journal/journal.ts'
import type { Printer } from '../printers/printer.ts'
import { Refusal } from '../refusal.ts'
import { alsoSignedIn, type DeskAct } from './acting.ts'
import { changeTicket } from './changed.ts'
import { getTicket } from './find.ts'
import { postOpened } from './letters.ts'
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

// How a report becomes a ticket, or part of one. Checks first, then writes.

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
export function openTicket(tx: Change, printer: Printer, words: TicketWords, act: DeskAct): Opened {
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
  note(tx, act, {
    what: 'ticket opened',
    subject: ticket.id,
    details: {
      ...{ printer: printer.label, kind: ticket.kind, matter: ticket.fault ?? ticket.wants },
      ...alsoSignedIn(act),
    },
    personal: ticket.requester,
  })
  postOpened(tx, act, ticket, printer)
  return { ticket, how: 'opened' }
}

/** A "me too" to a ticket that its reporter saw. Refuses `missing`; `conflict` when it has ended. */
export function joinTicket(tx: Change, id: string, words: MeToo, act: DeskAct): Opened {
  const ticket = getTicket(tx.state, id)
  if (isFrom(ticket, words.form)) return { ticket, how: 'sent-twice' }
  if (!isAlive(ticket))
    throw new Refusal('conflict', 'That trouble is settled by now. If it is back, report it anew.')
  return { ticket: join(tx, ticket, words, act), how: 'joined' }
}

type MeToo = Pick<TicketWords, 'words' | 'requester' | 'form'>

/** Bounds the record, which is written whole each time: more people make it no more urgent. */
const mostMeToo = 200

function join(tx: Change, ticket: Ticket, { words, requester, form }: MeToo, act: DeskAct): Ticket {
  if (ticket.meToo.length >= mostMeToo) return ticket
  const meToo = [...ticket.meToo, { at: act.now.toISOString(), requester, words, form }]
  const after = { ...ticket, meToo }
  return changeTicket(tx, act, 'ticket joined', {
    before: ticket,
    after,
    personal: { ...requester },
  })
}
