import { type Html, html, type Part } from '../../core/html.ts'
import type { Needs } from '../../core/people/rights.ts'
import { layout } from './layout.ts'
import { type Place, places } from './places.ts'

// The frame of every page that somebody signed in sees.

/** Who looks, and what every page tells them. */
export interface View {
  readonly site: string
  /** Of the person. */
  readonly name: string
  /** Whether the person may: what may not be done is not offered. */
  readonly may: (needs: Needs) => boolean
  /** Whether the person looks after all printers, and so may do what touches all of them. */
  readonly isForAll: boolean
  /** For the hidden field of each form; empty for who came without a session. */
  readonly proof: string
  readonly now: Date
  /** null: the system's. */
  readonly timeZone: string | null
  /** Sentences about the box itself, worst first. */
  readonly trouble: readonly string[]
}

export interface Board {
  readonly title: string
  readonly body: Part
  /** Path of the place above that this page belongs to. */
  readonly under: Place[0] | '/account'
  /** More of the head than every page has. */
  readonly head?: Html
  /** `typing`: there is something to write, which a reload would take away. */
  readonly use: 'reading' | 'typing'
}

/** Without script a page for reading is fetched anew every five minutes. */
const fetchedAnew = html`<noscript><meta http-equiv="refresh" content="300"></noscript>`

export function board(view: View, { title, body, under, use, head }: Board): Html {
  return layout({
    title,
    head: html`<link rel="stylesheet" href="/board.css">${head ?? null}${use === 'reading' && fetchedAnew}`,
    header: html`<a class="skip" href="#main">Skip to the content</a>
<header class="board">
<p class="site">${view.site}</p>
<nav aria-label="Places"><ul>
${places.map(
  ([path, words, needs]) =>
    (needs === null || view.may(needs)) &&
    html`<li><a href="${path}"${path === under && html` aria-current="page"`}>${words}</a></li>`,
)}
</ul></nav>
${leaving(view)}
<p id="connection" role="status"></p>
</header>`,
    body: html`${view.trouble.map((sentence) => html`<p class="notice bad">${sentence}</p>`)}
${body}`,
    scripts: ['board.js'],
  })
}

/** A form of one button: what it does, and where it goes. */
export function button(
  view: View,
  action: string,
  words: string,
  { label, more = null }: { readonly label?: string; readonly more?: Part } = {},
): Html {
  const named = label !== undefined && html` aria-label="${label}"`
  return html`<form method="post" action="${action}" class="button-only">${proof(view)}${more}<button${named}>${words}</button></form>`
}

export function proof(view: View): Html {
  return html`<input type="hidden" name="proof" value="${view.proof}">`
}

/** Who came with a password in the request has nothing to sign out of. */
function leaving(view: View): Html {
  const who = html`<a class="who" href="/account">${view.name}</a>`
  return html`<div class="leave">${who}${view.proof !== '' && button(view, '/logout', 'Sign out')}</div>`
}
