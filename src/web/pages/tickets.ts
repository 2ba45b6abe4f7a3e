import { type Html, html, type Part } from '../../core/html.ts'
import { isAlive, type Ticket, ticketTitle } from '../../core/tickets/ticket.ts'
import { stateWords } from '../../core/tickets/tickets.ts'
import { board, button, type View } from './board.ts'
import { certainty, moment } from './moments.ts'

/** A ticket with what a page tells of its printer; null where that is gone. */
export interface Filed {
  readonly ticket: Ticket
  readonly printer: { readonly id: string; readonly label: string; readonly place: string } | null
}

/** Those that wait for somebody, and those that somebody is at. */
export function ticketsPage(view: View, tickets: readonly Filed[]): Html {
  const open = tickets.filter(({ ticket }) => ticket.state === 'open')
  const taken = tickets.filter(({ ticket }) => ticket.state === 'taken')
  return listPage(
    view,
    'to-do',
    tickets.length === 0
      ? html`<p>Nothing is reported. A student reports by the code on the printer.</p>`
      : html`${section(view, 'Open', open)}${section(view, 'Taken', taken)}`,
  )
}

/** One page of those that were resolved, the newest first. */
export function resolvedPage(
  view: View,
  { tickets, page, pages }: { tickets: readonly Filed[]; page: number; pages: number },
): Html {
  const to = (number: number, words: string) =>
    number >= 1 &&
    number <= pages &&
    html`<a href="/tickets?state=resolved&amp;page=${number}">${words}</a> `
  return listPage(
    view,
    'resolved',
    tickets.length === 0
      ? html`<p>Nothing was resolved yet.</p>`
      : html`${ticketRows(view, tickets, null)}
<p>${to(page - 1, 'Newer')}${to(page + 1, 'Older')}</p>`,
  )
}

/** `back`: where its buttons lead back to; null: rows without buttons. */
export function ticketRows(view: View, tickets: readonly Filed[], back: string | null): Html {
  return html`<ul class="rows tickets">
${tickets.map((each) => ticketRow(view, each, back))}</ul>`
}

/** What may be done with it, as buttons. */
export function ticketButtons(view: View, ticket: Ticket, back: string | null): Part {
  const more = back !== null && html`<input type="hidden" name="back" value="${back}">`
  const to = (act: string, words: string) => {
    const label = `${words}: ${ticketTitle(ticket)}`
    return button(view, `/tickets/${ticket.id}/${act}`, words, { label, more })
  }
  return [
    ticket.state === 'open' && to('take', 'Take'),
    isAlive(ticket) && to('resolve', 'Resolve'),
    ticket.state === 'resolved' && to('reopen', 'Reopen'),
  ]
}

export function printerLink({ printer }: Filed): Html {
  if (!printer) return html`<span class="aside">its printer is gone</span>`
  return html`<a href="/printers/${printer.id}">${printer.label}</a> <span class="aside">${printer.place}</span>`
}

/** 'and 2 others' */
export function othersWords({ meToo }: Ticket): string {
  if (meToo.length === 0) return ''
  return meToo.length === 1 ? 'and 1 other' : `and ${meToo.length} others`
}

function ticketRow(view: View, filed: Filed, back: string | null): Html {
  const { ticket } = filed
  return html`<li id="row-${ticket.id}"><strong class="badge ${ticket.state}">${ticket.state}</strong>
<div class="what"><a href="/tickets/${ticket.id}">${ticketTitle(ticket)}</a> <span class="aside">${othersWords(ticket)}</span></div>
<div class="why"><div>${printerLink(filed)}</div>
${ticket.words && html`<div class="words">${ticket.words}</div>`}
<div class="aside">reported ${moment(ticket.openedAt, view)}${certainty(ticket)}${ticket.state !== 'open' && `, ${stateWords(ticket)}`}</div></div>
${back !== null && html`<div class="acts">${ticketButtons(view, ticket, back)}</div>`}</li>
`
}

function section(view: View, heading: string, tickets: readonly Filed[]): Part {
  if (tickets.length === 0) return null
  return html`<h2 id="${heading.toLowerCase()}">${heading} <span class="count">${tickets.length}</span></h2>
${ticketRows(view, tickets, '/tickets')}`
}

function listPage(view: View, list: 'to-do' | 'resolved', body: Html): Html {
  const to = (path: string, words: string, which: typeof list) =>
    html`<li><a href="${path}"${which === list && html` aria-current="page"`}>${words}</a></li>`
  return board(view, {
    title: list === 'to-do' ? 'Tickets to do' : 'Tickets resolved',
    under: '/tickets',
    use: 'reading',
    body: html`<nav aria-label="Lists of tickets"><ul class="lists">
${to('/tickets', 'To do', 'to-do')}${to('/tickets?state=resolved', 'Resolved', 'resolved')}
</ul></nav>
${body}`,
  })
}
