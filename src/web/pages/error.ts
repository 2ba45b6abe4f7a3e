import { type Html, html } from './html.ts'
import { layout } from './layout.ts'

const titles: Readonly<Record<number, string>> = {
  400: 'That could not be read',
  401: 'Please sign in',
  403: 'Not for you',
  404: 'Nothing here',
  405: 'Not in this way',
  409: 'Not now',
  413: 'Too much',
  415: 'Not this kind',
  422: 'Something is missing',
  429: 'Too often',
  500: 'Something broke',
  503: 'Not at the moment',
}

/** What was declined or broke, as a person reads it: the sentence, and where to go from here. */
export function errorPage(status: number, sentence: string): Html {
  return layout({
    title: titles[status] ?? 'That did not work',
    body: html`<p>${sentence}</p>
<p><a href="/">To the start</a></p>`,
  })
}
