import { type Html, html } from '../../core/html.ts'
import type { Printer } from '../../core/printers/printer.ts'
import { layout } from './layout.ts'
import { placeOf } from './place.ts'

/** Where there is no receipt to show. `known`: why it was not kept, to somebody who means well. */
export function thanksPage(printer: Printer, known: string | null = null): Html {
  return layout({
    title: known ? 'It is known already' : 'Thank you',
    body: html`
<p class="place">${printer.label}${placeOf(printer) && `, ${placeOf(printer)}`}</p>
<p class="notice">${known ?? 'We look after it.'}</p>
<p><a href="/p/${encodeURIComponent(printer.token)}">Back to the printer's page</a></p>`,
  })
}

/** Of a code that was misread, of a label that is old, of a printer that was put away. */
export function noPrinterPage(sentence: string): Html {
  return layout({
    title: 'No printer here',
    body: html`
<p>${sentence}</p>
<p>If the code is on a printer in front of you, its label is old or the printer was put out of
service: tell the people who look after the printers, and use another one.</p>`,
  })
}
