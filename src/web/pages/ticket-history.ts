import { type Html, html, type Part } from '../../core/html.ts'
import type { Entry } from '../../core/journal/entry.ts'
import type { Requester, Ticket } from '../../core/tickets/ticket.ts'
import type { View } from './board.ts'
import { certainty, moment } from './moments.ts'

interface Happened {
  readonly at: string
  /** Behind the time. */
  readonly mark?: string
  readonly by: Part
  readonly words: Part
}

/** The journal has the acts, the ticket itself what was said: one list, the newest last. */
export function history(view: View, ticket: Ticket, entries: readonly Entry[]): Html {
  const notes = ticket.notes.map(({ at, by, words }) => ({ at, by, words: said(words) }))
  const others = ticket.meToo.map(({ at, requester, words }) => ({
    at,
    by: requesterOf(requester),
    words: html`reported the same${words && html`: ${said(words)}`}`,
  }))
  const all: Happened[] = [...entries.flatMap((entry) => acted(ticket, entry)), ...others, ...notes]
  all.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  return html`<h2 id="history">What happened</h2>
<ol class="history">
${all.map(
  ({ at, mark, by, words }) =>
    html`<li>${moment(at, view)}${mark ?? ''} <strong>${by}</strong> ${words}</li>
`,
)}</ol>`
}

/** Nothing of what the ticket tells itself. */
function acted(ticket: Ticket, entry: Entry): Happened[] {
  const { at, by, what, details, clockTrusted } = entry
  const words = actWords[what]
  if (words === undefined) return []
  const also = details.signedInAs ? ` (signed in as ${details.signedInAs})` : ''
  return [
    { at, mark: certainty({ clockTrusted }), by: actor(ticket, what, by), words: words + also },
  ]
}

function actor(ticket: Ticket, what: string, by: string): Part {
  if (what === 'ticket opened') return requesterOf(ticket.requester)
  return by === 'platen' ? 'the printer' : by
}

const actWords: Readonly<Record<string, string>> = {
  'ticket opened': 'reported it',
  'ticket taken': 'took it',
  'ticket resolved': 'resolved it',
  'ticket given back': 'gave it back',
  'ticket reopened': 'opened it again',
  'ticket took another in': 'put another ticket into this one',
  'ticket merged': 'put it into another ticket',
  'ticket cleared': 'says that the fault is gone',
  'ticket not cleared': 'says that the fault is back',
}

const said = (words: string): Html => html`<span class="words">${words}</span>`

export function requesterOf({ name, email }: Requester): Part {
  const mail =
    email && html`<a href="mailto:${encodeURIComponent(email).replace('%40', '@')}">${email}</a>`
  if (!name) return mail || 'somebody who left no name'
  return html`${name}${mail && html` (${mail})`}`
}
