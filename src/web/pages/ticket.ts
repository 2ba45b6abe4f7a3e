import { type Html, html, type Part } from '../../core/html.ts'
import type { Entry } from '../../core/journal/entry.ts'
import { saidThen } from '../../core/tickets/then.ts'
import { type Requester, ticketTitle } from '../../core/tickets/ticket.ts'
import { stateWords } from '../../core/tickets/tickets.ts'
import { board, proof, type View } from './board.ts'
import { certainty, moment } from './moments.ts'
import { type Filed, othersWords, printerLink, ticketButtons } from './tickets.ts'

export interface TicketFacts extends Filed {
  /** Of the journal, the oldest first. */
  readonly entries: readonly Entry[]
  /** Why the last form was refused, and the note that it held. */
  readonly refused: { readonly sentence: string; readonly words: string } | null
}

/** One ticket: what was reported, what may be done, what happened. */
export function ticketPage(view: View, facts: TicketFacts): Html {
  const { ticket, refused } = facts
  return board(view, {
    title: ticketTitle(ticket),
    under: '/tickets',
    use: 'typing',
    body: html`${refused && html`<p class="notice bad" id="trouble" role="alert">${refused.sentence}</p>`}
<p><strong class="badge ${ticket.state}">${ticket.state}</strong> ${printerLink(facts)}</p>
${ticket.mergedInto && html`<p>It went into <a href="/tickets/${ticket.mergedInto}">another ticket</a>.</p>`}
${ticket.state !== 'open' && ticket.state !== 'merged' && html`<p>It is ${stateWords(ticket)}.</p>`}
${ticket.words && html`<blockquote class="words">${ticket.words}</blockquote>`}
<p>Reported ${moment(ticket.openedAt, view)}${certainty(ticket)} by ${requesterOf(ticket.requester)} ${othersWords(ticket)}.</p>
${ticket.printerThen && html`<p>The printer said then: ${saidThen(ticket).join('; ')}.</p>`}
<div class="acts">${ticketButtons(view, ticket, null)}</div>
${ticket.state !== 'merged' && noteForm(view, facts)}
<h2 id="history">What happened</h2>
${history(view, facts)}`,
  })
}

function noteForm(view: View, { ticket, refused }: TicketFacts): Html {
  return html`<form method="post" action="/tickets/${ticket.id}/note" id="note">${proof(view)}
<label for="words">Note for whoever comes next</label>
<textarea id="words" name="words" rows="3" maxlength="1000" required${refused && html` aria-describedby="trouble"`}>
${refused?.words ?? ''}</textarea>
<button>Add the note</button>
</form>`
}

interface Happened {
  readonly at: string
  /** Behind the time. */
  readonly mark?: string
  readonly by: Part
  readonly words: Part
}

/** The journal has the acts, the ticket itself what was said: one list, the newest last. */
function history(view: View, { ticket, entries }: TicketFacts): Html {
  const acts = entries.flatMap(({ at, by: actor, what, clockTrusted }): Happened[] => {
    const words = actWords[what]
    if (words === undefined) return []
    const by = what === 'ticket opened' ? requesterOf(ticket.requester) : actor
    return [{ at, mark: certainty({ clockTrusted }), by, words }]
  })
  const notes = ticket.notes.map(({ at, by, words }) => ({ at, by, words: said(words) }))
  const others = ticket.meToo.map(({ at, requester, words }) => ({
    at,
    by: requesterOf(requester),
    words: html`reported the same${words && html`: ${said(words)}`}`,
  }))
  const all: Happened[] = [...acts, ...others, ...notes].sort((a, b) =>
    a.at < b.at ? -1 : a.at > b.at ? 1 : 0,
  )
  return html`<ol class="history">
${all.map(
  ({
    at,
    mark,
    by,
    words,
  }) => html`<li>${moment(at, view)}${mark ?? ''} <strong>${by}</strong> ${words}</li>
`,
)}</ol>`
}

const actWords: Readonly<Record<string, string>> = {
  'ticket opened': 'reported it',
  'ticket taken': 'took it',
  'ticket resolved': 'resolved it',
  'ticket reopened': 'opened it again',
  'ticket took another in': 'put another ticket into this one',
  'ticket merged': 'put it into another ticket',
}

const said = (words: string): Html => html`<span class="words">${words}</span>`

function requesterOf({ name, email }: Requester): Part {
  const mail =
    email && html`<a href="mailto:${encodeURIComponent(email).replace('%40', '@')}">${email}</a>`
  if (!name) return mail || 'somebody who left no name'
  return html`${name}${mail && html` (${mail})`}`
}
