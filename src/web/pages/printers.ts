import { grouped } from '../../core/grouped.ts'
import { type Html, html, type Part } from '../../core/html.ts'
import type { Group } from '../../core/printers/group.ts'
import { headingOf, placeOf, wordOf } from '../../core/status/need.ts'
import { type Verdict, verdicts, type Watched } from '../../core/status/status.ts'
import { lasting } from '../../core/status/verdict.ts'
import type { Round } from '../polls.ts'
import { board, button, type View } from './board.ts'
import { inks } from './levels.ts'

/** What was looked for; empty: all. */
export interface Filter {
  readonly q: string
  readonly verdict: Verdict | ''
  /** Id of a group. */
  readonly group: string
  readonly building: string
  readonly attention: Attention | ''
  readonly retired: '' | '1'
  readonly sort: Sort
}

export const attentions = ['somebody', 'supplies'] as const
export type Attention = (typeof attentions)[number]
/** `need`: who needs somebody first. */
export const sorts = ['need', 'label', 'place', 'model', 'pages', 'age'] as const
export type Sort = (typeof sorts)[number]

/** `person`: those whom nobody has shown a printer; `site`: there is none at all. */
export type Nothing = 'site' | 'person'

/** A Pi takes its time over a thousand rows, and nobody reads them. */
export const printersPerPage = 100

export interface PrinterList {
  /** Of all pages together. */
  readonly count: number
  /** Of this one. */
  readonly shown: readonly Watched[]
  readonly nothing: Nothing | null
  readonly page: number
  /** To choose from. */
  readonly groups: readonly Pick<Group, 'id' | 'name'>[]
  readonly buildings: readonly string[]
  /** That this person has asked for of late; null: none. */
  readonly round: Round | null
}

/** The list of all, worst first, as far as the filter lets them through; a page of it. */
export function printersPage(view: View, filter: Filter, list: PrinterList): Html {
  const { count, shown, nothing, page, round } = list
  const found =
    count === 0
      ? noMatch(filter, list)
      : html`${printerRows(shown, 'rows')}
<p>${turnWords(filter, page, count)}</p>`
  return board(view, {
    title: 'Printers',
    under: '/printers',
    use: 'reading',
    head: printersLooks,
    body: html`${round && roundWords(round)}
<div class="acts quiet">${actParts(view, nothing)}</div>
${nothing && !filter.retired ? nobody(view, nothing) : html`${filterForm(filter, list)}${found}`}`,
  })
}

/** For the head of each page that shows printers as rows, or their figures. */
export const printersLooks = html`<link rel="stylesheet" href="/printers.css">`

/** What to do where there is no printer to be seen. */
export function nobody(view: View, nothing: Nothing): Html {
  if (nothing === 'person')
    return html`<p>No printer is shown to you yet: you are in the managers of no group.</p>
<p>Whoever runs this platen can add you to a group of printers.</p>`
  if (!view.may('printers change'))
    return html`<p>No printers yet. Somebody who may change printers has to add them.</p>`
  return html`<p>No printers yet. The first steps:</p>
<ol>
<li><a href="/printers/import">Import a table of them</a>, or look for them on the network. The table has the columns <code>label</code> and <code>ipAddress</code>; others may follow.</li>
<li>Or <a href="/printers/new">add a printer by hand</a>, to try one.</li>
<li>Then <a href="/groups">put them into groups</a>, each with the managers who look after it.</li>
</ol>
<p>The same on the machine that runs platen: <code>platen import printers.csv --as printers</code>;
<code>platen probe HOST</code> tries one address.</p>`
}

/** `id`: by which the list is known again once the page is newer. */
export function printerRows(printers: readonly Watched[], id: string): Html {
  return html`<ul class="rows printers" id="${id}">
${printers.map(printerRow)}</ul>`
}

/** The short word of the console, with the weight that gives it its look. */
export function badge(printer: Watched): Html {
  return html`<strong class="badge ${printer.status.verdict}">${wordOf(printer)}</strong>`
}

/** Where that page of the list is; what is empty or usual is left out. */
export function listPath(filter: Filter, page: number): string {
  const { q, verdict, ...more } = filter
  const said = Object.entries(more).filter(
    ([name, value]) => value && !(name === 'sort' && value === 'need'),
  )
  const query = new URLSearchParams({ q, verdict, ...Object.fromEntries(said) })
  query.set('page', String(page))
  return `/printers?${query.toString()}`
}

/** A row is the same for all who look while its printer is: twenty pages ask for a hundred each second. */
const rowsMade = new WeakMap<Watched, Html>()

function printerRow(printer: Watched): Html {
  const known = rowsMade.get(printer)
  if (known) return known
  const row = makeRow(printer)
  rowsMade.set(printer, row)
  return row
}

function makeRow(printer: Watched): Html {
  const { status } = printer
  const { id, label, make, model } = status.printer
  const facts = [
    [make, model].filter(Boolean).join(' ') || status.device.model,
    status.pageCount !== null && `${grouped(status.pageCount)} pages`,
  ].filter(Boolean)
  return html`<li id="row-${id}">${badge(printer)}
<div class="what"><a href="/printers/${id}">${label}</a> <span class="aside">${placeOf(printer)}</span></div>
<div class="why">${why(printer)}${inks(status.supplies)}</div>
<div class="facts aside">${facts.join(', ')}</div></li>
`
}

function why({ status, reasons, asking }: Watched): Part {
  const [first, ...more] = reasons
  const age =
    status.stale && status.ageSeconds !== null && `Read ${lasting(status.ageSeconds)} ago. `
  return html`${first !== undefined && html`<span>${first.sentence}${more.length > 0 && ` and ${more.length} more`}</span> `}
${!first && status.fetchedAt === null && (status.printer.isActive ? 'Nothing was heard from it yet. ' : 'It is retired. ')}
${age && html`<span class="aside">${age}</span>`}${asking && html`<span class="aside">Being asked. </span>`}`
}

/** What can be done with all of them. */
function actParts(view: View, nothing: Nothing | null): Part {
  const to = (path: string, words: string) => html`<a class="button" href="${path}">${words}</a>`
  const may = view.may('printers change')
  return [
    !nothing && button(view, '/printers/poll', 'Ask all now'),
    may && nothing !== 'person' && to('/printers/new', 'Add a printer'),
    may && view.isForAll && to('/printers/import', 'Import'),
    !nothing && to('/labels', 'Labels'),
    !nothing && to('/export/printers.csv', 'Export'),
  ]
}

/** Read on by `board.js` while it is under way. */
function roundWords({ total, done, silent, endedAt }: Round): Html {
  const silence = silent > 0 && ` ${silent} did not answer.`
  if (endedAt !== null)
    return html`<p class="notice good" id="round" role="status">All ${total} printers were asked.${silence || ' All have answered.'}</p>`
  return html`<div class="notice round" id="round"><p>Asking all printers: ${done} of ${total} done.${silence}</p>
<progress max="${total}" value="${done}" aria-label="Printers asked"></progress>
<noscript><p><a href="/printers">How far is it now?</a></p></noscript></div>`
}

function filterForm(filter: Filter, { groups, buildings }: PrinterList): Html {
  const select = (name: keyof Filter, words: string, choices: readonly Choice[]) =>
    html`<div class="short"><label for="${name}">${words}</label>
<select id="${name}" name="${name}">
${choices.map(([value, says]) => html`<option value="${value}"${value === filter[name] && html` selected`}>${says}</option>`)}
</select></div>
`
  return html`<form method="get" action="/printers" role="search" class="filter">
<div><label for="q">Name, place, model or trouble</label>
<input id="q" name="q" type="search" value="${filter.q}" maxlength="100"></div>
${select('verdict', 'How it is', [['', 'any'], ...verdicts.map((each) => [each, verdictWords[each]] as const)])}
${groups.length > 0 && select('group', 'Group', [['', 'any'], ...groups.map(({ id, name }) => [id, name] as const)])}
${buildings.length > 0 && select('building', 'Building', [['', 'any'], ...buildings.map((each) => [each, each] as const)])}
${select('attention', 'Needs', [
  ['', 'anything or nothing'],
  ['somebody', 'somebody to go there'],
  ['supplies', 'a supply soon'],
])}
${select('retired', 'Retired', [
  ['', 'those in use'],
  ['1', 'those retired'],
])}
${select(
  'sort',
  'In order of',
  sorts.map((each) => [each, sortWords[each]]),
)}
<button>Show</button>
</form>
`
}

type Choice = readonly [value: string, words: string]

const verdictWords: Readonly<Record<Verdict, string>> = {
  error: 'error',
  offline: 'does not answer',
  warning: 'warning',
  unknown: 'not read yet',
  ok: 'well',
}

const sortWords: Readonly<Record<Sort, string>> = {
  need: 'need, the worst first',
  label: 'label',
  place: 'place',
  model: 'model',
  pages: 'pages, the most first',
  age: 'age, the longest not read first',
}

/** Ways to the page before and after. */
function turnWords(filter: Filter, page: number, count: number): Part {
  const to = (number: number, words: string) =>
    html`<a href="${listPath(filter, number)}">${words}</a> `
  const isLast = page * printersPerPage >= count
  return [
    count > printersPerPage && `${grouped(count)} printers, page ${page}. `,
    page > 1 && to(page - 1, 'Those before'),
    !isLast && to(page + 1, 'Those after'),
  ]
}

function noMatch({ q, verdict, group, building, retired }: Filter, { groups }: PrinterList): Html {
  const words = [
    q && `“${q}”`,
    verdict && verdictWords[verdict],
    group && `the group ${groups.find(({ id }) => id === group)?.name ?? 'that is gone'}`,
    building && `the building ${building}`,
    retired && 'those retired',
  ].filter(Boolean)
  return html`<p>No printer matches ${words.join(' and ') || 'this'}. <a href="/printers">Show all printers</a></p>`
}

/** Those that are well, as a number. */
export function wellWords(printers: readonly Watched[]): Part {
  const count = printers.filter((each) => headingOf(each) === 'All well').length
  if (count === 0) return null
  const words = count === 1 ? '1 printer is well' : `${count} printers are well`
  return html`<p class="well"><a href="/printers?verdict=ok">${words}</a></p>`
}
