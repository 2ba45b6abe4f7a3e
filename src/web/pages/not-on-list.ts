import { type Html, html } from '../../core/html.ts'
import { layout } from './layout.ts'

export interface NotOnList {
  /** Name of the site. */
  readonly site: string
  /** What people call the account at the OpenID provider. */
  readonly provider: string
  /** What who came is called there. */
  readonly called: string
  /** Why that opens nothing here. */
  readonly sentence: string
}

/** Who signed in at the provider, and has no account here: in the same words for everybody. */
export function notOnListPage({ site, provider, called, sentence }: NotOnList): Html {
  return layout({
    title: 'Not signed in',
    head: html`<link rel="stylesheet" href="/board.css">`,
    body: html`<div class="sign-in">
<p class="place">${site}</p>
<p class="notice bad" role="alert">You came with your ${provider} as <strong>${called}</strong>.
${sentence}</p>
<p>Ask whoever looks after the accounts of ${site} for one that has this address.</p>
<p>Somebody else’s ${provider}? Sign out there first, then <a href="/login">sign in here again</a>.</p>
<p class="aside">A student needs no account: scan the code on the printer.</p>
</div>`,
  })
}
