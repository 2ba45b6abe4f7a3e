import { type Html, html } from '../../core/html.ts'
import type { BrowserFacts, TokenFacts } from '../people-facts.ts'
import { button, type View } from './board.ts'
import { certainty, moment } from './moments.ts'
import { rightsWords } from './person-rights.ts'

// Where somebody is signed in, and what scripts show in their place. `path`: of the account, below
// which each is ended; null: it may not be.

export function browserRows(
  view: View,
  browsers: readonly BrowserFacts[],
  path: string | null,
): Html {
  if (browsers.length === 0) return html`<p>No browser is signed in.</p>`
  return html`<ul class="rows reasons signed-in">
${browsers.map((each) => browserRow(view, each, path))}</ul>
`
}

export function tokenRows(view: View, tokens: readonly TokenFacts[], path: string | null): Html {
  return html`<ul class="rows reasons signed-in">
${tokens.map((each) => tokenRow(view, each, path))}</ul>
`
}

const byWords: Readonly<Record<BrowserFacts['by'], string>> = {
  password: 'with the password',
  openid: 'with OpenID',
  'first run': 'at the first run',
}

function browserRow(view: View, facts: BrowserFacts, path: string | null): Html {
  const name = facts.browser || 'A browser'
  const seen = html`, seen ${moment(facts.seenAt, view)} or later`
  const more = html`<input type="hidden" name="session" value="${facts.id}">`
  const label = `Sign out ${name}`
  return html`<li><div><strong>${name}</strong>${facts.isThis && ' (this one)'}
<div class="aside">signed in ${byWords[facts.by]} ${moment(facts.startedAt, view)}${!facts.isThis && seen}${certainty(facts)}</div></div>
<div class="acts">${path !== null && !facts.isThis && button(view, `${path}/end-session`, 'Sign out', { label, more })}</div></li>
`
}

function tokenRow(view: View, facts: TokenFacts, path: string | null): Html {
  const name = facts.name || 'without a name'
  const more = html`<input type="hidden" name="token" value="${facts.id}">`
  const ends =
    facts.expiresAt &&
    html`, ${facts.hasEnded ? 'ran out' : 'until'} ${moment(facts.expiresAt, view)}`
  return html`<li><div><strong>${name}</strong>
<div class="aside">may: ${facts.rights ? rightsWords(facts.rights) : 'whatever the account may'}; made ${moment(facts.createdAt, view)}${ends || ', until it is ended'}</div></div>
<div class="acts">${path !== null && button(view, `${path}/end-token`, 'End', { label: `End the token ${name}`, more })}</div></li>
`
}
