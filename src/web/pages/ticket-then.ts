import { type Html, html, type Part } from '../../core/html.ts'
import { lasting } from '../../core/status/verdict.ts'
import { ageThen } from '../../core/tickets/then.ts'
import type { PrinterThen, Ticket } from '../../core/tickets/ticket.ts'

/** What the printer says of itself now, and how old that is. */
export interface PrinterNow {
  readonly said: PrinterThen
  /** null: nothing was read from it yet. */
  readonly ageSeconds: number | null
}

/** How it was when the ticket was opened, beside how it is; nothing where nothing is known of then. */
export function thenAndNow(ticket: Ticket, now: PrinterNow | null): Part {
  const { printerThen } = ticket
  if (!printerThen && !now) return null
  const sides = [printerThen && said(printerThen), now && said(now.said)]
  const known = sides.filter((side) => side !== null)
  return html`<h2 id="printer">The printer</h2>
<table class="levels">
<thead><tr><td></td>
${printerThen && html`<th scope="col">Then <span class="aside">as of ${ageThen(ticket) ?? 'a time not known'}</span></th>`}
${now && html`<th scope="col">Now <span class="aside">${ageNow(now)}</span></th>`}</tr></thead>
<tbody>${names.map(
    (name, at): Part =>
      known.some((side) => side[at]?.length) &&
      html`<tr><th scope="row">${name}</th>${known.map((side) => html`<td>${lines(side[at] ?? [])}</td>`)}</tr>
`,
  )}</tbody></table>`
}

const names = ['Verdict', 'Reasons', 'Alerts', 'Supplies'] as const

/** In the order of the names. */
const said = ({ verdict, reasons, alerts, supplies }: PrinterThen): readonly string[][] => [
  [verdict],
  reasons.map(({ sentence }) => sentence),
  [...alerts],
  supplies.map(({ name, level }) => `${name}: ${level}`),
]

const ageNow = ({ ageSeconds }: PrinterNow): string =>
  ageSeconds === null ? 'never read' : `read ${lasting(ageSeconds)} ago`

const lines = (sentences: readonly string[]): Html =>
  html`${sentences.map((sentence) => html`<div>${sentence}</div>`)}`
