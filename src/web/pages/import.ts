import { encodings } from '../../core/decode-text.ts'
import { type Html, html, type Part } from '../../core/html.ts'
import { type ImportKind, importKinds } from '../../core/printers/table.ts'
import { board, proof, type View } from './board.ts'

export interface ImportForm {
  readonly typed: { readonly text: string; readonly kind: string; readonly encoding: string }
  readonly refused: string | null
}

/** A file or pasted rows, to be looked over before anything is done. */
export function importPage(view: View, { typed, refused }: ImportForm): Html {
  const choice = (value: string, words: string, chosen: string) =>
    html`<option value="${value}"${value === chosen && html` selected`}>${words}</option>`
  return board(view, {
    title: 'Import printers',
    under: '/printers',
    use: 'typing',
    body: html`<p>Nothing is changed yet: the next page shows, row by row, what would be. A printer is known by its label; what the file has no column for stays as it is.</p>
${refused && html`<p class="notice bad" id="trouble" role="alert">${refused}</p>`}
<form method="post" action="/printers/import" enctype="multipart/form-data">${proof(view)}
<label for="kind">What it is</label>
<select id="kind" name="kind">${importKinds.map((each) => choice(each, kindWords[each], typed.kind))}</select>
<label for="file">The file</label>
<input type="file" id="file" name="file" accept=".csv,.tsv,.txt,.json,text/csv,text/plain,application/json"${refused && describedBy}>
<label for="encoding">How its letters are written</label>
<select id="encoding" name="encoding">${choice('', 'found out by itself', typed.encoding)}${encodingChoices(typed.encoding)}</select>
<label for="text">Or rows, pasted here, the names of the columns first</label>
<textarea id="text" name="text" rows="6" spellcheck="false"${refused && describedBy}>
${typed.text}</textarea>
<button>Look at what would change</button>
</form>
<h2 id="columns">The columns</h2>
<p><code>label</code> and <code>ipAddress</code> have to be there; <code>assetTag</code>, <code>make</code>, <code>model</code>, <code>building</code>, <code>location</code>, <code>macAddress</code>, <code>serial</code>, <code>group</code>, <code>organisation</code>, <code>community</code>, <code>snmpVersion</code> and <code>isActive</code> may. <a href="/export/printers.csv">The printers as they are now</a> come in this form.</p>
<p>No list at hand? <a href="/printers/discover">Search the network for printers.</a></p>`,
  })
}

const kindWords: Readonly<Record<ImportKind, string>> = {
  printers: 'a table of printers (CSV)',
  tonertrack: 'printers.json of TonerTrack',
}

const describedBy = html` aria-describedby="trouble"`

/** The usual names of the lists that Excel and editors show. */
const encodingWords = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16, as Excel calls Unicode text',
  'utf-16be': 'UTF-16, the other way round',
  'windows-1252': 'Windows, western Europe (1252)',
  'windows-1250': 'Windows, central Europe (1250)',
  'windows-1251': 'Windows, Cyrillic (1251)',
} as const

export const encodingName = (encoding: (typeof encodings)[number]): string =>
  encodingWords[encoding]

export function encodingChoices(chosen: string): Part {
  return encodings.map(
    (each) =>
      html`<option value="${each}"${each === chosen && html` selected`}>${encodingWords[each]}</option>`,
  )
}
