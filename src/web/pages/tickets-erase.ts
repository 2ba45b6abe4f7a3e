import { type Html, html, type Part } from '../../core/html.ts'
import type { Erased } from '../../core/tickets/erasure.ts'
import { board, proof, type View } from './board.ts'

export interface EraseFacts {
  /** As it was typed. */
  readonly email: string
  /** What is held about it; null: not asked yet. */
  readonly held: Erased | null
  /** Somebody comes from erasing. */
  readonly isDone: boolean
  readonly refused: string | null
}

/** Forgets a person by the address that was left: first what is held, then it goes. */
export function erasePage(view: View, { email, held, isDone, refused }: EraseFacts): Html {
  return board(view, {
    title: 'Forget a person',
    under: '/tickets',
    use: 'typing',
    body: html`<p><a href="/tickets">All tickets to do</a></p>
${isDone && html`<p class="notice good" role="status">Done. The address, the name and the words that came with it are in none of the files of this platen any more; older backups still have them until they go.</p>`}
${refused && html`<p class="notice bad" id="trouble" role="alert">${refused}</p>`}
<p>Somebody who reported a trouble may ask to be forgotten. Name, address and words go out of the
tickets, the letters and the journal; what was done to the printer stays, and so do the notes of staff.</p>
<form method="post" action="/tickets/erase">${proof(view)}
<label for="email">The e-mail address that was left</label>
<input id="email" name="email" type="email" autocomplete="off" required maxlength="254" value="${email}"${refused && html` aria-describedby="trouble"`}>
<button>Look what is held</button>
</form>
${held && found(view, email, held)}`,
  })
}

function found(view: View, email: string, { tickets, letters, entries }: Erased): Part {
  if (tickets + letters + entries === 0)
    return html`<h2 id="held">Nothing is held</h2>
<p>No ticket, letter or entry of the journal knows ${email}.</p>`
  return html`<h2 id="held">What is held about ${email}</h2>
<ul><li>${counted(tickets, 'ticket')}</li><li>${counted(letters, 'letter')}</li><li>${counted(entries, 'entry', 'entries')} of the journal</li></ul>
<form method="post" action="/tickets/erase" id="erase">${proof(view)}
<input type="hidden" name="email" value="${email}"><input type="hidden" name="erase" value="1">
<button>Forget ${email} for good</button>
</form>`
}

const counted = (count: number, one: string, many = `${one}s`) =>
  `${count} ${count === 1 ? one : many}`
