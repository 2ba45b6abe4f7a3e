import { type Html, html } from '../../core/html.ts'
import type { ReasonWord } from '../../core/status/status.ts'
import { lasting } from '../../core/status/verdict.ts'
import type { Ticket } from '../../core/tickets/ticket.ts'
import { inWords } from '../../core/tickets/ticket.ts'
import type { KnownTrouble } from '../known-trouble.ts'
import { certainty } from './moments.ts'
import { placeOf } from './place.ts'
import type { PortalView } from './portal.ts'

/** What the QR page tells of known trouble, with "me too" beside each report. */
export function knownTrouble(view: PortalView, known: KnownTrouble): Html | null {
  const { reported, says, elsewhere } = known
  if (reported.length === 0 && !says) return null
  return html`<section class="notice" aria-labelledby="known">
<h2 id="known">Known already</h2>
${says && html`<p>The printer itself says: ${inCoarseWords[says]}.</p>`}
${
  elsewhere &&
  html`<p>Printing works at <strong>${elsewhere.label}</strong>${placeOf(elsewhere) && `, ${placeOf(elsewhere)}`}.</p>`
}
<form method="post" action="/p/${encodeURIComponent(view.printer.token)}">
<input type="hidden" name="form" value="${view.form}">
${reported.map((ticket) => report(ticket, view.now))}</form>
</section>`
}

function report(ticket: Ticket, now: Date): Html {
  const seconds = Math.max(0, (now.getTime() - Date.parse(ticket.openedAt)) / 1000)
  const matter = inWords[ticket.fault ?? ticket.wants ?? 'other']
  return html`<p>Somebody ${whatOf(ticket)} ${lasting(seconds)} ago${certainty(ticket)}. ${ticket.state === 'taken' ? 'Somebody is on it.' : 'It is on the list.'}${ticket.clearedAt && ' The printer says that it is over.'}</p>
<button name="joins" value="${ticket.id}" aria-label="Me too: ${matter}">Me too</button>
`
}

function whatOf({ fault, wants }: Ticket): string {
  if (wants) return `asked for ${wants === 'other' ? 'something' : wants}`
  return `reported ${inSentence[fault ?? 'other']}`
}

const inSentence: Readonly<Record<NonNullable<Ticket['fault']>, string>> = {
  jam: 'a paper jam',
  empty: 'that something is empty',
  'poor-print': 'poor print',
  panel: 'an error on the panel',
  other: 'another trouble',
}

const inCoarseWords: Readonly<Record<ReasonWord, string>> = {
  jam: 'paper is jammed',
  door: 'a door is open',
  empty: 'toner or ink is empty',
  paper: 'the paper is out',
  full: 'its output tray is full',
  waste: 'its waste box is full',
  parts: 'a part is missing or worn',
  service: 'it needs somebody',
  alert: 'it needs somebody',
  low: 'toner or ink runs low',
  silent: 'nothing; it does not answer at the moment',
}
