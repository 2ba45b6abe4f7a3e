import { type Html, html, type Part } from '../../core/html.ts'
import type { OutboxFacts } from '../../core/outbox/outbox.ts'
import type { Printer } from '../../core/printers/printer.ts'
import type { Question } from '../../core/questions/question.ts'
import { hasOnlyLowSupplies, type LowSupply } from '../../core/status/low-supplies.ts'
import type { Verdict, Watched } from '../../core/status/status.ts'
import { board, type View } from './board.ts'
import { moment } from './moments.ts'
import { type Nothing, nobody, printerRows, printersLooks, wellWords } from './printers.ts'
import { questionRows } from './questions.ts'
import { type Filed, ticketRows } from './tickets.ts'

export interface OverviewFacts {
  /** Worst first. */
  readonly printers: readonly Watched[]
  readonly low: readonly LowSupply[]
  readonly nothing: Nothing | null
  /** The oldest first. */
  readonly tickets: readonly Filed[]
  readonly asked: readonly { readonly printer: Printer; readonly question: Question }[]
  /** null: none is stuck, or it is not this person's business. */
  readonly letters: OutboxFacts | null
}

const mostOfSection = 50
const mostTickets = 20

/** What a person at the desk looks at first: who needs somebody, and what was reported. */
export function overviewPage(view: View, facts: OverviewFacts): Html {
  const { printers, nothing } = facts
  return board(view, {
    title: 'Overview',
    under: '/',
    use: 'reading',
    head: printersLooks,
    body: html`${lettersWords(view, facts.letters)}
${
  nothing
    ? html`${view.may('printers look') ? nobody(view, nothing) : html`<p>You may not look at printers. Whoever looks after the accounts can change that.</p>`}
${facts.tickets.length > 0 && ticketSection(view, facts.tickets)}`
    : html`${tally(view, facts)}
${view.may('tickets look') && ticketSection(view, facts.tickets)}
${questionRows(facts.asked)}
${section('Needs somebody', of(printers, 'error'), 'verdict=error')}
${section('Do not answer', of(printers, 'offline'), 'verdict=offline')}
${lowSection(facts.low)}
${section('Soon', soonOf(printers), 'verdict=warning')}
${section('Nothing known', of(printers, 'unknown'), 'verdict=unknown')}
${wellWords(printers)}`
}`,
  })
}

const of = (printers: readonly Watched[], verdict: Verdict) =>
  printers.filter(({ status }) => status.verdict === verdict)

/** What a supply alone gives is told of with the supplies. */
const soonOf = (printers: readonly Watched[]) =>
  of(printers, 'warning').filter((each) => !hasOnlyLowSupplies(each))

/** All of it in a line, with ways to it; or that there is nothing to do. */
function tally(view: View, { printers, low, tickets, asked }: OverviewFacts): Part {
  const counts = [
    ['#tickets', 'ticket to do', 'tickets to do', tickets.length],
    ['#questions', 'question', 'questions', asked.length],
    ['#needs-somebody', 'needs somebody', 'need somebody', of(printers, 'error').length],
    ['#do-not-answer', 'does not answer', 'do not answer', of(printers, 'offline').length],
    ['#low', 'supply low', 'supplies low', low.length],
  ] as const
  const shown = counts.filter(([, , , count]) => count > 0)
  if (shown.length > 0)
    return html`<ul class="tally">${shown.map(([path, one, more, count]) => html`<li><a href="${path}">${count} ${count === 1 ? one : more}</a></li>`)}</ul>`
  const isRead = of(printers, 'unknown').length < printers.length
  return (
    isRead &&
    html`<p class="notice good">All well: nobody has to go anywhere${view.may('tickets look') && ', and nothing is reported'}.</p>`
  )
}

function ticketSection(view: View, tickets: readonly Filed[]): Html {
  const more = tickets.length - mostTickets
  return html`<h2 id="tickets">Tickets to do <span class="count">${tickets.length}</span></h2>
${tickets.length === 0 ? html`<p>Nothing is reported.</p>` : ticketRows(view, tickets.slice(0, mostTickets), '/')}
${more > 0 && html`<p><a href="/tickets">and ${more} more</a></p>`}`
}

function section(heading: string, printers: readonly Watched[], query: string): Part {
  if (printers.length === 0) return null
  const id = heading.toLowerCase().replaceAll(' ', '-')
  return html`<h2 id="${id}">${heading} <span class="count">${printers.length}</span></h2>
${printerRows(printers.slice(0, mostOfSection), `${id}-rows`)}
${inList(heading, printers.length, `/printers?${query}`)}`
}

/** Which, and where: what to take along. */
function lowSection(low: readonly LowSupply[]): Part {
  if (low.length === 0) return null
  return html`<h2 id="low">Supplies running low <span class="count">${low.length}</span></h2>
<ul class="rows" id="low-rows">
${low.slice(0, mostOfSection).map(
  ({ printer, model, word, weight, sentence }) =>
    html`<li><strong class="badge ${weight}">${word.toUpperCase()}</strong>
<div class="what">${sentence}</div>
<div class="why"><a href="/printers/${printer.id}">${printer.label}</a> <span class="aside">${[printer.building, printer.location, model].filter(Boolean).join(', ')}</span></div></li>
`,
)}</ul>
${inList('Supplies running low', low.length, '/printers?attention=supplies')}`
}

function inList(heading: string, count: number, path: string): Html {
  const more = count - mostOfSection
  const words = more > 0 ? `and ${more} more` : 'show in the list'
  return html`<p><a href="${path}" aria-label="${heading}: ${words}">${words}</a></p>`
}

function lettersWords(view: View, letters: OutboxFacts | null): Part {
  if (!letters) return null
  const { waiting, givenUp, oldest, lastTrouble } = letters
  const counts = [waiting > 0 && `${waiting} waiting`, givenUp > 0 && `${givenUp} given up`]
  return html`<p class="notice bad" id="letters"><a href="/system">Letters are stuck</a>: ${counts.filter(Boolean).join(', ')}${oldest && html`, the oldest since ${moment(oldest, view)}`}. ${lastTrouble}</p>`
}
