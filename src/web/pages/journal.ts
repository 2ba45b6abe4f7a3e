import { capital } from '../../core/capital.ts'
import { type Html, html, type Part } from '../../core/html.ts'
import type { Entry } from '../../core/journal/entry.ts'
import type { ArchivedWords, JournalFilter, Personal } from '../journal.ts'
import { board, type View } from './board.ts'
import { certainty, moment } from './moments.ts'

export interface JournalFacts {
  readonly filter: JournalFilter
  /** The newest first. */
  readonly rows: readonly {
    readonly entry: Entry
    readonly subject: { readonly words: string; readonly path: string | null }
    readonly personal: Personal
  }[]
  /** Only numbers below it are shown; null: the newest. */
  readonly before: number | null
  readonly next: number | null
  readonly archived: readonly ArchivedWords[]
}

/** Who changed what, from where, before and after, and when. */
export function journalPage(view: View, facts: JournalFacts): Html {
  const { filter, rows, before, next, archived } = facts
  const isFiltered = Object.values(filter).some((value) => value !== '')
  return board(view, {
    title: 'Journal',
    under: '/system',
    use: 'reading',
    body: html`<p><a href="/system">Back to the system</a></p>
<p>Every change, who made it and from where. Each entry is bound to the one before; <code>platen check</code> proves
that none was altered.</p>
${filterForm(filter)}
${rows.length === 0 && html`<p>${isFiltered ? html`No entry matches. <a href="/system/journal">Show all entries</a>` : 'Nothing was changed yet.'}</p>`}
<ul class="history">
${rows.map((row) => entryRow(view, row))}</ul>
<p>${before !== null && html`<a href="${pathOf(filter, null)}">The newest</a> `}${next !== null && html`<a href="${pathOf(filter, next)}">Older</a>`}</p>
${archived.length > 0 && html`<h2>In the archive</h2>\n<ul>${archived.map(archivedRow)}</ul>`}`,
  })
}

function entryRow(view: View, { entry, subject, personal }: JournalFacts['rows'][number]): Html {
  const { number, at, by, from, what, details, changes } = entry
  const about = subject.path
    ? html`<a href="${subject.path}">${subject.words}</a>`
    : html`${subject.words}`
  const all = new URLSearchParams({ subject: entry.subject })
  return html`<li id="entry-${number}"><strong>${number}</strong> ${moment(at, view)}${certainty(entry)}: <strong>${capital(what)}</strong>, ${about}
<span class="aside">by ${by}${from !== null && from !== 'platen' && `, ${doorWords(from)}`} · <a href="/system/journal?${all.toString()}" aria-label="all about it: ${subject.words}">all about it</a></span>
${pairs(Object.entries(details))}${changed(Object.entries(changes))}${personalWords(personal)}</li>
`
}

const doorWords = (from: string) => (from === 'site' ? 'on this site' : `from the ${from}`)

function pairs(fields: readonly (readonly [string, Entry['details'][string]])[]): Part {
  const said = fields.filter(([, value]) => value !== null)
  if (said.length === 0) return null
  return html`<div>${said.map(([name, value], at) => `${at > 0 ? ', ' : ''}${name}: ${value}`)}</div>`
}

function changed(fields: readonly (readonly [string, Entry['changes'][string]])[]): Part {
  return fields.map(
    ([name, [was, is]]) => html`<div>${name}: ${shown(was)} became ${shown(is)}</div>`,
  )
}

const shown = (value: Entry['details'][string] | undefined): Html =>
  value == null || value === '' ? html`nothing` : html`<q>${String(value)}</q>`

function personalWords({ how, fields }: Personal): Part {
  if (how === 'shown') return pairs(Object.entries(fields))
  if (how === 'none') return null
  const words =
    how === 'erased'
      ? 'What it told of a person was erased.'
      : 'What it tells of a person is shown to who may look at accounts.'
  return html`<div class="aside">${words}</div>`
}

function archivedRow({ first, last, fromMonth }: ArchivedWords): Html {
  const which = first === last ? `Entry ${first}` : `Entries ${first} to ${last}`
  const file = html`<code>journal/entries-${fromMonth ?? 'YYYY-MM'}.jsonl</code>`
  const more = first === last ? '' : ' and later'
  return html`<li>${which}: in the data folder, ${file}${more}, without what told of a person</li>`
}

function pathOf(filter: JournalFilter, before: number | null): string {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''))
  if (before !== null) query.set('before', String(before))
  return query.size === 0 ? '/system/journal' : `/system/journal?${query}`
}

function filterForm({ by, what, subject }: JournalFilter): Html {
  const field = (name: string, words: string, value: string) =>
    html`<div><label for="${name}">${words}</label>
<input id="${name}" name="${name}" type="search" value="${value}" maxlength="100"></div>
`
  return html`<form method="get" action="/system/journal" role="search" class="filter">
${field('by', 'Who', by)}${field('what', 'What was done', what)}${field('subject', 'Id of what it was done to', subject)}<button>Show</button>
</form>`
}
