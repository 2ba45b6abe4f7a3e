import { type Html, html } from '../../core/html.ts'
import type { Watched } from '../../core/status/status.ts'
import { board, type View } from './board.ts'
import { type Nothing, needSections, nobody } from './printers.ts'
import { type Filed, ticketRows } from './tickets.ts'

/** What a person at the desk looks at first: who needs somebody, and what was reported. */
export function overviewPage(
  view: View,
  facts: {
    readonly printers: readonly Watched[]
    readonly nothing: Nothing | null
    readonly tickets: readonly Filed[]
  },
): Html {
  const { printers, nothing, tickets } = facts
  return board(view, {
    title: 'Overview',
    under: '/',
    use: 'reading',
    body: nothing
      ? nobody(nothing)
      : html`<h2 id="tickets">Tickets to do <span class="count">${tickets.length}</span></h2>
${tickets.length === 0 ? html`<p>Nothing is reported.</p>` : ticketRows(view, tickets, '/')}
${needSections(printers)}`,
  })
}
