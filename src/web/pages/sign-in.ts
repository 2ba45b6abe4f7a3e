import { type Html, html } from '../../core/html.ts'
import { layout } from './layout.ts'

export interface SignInForm {
  /** Name of the site. */
  readonly site: string
  /** Path to go to afterwards. */
  readonly to: string
  readonly name: string
  /** Why the page is shown, where nobody asked for it. */
  readonly news: string | null
  /** Why nobody was signed in. */
  readonly trouble: string | null
  /** Where else one may sign in, and what people call the account there; null: nowhere. */
  readonly openId: { readonly name: string; readonly url: string } | null
}

export function signInPage({ site, to, name, news, trouble, openId }: SignInForm): Html {
  const marked = trouble !== null && html` aria-invalid="true" aria-describedby="trouble"`
  return layout({
    title: 'Sign in',
    head: html`<link rel="stylesheet" href="/board.css">`,
    body: html`<div class="sign-in">
<p class="place">${site}</p>
${news && html`<p class="notice">${news}</p>`}
${trouble && html`<p class="notice bad" id="trouble" role="alert">${trouble}</p>`}
${
  openId &&
  html`<p><a class="button" href="${openId.url}">Sign in with your ${openId.name}</a></p>
<p>Or with an account of this platen:</p>`
}
<form method="post" action="/login">
<input type="hidden" name="to" value="${to}">
<label for="name">Name</label>
<input id="name" name="name" value="${name}" autocomplete="username" autocapitalize="none"
spellcheck="false" maxlength="64" required${!name && html` autofocus`}${marked}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password"
required${name !== '' && html` autofocus`}${marked}>
<button>Sign in</button>
</form>
<p class="aside">Accounts are made by whoever runs this platen. A student needs none: scan the code on
the printer.</p>
</div>`,
  })
}
