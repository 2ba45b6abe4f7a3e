import { type Html, html, type Part } from '../../core/html.ts'
import { areas, noRights, type Rights } from '../../core/people/rights.ts'
import type { BrowserFacts, PersonFacts, TokenFacts } from '../people-facts.ts'
import { board, button, proof, type View } from './board.ts'
import { marker, peopleLooks, troubleNotice } from './person-form.ts'
import { reachWords, rightsTable, roleWords } from './person-rights.ts'
import { browserRows, tokenRows } from './person-signed-in.ts'

/** Why a form was refused, and of which field. */
export interface AccountRefused {
  readonly sentence: string
  readonly field: unknown
}

export interface AccountFacts {
  readonly person: PersonFacts
  /** What may be given to a token. */
  readonly rights: Rights
  readonly browsers: readonly BrowserFacts[]
  readonly tokens: readonly TokenFacts[]
  /** Of the token that was refused; `rights: null` where none was asked for. */
  readonly typed: { readonly use: string; readonly days: string; readonly rights: Rights | null }
  readonly refused: AccountRefused | null
  readonly done: keyof typeof ownDone | null
}

/** By what stands in the address afterwards. */
export const ownDone = {
  password:
    'Your new password is set. Your other browsers were signed out, and your tokens have ended.',
  summary: 'You get the daily summary.',
  'no-summary': 'You get no daily summary any more.',
  'signed-out': 'Signed out.',
  'token-ended': 'The token has ended.',
} as const

/** By what the form sends. */
export const tokenDays = {
  '30': { days: 30, words: '30 days' },
  '90': { days: 90, words: '90 days' },
  '365': { days: 365, words: '365 days' },
  none: { days: null, words: 'until it is ended' },
} as const

/** One's own account. */
export function accountPage(view: View, facts: AccountFacts): Html {
  const { person, browsers, tokens, refused, done } = facts
  const others = browsers.filter(({ isThis }) => !isThis)
  return board(view, {
    title: 'Your account',
    under: '/account',
    use: 'typing',
    head: peopleLooks,
    body: html`${done && html`<p class="notice" role="status">${ownDone[done]}</p>`}
${troubleNotice(refused)}
<dl>
<dt>Name</dt><dd>${person.name}</dd>
<dt>E-mail address</dt><dd>${person.email ?? 'none; whoever looks after the accounts can give one'}</dd>
<dt>You may</dt><dd>${roleWords(person.role, person.rights)}</dd>
<dt>You look after</dt><dd>${reachWords(person.reach, person.groups)}</dd>
</dl>
<h2 id="summary">Daily summary</h2>
${summary(view, person)}
<h2 id="password-heading">Password</h2>
${password(view, facts)}
<h2 id="browsers">Your browsers</h2>
${browserRows(view, browsers, '/account')}
${others.length > 0 && button(view, '/account/end-others', 'Sign out all others')}
<h2 id="tokens">Tokens for scripts</h2>
<p>A script shows a token in place of a name and a password, and may no more than the token.</p>
${tokens.length === 0 ? html`<p>You have none.</p>` : tokenRows(view, tokens, '/account')}
${tokenForm(view, facts)}`,
  })
}

/** The one time that it is shown. */
export function newTokenPage(
  view: View,
  { use, token }: { readonly use: string; readonly token: string },
): Html {
  return board(view, {
    title: 'A new token',
    under: '/account',
    use: 'typing',
    head: peopleLooks,
    body: html`<p>For ${use}. It is shown this once: copy it now.</p>
<p class="panel"><code class="token">${token}</code></p>
<p>A script sends it as <code>Authorization: Bearer</code> and the token behind it.</p>
<p><a href="/account#tokens">Back to your account</a></p>`,
  })
}

function summary(view: View, { summary, email }: PersonFacts): Html {
  if (email === null) return html`<p>It goes by e-mail, and your account has no address.</p>`
  const more = html`<input type="hidden" name="summary" value="${summary ? '0' : '1'}">`
  const words = summary ? 'Send me none' : 'Send it to me'
  return html`<p>${summary ? `It is sent to ${email}.` : 'You get none.'}</p>
${button(view, '/account/summary', words, { more })}`
}

function password(view: View, { person, refused }: AccountFacts): Html {
  if (!person.signsInBy.includes('password')) return html`<p>You sign in without one here.</p>`
  const mark = marker(refused)
  return html`<p>A new one signs your other browsers out and ends your tokens.</p>
<form method="post" action="/account/password" aria-labelledby="password-heading">${proof(view)}
<input class="away" type="text" name="username" value="${person.name}" autocomplete="username" tabindex="-1" aria-hidden="true" readonly>
<label for="old">Password now</label>
<input id="old" name="old" type="password" autocomplete="current-password" required${mark('old')}>
<label for="password">New password, 8 characters or more</label>
<input id="password" name="password" type="password" autocomplete="new-password" required${mark('password')}>
<button>Change the password</button>
</form>`
}

function tokenForm(view: View, { rights, typed, refused }: AccountFacts): Part {
  const mark = marker(refused)
  if (areas.every((area) => rights[area] === 'none')) return null
  return html`<h2 id="new-token">Make a token</h2>
<form method="post" action="/account/token" aria-labelledby="new-token">${proof(view)}
<label for="use">What it is for</label>
<input id="use" name="use" value="${typed.use}" maxlength="64" autocomplete="off" required${mark('use')}>
<label for="days">It lasts</label>
<select id="days" name="days"${mark('days')}>
${Object.entries(tokenDays).map(([value, { words }]) => html`<option value="${value}"${value === typed.days && html` selected`}>${words}</option>`)}
</select>
${rightsTable('token', typed.rights ?? noRights, rights)}
<button>Make the token</button>
</form>`
}
