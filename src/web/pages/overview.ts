import { type Html, html } from '../../core/html.ts'
import type { Printer } from '../../core/printers/printer.ts'
import type { Question } from '../../core/questions/question.ts'
import type { Watched } from '../../core/status/status.ts'
import { board, type View } from './board.ts'
import { type Nothing, needSections, nobody } from './printers.ts'
import { questionRows } from './questions.ts'
import { type Filed, ticketRows } from './tickets.ts'

/** What a person at the desk looks at first: who needs somebody, and what was reported. */
export function overviewPage(
  view: View,
  facts: {
    readonly printers: readonly Watched[]
    readonly nothing: Nothing | null
    readonly tickets: readonly Filed[]
    readonly asked: readonly { readonly printer: Printer; readonly question: Question }[]
  },
): Html {
  const { printers, nothing, tickets, asked } = facts
  return board(view, {
    title: 'Overview',
    under: '/',
    use: 'reading',
    body: nothing
      ? nobody(nothing)
      : html`<h2 id="tickets">Tickets to do <span class="count">${tickets.length}</span></h2>
${tickets.length === 0 ? html`<p>Nothing is reported.</p>` : ticketRows(view, tickets, '/')}
${questionRows(asked)}
${needSections(printers)}`,
  })
}
