import type { DayPast, Past, Silence } from '../../core/counters/past.ts'
import { grouped } from '../../core/grouped.ts'
import { type Html, html } from '../../core/html.ts'
import type { Entry } from '../../core/journal/entry.ts'
import type { Printer } from '../../core/printers/printer.ts'
import { formatOf, type Way } from '../../core/schedule/format.ts'
import type { Supply } from '../../core/status/reading.ts'
import { supplyNames } from '../../core/status/supplies.ts'
import { lasting } from '../../core/status/verdict.ts'
import { board, type View } from './board.ts'
import { inkOf } from './levels.ts'
import { moment } from './moments.ts'
import { printersLooks } from './printers.ts'

export interface HistoryFacts {
  readonly printer: Printer
  readonly past: Past
  /** As it told them last. */
  readonly supplies: readonly Supply[]
  /** The newest first. */
  readonly entries: readonly Entry[]
}

const mostRows = 20

/** What became of a printer of late. */
export function printerHistoryPage(view: View, facts: HistoryFacts): Html {
  const { printer, past, supplies, entries } = facts
  const names = new Map(supplyNames(supplies).map((name, at) => [supplies[at]?.index ?? '', name]))
  const nameOf = (index: string) => names.get(index) ?? `Supply ${index}`
  const isKnown = past.days.some(({ pages, levels }) => pages !== null || levels.size > 0)
  return board(view, {
    title: `History of ${printer.label}`,
    under: '/printers',
    use: 'reading',
    head: printersLooks,
    body: html`<p><a href="/printers/${printer.id}">Back to ${printer.label}</a></p>
<h2 id="days">The last 30 days</h2>
${isKnown ? dayParts(view, past.days, { supplies, nameOf }) : html`<p>Nothing was written down of it yet. A line is kept whenever a count, a level or a fault is new.</p>`}
<h2 id="silences">When it did not answer</h2>
${past.silences.length === 0 ? html`<p>It has always answered, as far as is written down.</p>` : html`<ul class="history">${past.silences.slice(0, mostRows).map((each) => silenceRow(view, each))}</ul>`}
<h2 id="replaced">What was replaced</h2>
${
  past.replaced.length === 0
    ? html`<p>No supply was seen to be replaced.</p>`
    : html`<ul class="history">${past.replaced
        .slice(0, mostRows)
        .map(
          ({ at, supplies: indexes }) =>
            html`<li>${moment(at, view)}: ${indexes.map(nameOf).join(', ')}</li>`,
        )}</ul>`
}
<h2 id="changes">What was changed, and by whom</h2>
${entries.length === 0 ? html`<p>The journal has nothing of it any more.</p>` : html`<ul class="history">${entries.map((each) => entryRow(view, each))}</ul>`}`,
  })
}

function dayParts(
  view: View,
  days: readonly DayPast[],
  { supplies, nameOf }: { supplies: readonly Supply[]; nameOf: (index: string) => string },
): Html {
  const indexes = [...new Set(days.flatMap(({ levels }) => [...levels.keys()]))]
  const most = Math.max(1, ...days.map(({ pages }) => pages ?? 0))
  const sum = days.reduce((all, { pages }) => all + (pages ?? 0), 0)
  return html`<p>${grouped(sum)} pages in 30 days, ${grouped(most === 1 && sum === 0 ? 0 : most)} on the busiest.</p>
<svg class="chart" viewBox="0 0 300 60" role="img" aria-label="Pages a day; the table below has the numbers">
${days.map(({ pages }, at) => {
  const height = Math.round(((pages ?? 0) / most) * 58 * 10) / 10
  return html`<rect class="left" x="${at * 10 + 1}" y="${60 - height}" width="8" height="${height}"/>`
})}</svg>
${indexes.length > 0 && levelChart(days, indexes, supplies)}
<div class="scrolls" tabindex="0" role="region" aria-label="Pages and levels by day"><table>
<thead><tr><th scope="col">Day</th><th scope="col">Pages</th>${indexes.map((index) => html`<th scope="col">${nameOf(index)}</th>`)}</tr></thead>
<tbody>
${[...days].reverse().map(
  ({ from, pages, levels }) =>
    html`<tr><th scope="row">${dayWords(from, view)}</th><td>${pages === null ? '?' : grouped(pages)}</td>${indexes.map((index) => html`<td>${levels.has(index) && `${Math.round(levels.get(index) ?? 0)} %`}</td>`)}</tr>
`,
)}</tbody></table></div>`
}

/** A line for each supply; a day without a new level goes on as the one before. */
function levelChart(
  days: readonly DayPast[],
  indexes: readonly string[],
  supplies: readonly Supply[],
): Html {
  const line = (index: string) =>
    days
      .flatMap(({ levels }, at) => {
        const percent = levels.get(index)
        return percent === undefined ? [] : [`${at * 10 + 5},${(60 - percent * 0.58).toFixed(1)}`]
      })
      .join(' ')
  return html`<svg class="chart" viewBox="0 0 300 60" role="img" aria-label="Levels of supplies over these days; the table below has the numbers">
${indexes.map((index) => {
  const supply = supplies.find((each) => each.index === index)
  return html`<polyline class="line ${supply ? inkOf(supply) : 'plain'}" points="${line(index)}"/>`
})}</svg>`
}

function silenceRow(view: View, { from, to, why }: Silence): Html {
  const until = to === null ? view.now.getTime() : Date.parse(to)
  const seconds = Math.max(0, Math.floor((until - Date.parse(from)) / 1000))
  return html`<li>${moment(from, view)}, for ${lasting(seconds)}${to === null && ' until now'}${why && `: ${why}`}</li>`
}

function entryRow(view: View, { at, by, from, what, changes, details }: Entry): Html {
  const changed = Object.entries(changes).map(
    ([field, [was, is]]) => `${field}: ${was ?? 'none'} → ${is ?? 'none'}`,
  )
  const more = [...changed, ...(details.community === undefined ? [] : ['community changed'])]
  return html`<li>${moment(at, view)}: <strong>${by}</strong>${from && from !== 'platen' && ` (${from})`}: ${what}${
    more.length > 0 &&
    html`<span class="aside words">
${more.join('\n')}</span>`
  }</li>`
}

const day: Way = { weekday: 'short', day: 'numeric', month: 'short' }
const dayWords = (from: Date, { timeZone }: View): string => formatOf(day, timeZone).format(from)
