import { html } from '../../core/html.ts'
import type { Wording } from './site.ts'

type Words = ReturnType<Wording<never>>

const sentence =
  'You may have got this letter before: platen could not see whether the first one arrived.'

/** The same letter, which says in its last line that it may be the second of its kind. */
export function maybeTwice({ subject, text, html: page }: Words): Words {
  const last = html`<p>${sentence}</p>\n</body>`.text
  return { subject, text: `${text}\n${sentence}\n`, html: page.replace('</body>', last) }
}
