import { type Html, html, type Part } from '../../core/html.ts'
import type { Entry } from '../../core/journal/entry.ts'
import { isAlive, stateWords, ticketTitle } from '../../core/tickets/ticket.ts'
import { board, button, proof, type View } from './board.ts'
import { certainty, moment } from './moments.ts'
import { history, requesterOf } from './ticket-history.ts'
import { type PrinterNow, thenAndNow } from './ticket-then.ts'
import { clearedWords, type Filed, othersWords, printerLink, ticketButtons } from './tickets.ts'

export interface TicketFacts extends Filed {
  /** Of the journal, the oldest first. */
  readonly entries: readonly Entry[]
  /** null: not known, or not for this person. */
  readonly now: PrinterNow | null
  /** How many others of the printer are alive. */
  readonly others: number
  /** Whose names may be acted in, beside one's own. */
  readonly actors: readonly string[]
  /** The name that is acted in; empty: one's own. */
  readonly as: string
  /** Why the last form was refused, and the note that it held. */
  readonly refused: { readonly message: string; readonly words: string } | null
}

/** One ticket: what was reported, what may be done, how the printer is, what happened. */
export function ticketPage(view: View, facts: TicketFacts): Html {
  const { ticket, refused } = facts
  const mayChange = view.may('tickets change')
  return board(view, {
    title: ticketTitle(ticket),
    under: '/tickets',
    use: 'typing',
    body: html`${refused && html`<p class="notice bad" id="trouble" role="alert">${refused.message}</p>`}
<p><strong class="badge ${ticket.state}">${ticket.state}</strong> ${printerLink(view, facts)}</p>
${ticket.mergedInto && html`<p>It went into <a href="/tickets/${ticket.mergedInto}">another ticket</a>, and is settled with that one.</p>`}
${ticket.state !== 'open' && ticket.state !== 'merged' && html`<p>It is ${stateWords(ticket)}.</p>`}
${ticket.words && html`<blockquote class="words">${ticket.words}</blockquote>`}
<p>Reported ${moment(ticket.openedAt, view)}${certainty(ticket)} by ${requesterOf(ticket.requester)}${othersWords(ticket) && ` ${othersWords(ticket)}`}.</p>
${cleared(view, facts)}
<div class="acts" id="acts">${ticketButtons(view, ticket, inTheName(facts))}</div>
${mayChange && isAlive(ticket) && facts.others > 0 && html`<p><a href="/tickets/${ticket.id}/merge${facts.as && `?${new URLSearchParams({ as: facts.as })}`}">Put it together with another one of this printer</a></p>`}
${mayChange && ticket.state !== 'merged' && [noteForm(view, facts), actorForm(view, facts)]}
${thenAndNow(ticket, facts.now)}
${history(view, ticket, facts.entries)}
<p><a href="/tickets?state=all${ticket.printer && `&printer=${ticket.printer}`}">All tickets of this printer</a></p>`,
  })
}

/** By the printer's own word; that somebody has to say so as well keeps a person in charge. */
function cleared(view: View, facts: TicketFacts): Part {
  const words = clearedWords(view, facts.ticket)
  if (!words) return null
  const label = `Close: ${ticketTitle(facts.ticket)}`
  const more = inTheName(facts)
  return html`<div class="notice good" id="cleared"><p>${words}, says the printer. Is it done?</p>
${view.may('tickets change') && button(view, `/tickets/${facts.ticket.id}/resolve`, 'Close', { label, more })}</div>`
}

function noteForm(view: View, facts: TicketFacts): Html {
  const { ticket, refused } = facts
  return html`<form method="post" action="/tickets/${ticket.id}/note" id="note">${proof(view)}${inTheName(facts)}
<label for="words">Note for whoever comes next</label>
<textarea id="words" name="words" rows="3" maxlength="1000" required${refused && html` aria-describedby="trouble"`}>
${refused?.words ?? ''}</textarea>
<button>Add the note</button>
</form>`
}

/** At a desk that several people share: by its address the page keeps the name from act to act. */
function actorForm(view: View, { ticket, actors, as }: TicketFacts): Part {
  if (actors.length === 0) return null
  return html`<form method="get" action="/tickets/${ticket.id}" class="filter" id="acting">
<div><label for="as">Acting as</label>
<select id="as" name="as"><option value="">${view.name}, who is signed in</option>
${actors.map((name) => html`<option value="${name}"${name === as && html` selected`}>${name}</option>`)}</select></div>
<button>Act in this name</button>
</form>
${as && html`<p role="status">What you do here is done as ${as}; the journal has ${view.name} beside it.</p>`}`
}

const inTheName = ({ as }: Pick<TicketFacts, 'as'>): Part =>
  as !== '' && html`<input type="hidden" name="as" value="${as}">`
