import { type Html, html, type Part } from '../../core/html.ts'
import { lastSaid, reporterSays } from '../../core/tickets/reporter.ts'
import { isAlive, stateWords, type Ticket, ticketTitle } from '../../core/tickets/ticket.ts'
import { button, type View } from './board.ts'
import { certainty, moment } from './moments.ts'

// A ticket as a row, wherever one stands, and what may be done with it.

/** A ticket with what a page tells of its printer; null where that is gone. */
export interface Filed {
  readonly ticket: Ticket
  readonly printer: { readonly id: string; readonly label: string; readonly place: string } | null
}

/** `back`: where its buttons lead back to; null: rows without buttons. */
export function ticketRows(view: View, tickets: readonly Filed[], back: string | null): Html {
  return html`<ul class="rows tickets">
${tickets.map((each) => ticketRow(view, each, back))}</ul>`
}

/** What may be done with it, as buttons; `more`: what each form carries beside. */
export function ticketButtons(view: View, ticket: Ticket, more: Part): Part {
  if (!view.may('tickets change')) return null
  const to = (act: string, words: string) => {
    const label = `${words}: ${ticketTitle(ticket)}`
    return button(view, `/tickets/${ticket.id}/${act}`, words, { label, more })
  }
  return [
    ticket.state === 'open' && to('take', 'Take'),
    isAlive(ticket) && to('resolve', 'Resolve'),
    ticket.state === 'taken' && to('give-back', 'Give back'),
    ticket.state === 'resolved' && to('reopen', 'Reopen'),
  ]
}

/** A link for who may look at printers; the name for who may not. */
export function printerLink(view: View, { printer }: Filed): Html {
  if (!printer) return html`<span class="aside">its printer is gone</span>`
  const { id, label, place } = printer
  const name = view.may('printers look') ? html`<a href="/printers/${id}">${label}</a>` : label
  return html`${name} <span class="aside">${place}</span>`
}

/** 'and 2 others' */
export function othersWords({ meToo }: Ticket): string {
  if (meToo.length === 0) return ''
  return meToo.length === 1 ? 'and 1 other' : `and ${meToo.length} others`
}

/** 'The fault cleared at 10:42', by the printer's own word; nothing once it is settled. */
export function clearedWords(view: View, ticket: Ticket): Part {
  if (ticket.clearedAt === null || !isAlive(ticket)) return null
  return html`The fault cleared at ${moment(ticket.clearedAt, view)}`
}

export const backTo = (path: string): Html =>
  html`<input type="hidden" name="back" value="${path}">`

function ticketRow(view: View, filed: Filed, back: string | null): Html {
  const { ticket } = filed
  const cleared = clearedWords(view, ticket)
  const said = isAlive(ticket) && lastSaid(ticket)
  return html`<li id="row-${ticket.id}"><strong class="badge ${ticket.state}">${ticket.state}</strong>
<div class="what"><a href="/tickets/${ticket.id}">${ticketTitle(ticket)}</a> <span class="aside">${othersWords(ticket)}</span></div>
<div class="why"><div>${printerLink(view, filed)}</div>
${ticket.words && html`<div class="words">${ticket.words}</div>`}
${cleared && html`<div><strong>${cleared}.</strong></div>`}
${said && html`<div>Who reported it says: ${reporterSays[said]}</div>`}
<div class="aside">reported ${moment(ticket.openedAt, view)}${certainty(ticket)}${ticket.state !== 'open' && `, ${stateWords(ticket)}`}</div></div>
${back !== null && html`<div class="acts">${ticketButtons(view, ticket, backTo(back))}</div>`}</li>
`
}
