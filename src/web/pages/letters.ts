import { type Html, html, type Part } from '../../core/html.ts'
import type { Letter } from '../../core/outbox/letter.ts'
import type { ListedLetter } from '../letters.ts'
import { board, button, type View } from './board.ts'
import { moment } from './moments.ts'

/** A Pi takes its time over a thousand rows. */
export const lettersPerPage = 50

export interface LetterFacts {
  readonly of: Letter['state']
  /** The newest first. */
  readonly letters: readonly ListedLetter[]
  readonly page: number
  /** Why the last button was refused. */
  readonly refused: string | null
}

/** Letters that wait, were given up, or went: where to, and what hinders them. */
export function lettersPage(view: View, { of, letters, page, refused }: LetterFacts): Html {
  const from = (page - 1) * lettersPerPage
  const shown = letters.slice(from, from + lettersPerPage)
  return board(view, {
    title: titles[of],
    under: '/system',
    use: 'reading',
    body: html`<p><a href="/system">Back to the system</a></p>
${refused && html`<p class="notice bad" role="alert">${refused}</p>`}
<nav aria-label="Lists of letters"><ul class="lists">
${(['waiting', 'given-up', 'sent'] as const).map((each) => html`<li><a href="/system/letters?state=${each}"${each === of && html` aria-current="page"`}>${listWords[each]}</a></li>`)}
</ul></nav>
${shown.length === 0 ? html`<p>${emptyWords[of]}</p>` : html`<ul class="rows tickets">\n${shown.map((each) => row(view, each))}</ul>`}
<p>${turn(of, page - 1, 'Newer', page > 1)}${turn(of, page + 1, 'Older', from + lettersPerPage < letters.length)}</p>`,
  })
}

/** What a letter is about, in the office's words. */
export const kindWords: Readonly<Record<Letter['kind'], string>> = {
  'ticket-opened': 'A report, to the managers',
  'ticket-resolved': 'It is done, to who reported it',
  'backup-made': 'A backup was made',
  'backup-failed': 'A backup failed',
  summary: 'Summary of tickets',
}

const titles = {
  waiting: 'Letters that wait',
  'given-up': 'Letters given up',
  sent: 'Letters sent',
} as const
const listWords = { waiting: 'Waiting', 'given-up': 'Given up', sent: 'Sent' } as const
const emptyWords = {
  waiting: 'No letter waits.',
  'given-up': 'None was given up.',
  sent: 'None was sent of late.',
} as const
const badges = { waiting: 'taken', 'given-up': 'error', sent: 'ok' } as const

function row(view: View, letter: ListedLetter): Html {
  const { id, kind, state, to, postedAt, trouble } = letter
  const named = { label: `Send again now: ${kindWords[kind]}, ${to.join(', ')}` }
  const dropped = { label: `Drop: ${kindWords[kind]}, ${to.join(', ')}` }
  return html`<li id="row-${id}"><strong class="badge ${badges[state]}">${state === 'given-up' ? 'given up' : state}</strong>
<div class="what">${kindWords[kind]} <span class="aside">${to.join(', ') || 'to nobody yet'}</span></div>
<div class="why">${trouble && html`<div>${trouble}</div>`}<div class="aside">posted ${moment(postedAt, view)}${triesWords(letter, view)}</div></div>
${
  state !== 'sent' &&
  view.may('system change') &&
  html`<div class="acts">${button(view, `/system/letters/${id}/again`, 'Send again now', named)}${button(view, `/system/letters/${id}/drop`, 'Drop', dropped)}</div>`
}</li>
`
}

function triesWords({ tries, dueAt, endedAt, maybeTwice }: ListedLetter, view: View): Part {
  const tried = tries === 1 ? ', tried once' : tries > 1 && `, tried ${tries} times`
  const next = dueAt !== null && Date.parse(dueAt) > view.now.getTime()
  return [
    tried,
    next && html`, again ${moment(dueAt, view)}`,
    endedAt !== null && html`, ended ${moment(endedAt, view)}`,
    maybeTwice && ', may have come twice',
  ]
}

const turn = (of: Letter['state'], page: number, words: string, isThere: boolean): Part =>
  isThere && html`<a href="/system/letters?state=${of}&amp;page=${page}">${words}</a> `
