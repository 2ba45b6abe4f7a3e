import { capital } from '../../core/capital.ts'
import { grouped } from '../../core/grouped.ts'
import { type Html, html, type Part } from '../../core/html.ts'
import type { Count, Statistics } from '../../core/status/statistics.ts'
import { type Verdict, verdicts } from '../../core/status/status.ts'
import { lasting } from '../../core/status/verdict.ts'
import { board, type View } from './board.ts'
import { moment } from './moments.ts'
import { printersLooks } from './printers.ts'

/** Figures of the fleet and of its tickets. */
export function reportsPage(view: View, figures: Statistics): Html {
  const { printers, pages, tickets, lowSupplies, silent } = figures
  return board(view, {
    title: 'Reports',
    under: '/reports',
    use: 'reading',
    head: printersLooks,
    body: html`${printers === 0 && html`<p>No printer is in your reach yet; figures begin with the first one.</p>`}
<h2 id="printers">Printers <span class="count">${printers}</span></h2>
${table(
  'How they are',
  ['How', 'Printers'],
  verdicts.map((each) => [
    link(view, `/printers?verdict=${each}`, verdictWords[each]),
    grouped(figures.verdicts[each]),
  ]),
)}
<p>${grouped(pages.counted)} pages stand on the counters of the ${pages.printers} that tell them.</p>
<div class="side-by-side">${counts('Makers', figures.makers)}${counts('Models', figures.models)}${counts('Groups', figures.groups)}</div>
<h2 id="supplies">Supplies running low</h2>
${lowSupplies.colours.length === 0 ? html`<p>None.</p>` : html`<div class="side-by-side">${counts('By colour or kind', lowSupplies.colours)}${counts('By model', lowSupplies.models)}</div>`}
<h2 id="tickets">Tickets</h2>
<p>${tickets.open} open, ${tickets.taken} taken.</p>
${table(
  'Tickets by time',
  ['In the last', 'Opened', 'Resolved', 'Until taken (median)', 'Until resolved (median)'],
  tickets.spans.map(({ hours, opened, resolved, minutesUntilTaken, minutesUntilResolved }) => [
    hours === 24 ? '24 hours' : `${hours / 24} days`,
    grouped(opened),
    grouped(resolved),
    took(minutesUntilTaken),
    took(minutesUntilResolved),
  ]),
)}
<h3>Most tickets in 30 days</h3>
${
  tickets.most.length === 0
    ? html`<p>None was reported.</p>`
    : table(
        'Most tickets in 30 days',
        ['Printer', 'Tickets'],
        tickets.most.map(({ id, label, count }) => [
          link(view, `/printers/${id}`, label),
          grouped(count),
        ]),
      )
}
<h2 id="silent">Silent the longest</h2>
${
  silent.length === 0
    ? html`<p>All answer.</p>`
    : table(
        'Silent the longest',
        ['Printer', 'Read last'],
        silent.map(({ id, label, readAt }) => [
          link(view, `/printers/${id}`, label),
          readAt === null ? 'never' : moment(readAt, view),
        ]),
      )
}`,
  })
}

const verdictWords: Readonly<Record<Verdict, string>> = {
  error: 'Error',
  offline: 'Do not answer',
  warning: 'Warning',
  unknown: 'Not read yet',
  ok: 'Well',
}

const mostNamed = 20

function counts(heading: string, all: readonly Count[]): Part {
  const rest = all.slice(mostNamed).reduce((sum, { count }) => sum + count, 0)
  const rows = all
    .slice(0, mostNamed)
    .map(({ name, count }): readonly Part[] => [
      name === null ? 'not known' : capital(name),
      grouped(count),
    ])
  const others: readonly (readonly Part[])[] = rest > 0 ? [['all others', grouped(rest)]] : []
  return html`<div><h3>${heading}</h3>${table(heading, ['Name', 'Count'], [...rows, ...others])}</div>`
}

/** Scrolls by itself where it is wider than a phone. */
function table(name: string, head: readonly string[], rows: readonly (readonly Part[])[]): Html {
  return html`<div class="scrolls" tabindex="0" role="region" aria-label="${name}"><table>
<thead><tr>${head.map((each) => html`<th scope="col">${each}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([first = null, ...more]) =>
      html`<tr><th scope="row">${first}</th>${more.map((each) => html`<td>${each}</td>`)}</tr>
`,
  )}</tbody></table></div>`
}

/** For who may look at printers; the words for who may not. */
const link = (view: View, path: string, words: string): Part =>
  view.may('printers look') ? html`<a href="${path}">${words}</a>` : words
const took = (minutes: number | null) => (minutes === null ? 'none' : lasting(minutes * 60))
