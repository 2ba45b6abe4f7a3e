import { type Html, html } from '../../core/html.ts'
import type { State } from '../../core/state.ts'
import type { DoneImport } from '../waiting-imports.ts'
import { board, type View } from './board.ts'
import { mostRows } from './import-rows.ts'
import { printers, rows } from './imports.ts'

/** What came of it. */
export function donePage(view: View, { done, state }: { done: DoneImport; state: State }): Html {
  const { added, changed, retired, left } = done
  const taken = done.printers.flatMap((id) => state.printers[id] ?? [])
  const counts = [
    `${printers(added)} added`,
    `${changed} changed`,
    retired > 0 && `${retired} retired`,
    left > 0 && `${rows(left)} left`,
  ]
  return board(view, {
    title: 'Imported',
    under: '/printers',
    use: 'typing',
    body: html`<p class="notice good" role="status">${counts.filter(Boolean).join(', ')}.</p>
<ul>
${taken.slice(0, mostRows).map(({ id, label }) => html`<li><a href="/printers/${id}">${label}</a></li>\n`)}</ul>
${taken.length > mostRows && html`<p>and ${taken.length - mostRows} more</p>`}
<p><a href="/printers">All printers</a>. They are asked in the round that runs now.</p>
<p><a href="/printers/import">Import another file</a></p>`,
  })
}
