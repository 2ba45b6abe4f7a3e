import { type Html, html } from '../../core/html.ts'
import type { Printer } from '../../core/printers/printer.ts'
import { lasting } from '../../core/status/verdict.ts'
import { isAlive, type Ticket, ticketTitle } from '../../core/tickets/ticket.ts'
import { layout } from './layout.ts'
import { certainty } from './moments.ts'
import { placeOf } from './place.ts'

export interface ReceiptView {
  readonly ticket: Ticket
  /** null: it is gone. */
  readonly printer: Printer | null
  readonly now: Date
  /** Whoever looks has just said "me too". */
  readonly joined: boolean
}

export function receiptPage({ ticket, printer, now, joined }: ReceiptView): Html {
  const people = ticket.meToo.length + 1
  return layout({
    title: ticketTitle(ticket),
    head: html`<link rel="stylesheet" href="/receipt.css">`,
    body: html`
<p class="place">${printer ? [printer.label, placeOf(printer)].filter(Boolean).join(', ') : 'A printer that is gone'}</p>
${joined ? html`<p class="notice">Thank you. This was reported before; we added you.</p>` : null}
<ol class="steps">
<li class="done">Reported ${ago(ticket.openedAt, now)}${certainty(ticket)}${people > 1 && `, by ${people} people`}</li>
${taken(ticket, now)}
${resolved(ticket, now)}
</ol>
<p>${
      isAlive(ticket)
        ? 'This page renews itself. Keep its address to look again.'
        : 'If the trouble is back, scan the code on the printer once more.'
    }</p>`,
  })
}

function taken({ takenBy, takenAt, state }: Ticket, now: Date): Html | null {
  if (state === 'open') return html`<li aria-current="step">Waits for somebody to take it</li>`
  if (!takenBy || !takenAt) return null
  if (state !== 'taken') return html`<li class="done">Taken by ${takenBy} ${ago(takenAt, now)}</li>`
  return html`<li class="done" aria-current="step">${takenBy} is working on it, taken ${ago(takenAt, now)}</li>`
}

function resolved({ resolvedBy, resolvedAt }: Ticket, now: Date): Html {
  if (!resolvedBy || !resolvedAt) return html`<li>Done</li>`
  return html`<li class="done" aria-current="step">Done by ${resolvedBy} ${ago(resolvedAt, now)}</li>`
}

function ago(at: string, now: Date): Html {
  return html`<time datetime="${at}">${lasting(secondsSince(at, now))} ago</time>`
}

const secondsSince = (at: string, now: Date) => Math.max(0, (now.getTime() - Date.parse(at)) / 1000)
