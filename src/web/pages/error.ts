import { type Html, html } from '../../core/html.ts'
import { layout } from './layout.ts'
import type { Place } from './places.ts'

/** The heading, and what to do now where the sentence itself does not say. */
const words: Readonly<Record<number, readonly [title: string, now: string | null]>> = {
  400: ['That could not be read', 'Go back and try again.'],
  401: ['Please sign in', null],
  403: ['Not from here', null],
  404: ['Nothing here', 'Look at the address again: something in it may be missing or mistyped.'],
  405: ['Not in this way', 'Go back, and use the buttons of the page.'],
  408: ['Too slow', 'Try again where the connection is better.'],
  409: ['Not now', 'Go back and look at it again: somebody may have been faster.'],
  410: ['Too late', null],
  413: ['Too much', null],
  414: ['Too long', 'Look at the address again.'],
  415: ['Not this kind', 'Go back, and use the buttons of the page.'],
  422: ['Something is missing', 'Go back and try again.'],
  429: ['Too often', 'Wait so long, then try again.'],
  500: ['Something broke', 'Try again in a moment; nothing that was saved before is lost.'],
  503: ['Not at the moment', 'Try again in a moment.'],
}

/**
 * What was declined or broke, as a person reads it: the sentence, and where to go from here. `open`: the
 * places of who is signed in; none for anybody else.
 */
export function errorPage(status: number, sentence: string, open: readonly Place[]): Html {
  const [title, now] = words[status] ?? ['That did not work', 'Go back and try again.']
  return layout({
    title,
    body: html`<p>${sentence}</p>
${now && html`<p>${now}</p>`}
${open.length > 0 ? whereTo(open) : strangersWay}`,
  })
}

const whereTo = (open: readonly Place[]) => html`<h2>Where you can go</h2>
<nav aria-label="Places"><ul>
${open.map(([path, words]) => html`<li><a href="${path}">${words}</a></li>`)}
</ul></nav>`

const strangersWay = html`<p><a href="/">To the start page</a>, for who has an account here. A student
scans the code on the printer again.</p>`
