import { type Html, html, type Part } from '../../core/html.ts'
import { type Heading, headingOf, headings, placeOf, wordOf } from '../../core/status/need.ts'
import { type Verdict, verdicts, type Watched } from '../../core/status/status.ts'
import { lasting } from '../../core/status/verdict.ts'
import { board, type View } from './board.ts'
import { inks } from './levels.ts'

/** What was looked for; empty: all. */
export interface Filter {
  readonly q: string
  readonly verdict: Verdict | ''
}

/** `person`: those whom nobody has shown a printer; `site`: there is none at all. */
export type Nothing = 'site' | 'person'

/** A Pi takes its time over a thousand rows, and nobody reads them. */
export const printersPerPage = 100
const mostOfSection = 50

/** The list of all, worst first, as far as the filter lets them through; a page of it. */
export function printersPage(
  view: View,
  filter: Filter,
  list: {
    readonly printers: readonly Watched[]
    readonly nothing: Nothing | null
    readonly page: number
  },
): Html {
  const { printers, nothing, page } = list
  const from = (page - 1) * printersPerPage
  const shown = printers.slice(from, from + printersPerPage)
  const found =
    printers.length === 0
      ? noMatch(filter)
      : html`${printerRows(shown, 'rows')}
<p>${turnWords(filter, page, printers.length)}</p>`
  return board(view, {
    title: 'Printers',
    under: '/printers',
    use: 'reading',
    body: nothing ? nobody(nothing) : html`${filterForm(filter)}${found}`,
  })
}

/** Sections by who needs somebody first; those that are well only as a number. */
export function needSections(printers: readonly Watched[]): Part {
  return headings.map((heading) => {
    const here = printers.filter((each) => headingOf(each) === heading)
    if (here.length === 0) return null
    if (heading === 'All well') return html`<p class="well">${wellWords(here.length)}</p>`
    const more = here.length - mostOfSection
    return html`<h2 id="${idOf(heading)}">${heading} <span class="count">${here.length}</span></h2>
${printerRows(here.slice(0, mostOfSection), `${idOf(heading)}-rows`)}
${more > 0 && html`<p><a href="/printers">and ${more} more</a></p>`}`
  })
}

/** What to do where there is no printer to be seen. */
export function nobody(nothing: Nothing): Html {
  if (nothing === 'person')
    return html`<p>No printer is shown to you yet: you are in the managers of no group.</p>
<p>Whoever runs this platen can add you to a group of printers.</p>`
  return html`<p>No printers yet. On the machine that runs platen:</p>
<p><code>platen import printers.csv --as printers</code></p>
<p>takes a table with the columns <code>label</code> and <code>ipAddress</code>; others may follow.
<code>platen probe HOST</code> tries one address.</p>`
}

/** `id`: by which the list is known again once the page is newer. */
export function printerRows(printers: readonly Watched[], id: string): Html {
  return html`<ul class="rows" id="${id}">
${printers.map(printerRow)}</ul>`
}

/** The short word of the console, with the weight that gives it its look. */
export function badge(printer: Watched): Html {
  return html`<strong class="badge ${printer.status.verdict}">${wordOf(printer)}</strong>`
}

function printerRow(printer: Watched): Html {
  const { status } = printer
  const { id, label } = status.printer
  return html`<li id="row-${id}">${badge(printer)}
<div class="what"><a href="/printers/${id}">${label}</a> <span class="aside">${placeOf(printer)}</span></div>
<div class="why">${why(printer)}${inks(status.supplies)}</div></li>
`
}

function why({ status, reasons }: Watched): Part {
  const [first, ...more] = reasons
  const age =
    status.stale && status.ageSeconds !== null && `Read ${lasting(status.ageSeconds)} ago. `
  return html`${first !== undefined && html`<span>${first.sentence}${more.length > 0 && ` and ${more.length} more`}</span> `}
${!first && status.fetchedAt === null && 'Nothing was heard from it yet. '}
${age && html`<span class="aside">${age}</span>`}`
}

function filterForm({ q, verdict }: Filter): Html {
  const choice = (value: Verdict | '', words: string) =>
    html`<option value="${value}"${value === verdict && html` selected`}>${words}</option>`
  return html`<form method="get" action="/printers" role="search" class="filter">
<div><label for="q">Name, place, model or trouble</label>
<input id="q" name="q" type="search" value="${q}" maxlength="100"></div>
<div><label for="verdict">How it is</label>
<select id="verdict" name="verdict">
${choice('', 'any')}${verdicts.map((each) => choice(each, verdictWords[each]))}
</select></div>
<button>Show</button>
</form>
`
}

const verdictWords: Readonly<Record<Verdict, string>> = {
  error: 'error',
  offline: 'does not answer',
  warning: 'warning',
  unknown: 'not read yet',
  ok: 'well',
}

/** Ways to the page before and after. */
function turnWords(filter: Filter, page: number, count: number): Part {
  const to = (number: number, words: string) => {
    const query = new URLSearchParams({ ...filter, page: String(number) })
    return html`<a href="/printers?${query.toString()}">${words}</a> `
  }
  const isLast = page * printersPerPage >= count
  return [page > 1 && to(page - 1, 'Those before'), !isLast && to(page + 1, 'Those after')]
}

function noMatch({ q, verdict }: Filter): Html {
  const words = [q && `“${q}”`, verdict && verdictWords[verdict]].filter(Boolean).join(' and ')
  return html`<p>No printer matches ${words}. <a href="/printers">Show all printers</a></p>`
}

function wellWords(count: number): Html {
  const words = count === 1 ? '1 printer is well' : `${count} printers are well`
  return html`<a href="/printers?verdict=ok">${words}</a>`
}

const idOf = (heading: Heading) => heading.toLowerCase().replaceAll(' ', '-')
