import type { DecodedText, Encoding } from '../../core/decode-text.ts'
import { type Html, html, type Part } from '../../core/html.ts'
import { countRows, type Preview, whyNotRetire } from '../../core/printers/import.ts'
import { type Outcome, outcomes } from '../../core/printers/import-plan.ts'
import type { WaitingImport } from '../waiting-imports.ts'
import { board, proof, type View } from './board.ts'
import { encodingChoices, encodingName } from './import.ts'
import { outcomeWords, retiredSection, rowsOf } from './import-rows.ts'

/** What a person chose of how the file is read; empty: as it was found out, all outcomes. */
export interface Choices {
  readonly encoding: Encoding | ''
  /** What becomes of printers that the file does not name. */
  readonly missing: 'stay' | 'retire'
  readonly outcome: Outcome | ''
}

export interface PreviewFacts extends WaitingImport {
  readonly decoded: Omit<DecodedText, 'text'>
  readonly choices: Choices
  /** Why it was not imported, or cannot be read. */
  readonly refused: string | null
  /** null: read like this it is no table. */
  readonly preview: Preview | null
  /** What tells that nothing has changed since it was looked at. */
  readonly seen: string
}

/** What an import would do, row by row, and the button that does it. */
export function previewPage(view: View, facts: PreviewFacts): Html {
  const { preview, refused, choices } = facts
  return board(view, {
    title: 'Look over the import',
    under: '/printers',
    use: 'typing',
    body: html`${refused && html`<p class="notice bad" id="trouble" role="alert">${refused}</p>`}
<p>${readWords(facts)}</p>
${preview && fileWords(preview)}
${preview && takeForm(view, facts, preview)}
${choiceForm(facts)}
${
  preview &&
  html`${outcomeLinks(facts, preview)}
${outcomes.map((outcome) => (choices.outcome === '' || choices.outcome === outcome) && rowsOf(preview, outcome, choices.outcome))}
${preview.retired.length > 0 && retiredSection(preview.retired)}`
}
<p><a href="/printers/import">Send another file</a></p>`,
  })
}

function readWords({ name, as, decoded }: PreviewFacts): Part {
  if (as === 'text') return `${name}.`
  const read = encodingName(decoded.encoding)
  if (!decoded.isGuess) return `${name}, read as ${read}.`
  return html`${name}. <strong>It is no Unicode; it was taken for ${read}.</strong> Look whether the letters are right, or choose another below.`
}

function fileWords({ readAs, unknownColumns, newGroups }: Preview): Part {
  return [
    ...readAs.map(
      ({ header, column }) => html`<p>The column “${header}” is read as ${column}.</p>`,
    ),
    unknownColumns.length > 0 &&
      html`<p>Passed over, for they mean nothing here: ${unknownColumns.join(', ')}.</p>`,
    newGroups.length > 0 && html`<p>New groups: ${newGroups.join(', ')}.</p>`,
  ]
}

function takeForm(view: View, facts: PreviewFacts, preview: Preview): Html {
  const { id, choices, seen } = facts
  const [count, refused] = [
    countRows(preview, 'new') + countRows(preview, 'changed'),
    countRows(preview, 'refused'),
  ]
  const retired = preview.retired.length
  const why = choices.missing === 'retire' ? whyNotRetire(preview) : null
  if (why !== null) return html`<p class="notice">Not like this: ${why}</p>`
  if (count + retired === 0)
    return html`<p class="notice">${refused > 0 ? 'No row can be taken. Mend the file and send it again.' : 'All is like this already: there is nothing to import.'}</p>`
  const words = [
    `Import ${printers(count)}`,
    retired > 0 && `retire ${retired}`,
    refused > 0 && `leave the ${refused} refused`,
  ]
  return html`${refused > 0 && html`<p class="notice">As it stands nothing is imported, for ${rows(refused)} cannot be taken. Mend the file and send it again, or import the others and leave ${refused === 1 ? 'it' : 'them'}.</p>`}
<form method="post" action="/printers/import/${id}">${proof(view)}
${hidden({ seen, encoding: choices.encoding, missing: choices.missing, refused: refused > 0 ? 'leave' : '' })}
<button>${words.filter(Boolean).join(' and ')}</button>
</form>`
}

export const printers = (count: number) => (count === 1 ? '1 printer' : `${count} printers`)
export const rows = (count: number) => (count === 1 ? '1 row' : `${count} rows`)
const hidden = (fields: Readonly<Record<string, string>>): Part =>
  Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )

function choiceForm({ id, as, choices }: PreviewFacts): Html {
  const stay = (value: Choices['missing'], words: string) =>
    html`<option value="${value}"${value === choices.missing && html` selected`}>${words}</option>`
  return html`<form method="get" action="/printers/import/${id}" class="filter">
${
  as === 'file' &&
  html`<div><label for="encoding">How its letters are written</label>
<select id="encoding" name="encoding"><option value="">found out by itself</option>${encodingChoices(choices.encoding)}</select></div>`
}
<div><label for="missing">Printers that are not in it</label>
<select id="missing" name="missing">${stay('stay', 'stay as they are')}${stay('retire', 'are retired')}</select></div>
<button>Look again</button>
</form>`
}

function outcomeLinks({ id, choices }: PreviewFacts, preview: Preview): Html {
  const { encoding, missing } = choices
  const link = (outcome: Outcome | '', words: string) => {
    const query = new URLSearchParams({ encoding, missing, outcome })
    return html`<li><a href="/printers/import/${id}?${query.toString()}"${outcome === choices.outcome && html` aria-current="page"`}>${words}</a></li>`
  }
  return html`<nav aria-label="Rows"><ul class="lists">
${link('', `All ${preview.rows.length}`)}${outcomes.map((each) => link(each, `${outcomeWords[each]} ${countRows(preview, each)}`))}
</ul></nav>`
}
