import { type Html, html } from '../../core/html.ts'
import type { Refusal } from '../../core/refusal.ts'
import { layout } from './layout.ts'

export interface FirstForm {
  /** Name of the site. */
  readonly site: string
  readonly code: string
  readonly name: string
  readonly email: string
  /** Why no account was made. */
  readonly refusal: Pick<Refusal, 'message' | 'details'> | null
}

export function firstRunPage({ site, code, name, email, refusal }: FirstForm): Html {
  const marked = (field: string) =>
    refusal?.details.field === field && html` aria-invalid="true" aria-describedby="trouble"`
  return layout({
    title: 'The first account',
    head: html`<link rel="stylesheet" href="/board.css">`,
    body: html`<div class="sign-in">
<p class="place">${site}</p>
<p>Nobody has an account here yet. The first one looks after everything, and gives the others
theirs.</p>
${refusal && html`<p class="notice bad" id="trouble" role="alert">${refusal.message}</p>`}
<form method="post" action="/first">
<label for="code">Code that platen shows on its console</label>
<input id="code" name="code" value="${code}" autocomplete="off" autocapitalize="characters"
spellcheck="false" maxlength="32" required${code === '' && html` autofocus`}${marked('code')}>
<label for="name">Your name, to sign in with</label>
<input id="name" name="name" value="${name}" autocomplete="username" autocapitalize="none"
spellcheck="false" maxlength="64" required${marked('name')}>
<label for="email">Your e-mail address, if letters are to reach you</label>
<input id="email" name="email" type="email" value="${email}" autocomplete="email"
maxlength="254"${marked('email')}>
<label for="password">A password of 8 characters or more; a few words are good</label>
<input id="password" name="password" type="password" autocomplete="new-password" minlength="8"
required${marked('password')}>
<button>Make the account</button>
</form>
<p class="aside">No console at hand? <code>platen check</code>, on the machine that platen runs on,
shows the code too.</p>
</div>`,
  })
}
