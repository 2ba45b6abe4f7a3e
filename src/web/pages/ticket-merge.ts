import { type Html, html, type Part } from '../../core/html.ts'
import { together } from '../../core/tickets/merge.ts'
import { stateWords, type Ticket, ticketTitle } from '../../core/tickets/ticket.ts'
import { board, proof, type View } from './board.ts'
import { certainty, moment } from './moments.ts'
import { requesterOf } from './ticket-history.ts'
import { type Filed, othersWords, printerLink } from './tickets.ts'

export interface MergeFacts extends Filed {
  /** Of its printer, alive, the oldest first. */
  readonly others: readonly Ticket[]
  /** The one chosen among them. */
  readonly into: Ticket | null
  /** The name that is acted in; empty: one's own. */
  readonly as: string
  readonly refused: string | null
}

/** Two reports of one trouble become one ticket: which takes the other in, and what comes together. */
export function mergePage(view: View, facts: MergeFacts): Html {
  const { ticket, others, into, as, refused } = facts
  return board(view, {
    title: `Put together: ${ticketTitle(ticket)}`,
    under: '/tickets',
    use: 'typing',
    body: html`${refused && html`<p class="notice bad" role="alert">${refused}</p>`}
<p>${printerLink(view, facts)}</p>
<p><a href="/tickets/${ticket.id}">Back to the ticket</a></p>
<h2 id="this">This one</h2>
${shown(view, ticket)}
${
  others.length === 0
    ? html`<p>No other ticket of this printer is open or taken.</p>`
    : html`<h2 id="other">goes into</h2>
<form method="get" action="/tickets/${ticket.id}/merge">
${as && html`<input type="hidden" name="as" value="${as}">`}
<label for="into">Another ticket of this printer</label>
<select id="into" name="into">${others.map((each) => html`<option value="${each.id}"${each === into && html` selected`}>${optionWords(each)}</option>`)}</select>
<button>Show what comes together</button>
</form>`
}
${into && preview(view, facts, into)}`,
  })
}

function preview(view: View, { ticket, as }: MergeFacts, into: Ticket): Part {
  const whole = together(ticket, into)
  const people = whole.meToo.length + 1
  return html`<h2 id="together">What comes together</h2>
${shown(view, into)}
<p>It has ${people} reports and ${whole.notes.length === 1 ? '1 note' : `${whole.notes.length} notes`} then; whoever looks at
a receipt of either sees this one, and who left an address is told when it is resolved. This cannot be taken apart again.</p>
<form method="post" action="/tickets/${ticket.id}/merge">${proof(view)}
<input type="hidden" name="into" value="${into.id}">${as && html`<input type="hidden" name="as" value="${as}">`}
<button>Put them together</button>
</form>
<p><a href="/tickets/${into.id}/merge?${new URLSearchParams({ into: ticket.id, ...(as && { as }) }).toString()}">The other way round</a></p>`
}

function shown(view: View, ticket: Ticket): Html {
  return html`<p><strong class="badge ${ticket.state}">${ticket.state}</strong> <a href="/tickets/${ticket.id}">${ticketTitle(ticket)}</a>,
reported ${moment(ticket.openedAt, view)}${certainty(ticket)} by ${requesterOf(ticket.requester)} ${othersWords(ticket)}</p>
${ticket.words && html`<blockquote class="words">${ticket.words}</blockquote>`}`
}

function optionWords(ticket: Ticket): string {
  const words = ticket.words.replaceAll(/\s+/g, ' ').slice(0, 40)
  return [ticketTitle(ticket), words, stateWords(ticket)].filter(Boolean).join(', ')
}
