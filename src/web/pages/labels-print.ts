import { type Html, html } from '../../core/html.ts'
import type { Sheet } from '../../core/printers/label-sheets.ts'
import { board, type View } from './board.ts'

/** The sheets themselves; on paper nothing else is there. */
export function labelsToPrint(view: View, sheet: Sheet, drawn: readonly Html[]): Html {
  const count = drawn.length === 1 ? '1 sheet' : `${drawn.length} sheets`
  return board(view, {
    title: 'Labels to print',
    under: '/printers',
    use: 'typing',
    head: html`<link rel="stylesheet" href="/labels.css"><link rel="stylesheet" href="/labels-${sheet.paper}.css">`,
    body: html`<p>${count} of ${sheet.words}. Print them from the browser at 100 % (“actual size”), without
margins, headers or footers. <a href="/labels">Choose other labels</a></p>
<div class="sheets" role="region" aria-label="Sheets" tabindex="0">
${drawn}</div>`,
  })
}
