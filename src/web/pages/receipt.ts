import { type Html, html, type Part } from '../../core/html.ts'
import type { Printer } from '../../core/printers/printer.ts'
import { lasting } from '../../core/status/verdict.ts'
import { lastSaid, mayStillSay, reporterSays, type Said } from '../../core/tickets/reporter.ts'
import { isAlive, type Ticket, ticketTitle } from '../../core/tickets/ticket.ts'
import { layout } from './layout.ts'
import { certainty } from './moments.ts'
import { placeOf } from './place.ts'

export interface ReceiptView {
  /** What became of it: where it went into another one, that one. */
  readonly ticket: Ticket
  /** As it stands in the address. */
  readonly receipt: string
  /** null: it is gone. */
  readonly printer: Printer | null
  readonly now: Date
  /** What whoever looks has just done. */
  readonly news: 'joined' | 'said' | null
  /** Whether the page may tell how the printer is. */
  readonly tellsState: boolean
  /** Why nothing was noted. */
  readonly refused: string | null
}

export function receiptPage(view: ReceiptView): Html {
  const { ticket, printer, now, news, refused } = view
  const people = ticket.meToo.length + 1
  return layout({
    title: ticketTitle(ticket),
    head: html`<link rel="stylesheet" href="/receipt.css">`,
    body: html`
<p class="place">${printer ? [printer.label, placeOf(printer)].filter(Boolean).join(', ') : 'A printer that is gone'}</p>
${refused && html`<p class="notice bad" role="alert">${refused}</p>`}
${news && html`<p class="notice" role="status">${newsWords[news]}</p>`}
${isElsewhere(view) && html`<p class="notice">Your report and others were of one trouble; this is what becomes of it.</p>`}
<ol class="steps">
<li class="done">Reported ${ago(ticket.openedAt, now)}${certainty(ticket)}${people > 1 && `, by ${people} people`}</li>
${taken(ticket, now)}
${resolved(ticket, now)}
</ol>
${cleared(view)}
${answerForm(view)}
<p>${
      isAlive(ticket)
        ? 'This page renews itself. Keep its address to look again.'
        : 'If the trouble is back, scan the code on the printer once more.'
    }</p>`,
  })
}

const newsWords = {
  joined: 'Thank you. This was reported before; we added you.',
  said: 'Thank you. It is noted for who looks after the printer.',
} as const

/** The address is of a report that went into another one. */
const isElsewhere = ({ ticket, receipt }: ReceiptView): boolean =>
  ticket.receipt !== receipt.toUpperCase()

function taken({ takenBy, takenAt, state }: Ticket, now: Date): Html | null {
  if (state === 'open') return html`<li aria-current="step">Waits for somebody to take it</li>`
  if (!takenBy || !takenAt) return null
  if (state !== 'taken') return html`<li class="done">Taken by ${takenBy} ${ago(takenAt, now)}</li>`
  return html`<li class="done" aria-current="step">${takenBy} is working on it, taken ${ago(takenAt, now)}</li>`
}

function cleared({ ticket, now, tellsState }: ReceiptView): Part {
  if (!tellsState || ticket.clearedAt === null || !isAlive(ticket)) return null
  return html`<p>The printer says that the fault is gone; it went ${ago(ticket.clearedAt, now)}. Somebody still has a look.</p>`
}

function resolved({ resolvedBy, resolvedAt }: Ticket, now: Date): Html {
  if (!resolvedBy || !resolvedAt) return html`<li>Done</li>`
  return html`<li class="done" aria-current="step">Done by ${resolvedBy} ${ago(resolvedAt, now)}</li>`
}

/** Two buttons that need no words; each once, whoever holds the address. */
function answerForm({ ticket, receipt }: ReceiptView): Part {
  const left = (['works', 'broken'] as const).filter((says) => mayStillSay(ticket, says))
  const before = isAlive(ticket) && lastSaid(ticket)
  return [
    before && html`<p>Noted here: ${reporterSays[before]}</p>`,
    left.length > 0 &&
      html`<h2 id="how">How is it now?</h2>
<form method="post" action="/t/${encodeURIComponent(receipt)}">
${left.map((says) => html`<button name="says" value="${says}">${buttonWords[says]}</button> `)}
</form>`,
  ]
}

const buttonWords: Readonly<Record<Said, string>> = {
  works: 'It works again',
  broken: 'Still broken',
}

function ago(at: string, now: Date): Html {
  return html`<time datetime="${at}">${lasting(secondsSince(at, now))} ago</time>`
}

const secondsSince = (at: string, now: Date) => Math.max(0, (now.getTime() - Date.parse(at)) / 1000)
