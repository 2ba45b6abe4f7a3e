import { type Html, html, type Part } from '../../core/html.ts'
import type { Preview } from '../../core/printers/import.ts'
import type { PreviewRow } from '../../core/printers/import-plan.ts'
import { type FieldChange, type Outcome, secret } from '../../core/printers/import-plan.ts'

// The rows of a file that is looked over.

/** Of one outcome on a page: nobody reads more, and a Pi takes its time over them. */
export const mostRows = 200

export const outcomeWords: Readonly<Record<Outcome, string>> = {
  refused: 'Refused',
  new: 'New',
  changed: 'Changed',
  same: 'Same',
}

/** Of one outcome; `chosen`: the one alone that is looked at. */
export function rowsOf(preview: Preview, outcome: Outcome, chosen: Outcome | ''): Part {
  const all = preview.rows.filter((row) => row.outcome === outcome)
  if (all.length === 0)
    return chosen === outcome && html`<p>No row is ${outcomeWords[outcome].toLowerCase()}.</p>`
  const shown = all.slice(0, mostRows)
  const more = all.length - shown.length
  return html`<h2 id="${outcome}">${outcomeWords[outcome]} <span class="count">${all.length}</span></h2>
<ul class="rows" id="${outcome}-rows">
${shown.map(rowOf)}</ul>
${more > 0 && html`<p>and ${more} more</p>`}`
}

function rowOf({ row, label, outcome, says, changes, cleaned }: PreviewRow): Html {
  return html`<li><span class="count">row ${row}</span>
<div class="what"><strong>${label || '(no label)'}</strong></div>
<div class="why">${outcome === 'changed' ? changes.map(changeOf) : outcome === 'new' ? changes.map(factOf) : says && html`<span>${says}</span>`}
${cleaned.length > 0 && html`<span class="aside">Mended: ${cleaned.join('; ')}.</span>`}</div></li>
`
}

const changeOf = ({ field, was, is }: FieldChange): Html =>
  secret.has(field)
    ? html`<div>${field} changes</div>`
    : html`<div>${field} <del>${was ?? '(none)'}</del> <span aria-hidden="true">→</span> <ins>${is ?? '(none)'}</ins></div>`

const factOf = ({ field, is }: FieldChange): Html =>
  secret.has(field) ? html`<div>with a ${field} of its own</div>` : html`<div>${field} ${is}</div>`

export function retiredSection(labels: readonly string[]): Html {
  const more = labels.length - mostRows
  return html`<h2 id="retired">Not in the file, and retired <span class="count">${labels.length}</span></h2>
<p>They are asked no more. Nothing that is known of them is forgotten.</p>
<ul>
${labels.slice(0, mostRows).map((label) => html`<li>${label}</li>\n`)}</ul>
${more > 0 && html`<p>and ${more} more</p>`}`
}
