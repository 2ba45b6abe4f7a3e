import { type Html, html, type Part } from '../../core/html.ts'
import { type TicketWish, usualSort } from '../../core/tickets/search.ts'
import { ticketTitle } from '../../core/tickets/ticket.ts'
import { board, button, type View } from './board.ts'
import { backTo, type Filed, printerLink, ticketRows } from './tickets.ts'

export interface TicketList {
  readonly wish: TicketWish
  /** Those of this page. */
  readonly tickets: readonly Filed[]
  readonly page: number
  readonly perPage: number
  /** On all pages. */
  readonly total: number
  /** What was just resolved, and may be opened again. */
  readonly undo: Filed | null
  /** To choose among. */
  readonly groups: readonly { readonly id: string; readonly name: string }[]
  /** Label of the only printer that the list is of; null: of any. */
  readonly printer: string | null
  readonly mayErase: boolean
}

/** The tickets as far as they are wished for; what is to do where nothing is said. */
export function ticketsPage(view: View, list: TicketList): Html {
  const { wish, tickets, total, undo } = list
  return board(view, {
    title: titles[wish.state],
    under: '/tickets',
    use: 'reading',
    body: html`${undo && undone(view, undo, pathOf(wish, list.page))}
<nav aria-label="Lists of tickets"><ul class="lists">
${offered.map(([state, words]) => html`<li><a href="${pathOf({ ...wish, state }, 1)}"${state === wish.state && html` aria-current="page"`}>${words}</a></li>`)}
</ul></nav>
${searchForm(list)}
${total === 0 ? empty(wish) : html`<p class="count">${total === 1 ? '1 ticket' : `${total} tickets`}</p>`}
${tickets.length > 0 && ticketRows(view, tickets, pathOf(wish, list.page))}
<p>${turns(list)}</p>
${list.mayErase && html`<p><a href="/tickets/erase">Forget a person who reported something</a></p>`}`,
  })
}

const titles: Readonly<Record<TicketWish['state'], string>> = {
  'to-do': 'Tickets to do',
  open: 'Tickets that nobody has taken',
  taken: 'Tickets taken',
  cleared: 'Tickets whose fault cleared',
  resolved: 'Tickets resolved',
  merged: 'Tickets that are part of others',
  all: 'All tickets',
}

const offered = [
  ['to-do', 'To do'],
  ['open', 'Open'],
  ['taken', 'Taken'],
  ['cleared', 'Fault cleared'],
  ['resolved', 'Resolved'],
  ['merged', 'Part of others'],
  ['all', 'All'],
] as const

function undone(view: View, filed: Filed, back: string): Html {
  const { ticket } = filed
  const label = `Undo: open ${ticketTitle(ticket)} again`
  return html`<div class="notice good" role="status" id="undo"><p>Resolved: <a href="/tickets/${ticket.id}">${ticketTitle(ticket)}</a>, ${printerLink(view, filed)}</p>
${view.may('tickets change') && button(view, `/tickets/${ticket.id}/reopen`, 'Undo', { label, more: backTo(back) })}</div>`
}

function searchForm({ wish, groups, printer }: TicketList): Html {
  const choice = (value: string, words: string, chosen: string | null) =>
    html`<option value="${value}"${value === (chosen ?? '') && html` selected`}>${words}</option>`
  return html`<form method="get" action="/tickets" role="search" class="filter" id="search">
<div><label for="q">Words, printer, person or number</label>
<input id="q" name="q" type="search" value="${wish.q}" maxlength="200"></div>
<div><label for="kind">Kind</label>
<select id="kind" name="kind">${choice('', 'any', wish.kind)}${choice('issue', 'a trouble', wish.kind)}${choice('supply', 'supplies', wish.kind)}</select></div>
${
  groups.length > 0 &&
  html`<div><label for="group">Group</label>
<select id="group" name="group">${choice('', 'any', wish.group)}${groups.map(({ id, name }) => choice(id, name, wish.group))}</select></div>`
}
<div><label for="sort">Order</label>
<select id="sort" name="sort">${choice('', `usual (${usualSort(wish.state)})`, wish.sort)}${choice('oldest', 'oldest first', wish.sort)}${choice('newest', 'newest first', wish.sort)}${choice('printer', 'by printer', wish.sort)}</select></div>
${wish.state !== 'to-do' && html`<input type="hidden" name="state" value="${wish.state}">`}
${wish.printer && html`<input type="hidden" name="printer" value="${wish.printer}">`}
<button>Show</button>
</form>
${printer && html`<p>Only of ${printer}. <a href="${pathOf({ ...wish, printer: null }, 1)}">Of all printers</a></p>`}`
}

/** What there is to do where the list is empty. */
function empty(wish: TicketWish): Part {
  const isFiltered = wish.q || wish.kind || wish.printer || wish.group
  if (isFiltered)
    return html`<p>No ticket matches. <a href="${pathOf({ ...nothing, state: wish.state }, 1)}">Show this list whole</a>, or <a href="/tickets?state=all">all tickets</a>.</p>`
  if (wish.state === 'to-do')
    return html`<p>Nothing is reported. A student reports by the code on the printer.</p>`
  if (wish.state === 'cleared')
    return html`<p>No printer says that a fault is gone which is still on the list.</p>`
  return html`<p>Nothing is here. <a href="/tickets">To what is to do</a></p>`
}

const nothing = { q: '', kind: null, printer: null, group: null, sort: null } as const

function turns({ wish, page, perPage, total }: TicketList): Part {
  const isNewest = (wish.sort ?? usualSort(wish.state)) === 'newest'
  const [before, after] = isNewest ? ['Newer', 'Older'] : ['Those before', 'Those after']
  return [
    page > 1 && html`<a href="${pathOf(wish, page - 1)}">${before}</a> `,
    page * perPage < total && html`<a href="${pathOf(wish, page + 1)}">${after}</a>`,
  ]
}

/** Of this list; what is not said is left out. */
function pathOf({ state, ...wish }: TicketWish, page: number): string {
  const query = new URLSearchParams()
  if (state !== 'to-do') query.set('state', state)
  for (const [field, value] of Object.entries(wish)) if (value) query.set(field, value)
  if (page > 1) query.set('page', String(page))
  return query.size > 0 ? `/tickets?${query}` : '/tickets'
}
