import { type Html, html, type Part } from '../../core/html.ts'
import { noRights } from '../../core/people/rights.ts'
import type { BrowserFacts, PersonFacts, TokenFacts } from '../people-facts.ts'
import { board, button, proof, type View } from './board.ts'
import { moment } from './moments.ts'
import { waysWords } from './people.ts'
import {
  type Choices,
  marker,
  peopleLooks,
  personFields,
  type TypedPerson,
  troubleNotice,
} from './person-form.ts'
import { reachWords, roleWords } from './person-rights.ts'
import { browserRows, tokenRows } from './person-signed-in.ts'

export interface PersonPageFacts extends Choices {
  readonly person: PersonFacts
  readonly browsers: readonly BrowserFacts[]
  readonly tokens: readonly TokenFacts[]
  /** Whether the account may no more than who looks. */
  readonly isGivable: boolean
  /** Whether it is the account of who looks. */
  readonly isOwn: boolean
  readonly done: keyof typeof doneWords | null
}

/** By what stands in the address afterwards. */
export const doneWords = {
  added: 'The account is made.',
  kept: 'Kept.',
  password: 'The new password is set. Every browser was signed out, and the tokens have ended.',
  'no-password': 'The password is gone. Every browser was signed out, and the tokens have ended.',
  disabled: 'Nobody can sign in to this account any more, and its tokens have ended.',
  enabled: 'The account is in use again, with the password that it had.',
  'signed-out': 'Signed out.',
  'token-ended': 'The token has ended.',
} as const

/** One account: what it may, and where it is signed in. */
export function personPage(view: View, facts: PersonPageFacts): Html {
  const { person, done, refused, browsers, tokens } = facts
  const path = `/people/${person.id}`
  const mayChange = view.may('people change') && facts.isGivable
  return board(view, {
    title: person.name,
    under: '/people',
    use: mayChange ? 'typing' : 'reading',
    head: peopleLooks,
    body: html`<p><a href="/people">All people</a></p>
${done && html`<p class="notice" role="status">${doneWords[done]}</p>`}
${troubleNotice(refused)}
${facts.isOwn && html`<p>This is you. Your password and your tokens are at <a href="/account">your account</a>.</p>`}
${person.disabledAt !== null && html`<p class="notice">Disabled since ${moment(person.disabledAt, view)}: nobody can sign in to it.</p>`}
${mayChange ? changing(view, path, facts) : told(view, facts)}
<h2 id="browsers">Browsers</h2>
${browserRows(view, browsers, mayChange ? path : null)}
${mayChange && browsers.length > 0 && button(view, `${path}/end-sessions`, 'Sign out everywhere')}
<h2 id="tokens">Tokens</h2>
${tokens.length === 0 ? html`<p>None. Each person makes tokens for scripts at the own account.</p>` : tokenRows(view, tokens, mayChange ? path : null)}
${mayChange && ending(view, path, person)}`,
  })
}

/** Of an account that is to be. */
export function newPersonPage(view: View, choices: Choices): Html {
  const { refused, openIdName } = choices
  const person = refused?.typed ?? nobodyYet
  const more = openIdName !== null && ` Leave it empty for who signs in with ${openIdName} only.`
  return board(view, {
    title: 'Add a person',
    under: '/people',
    use: 'typing',
    head: peopleLooks,
    body: html`<p><a href="/people">All people</a></p>
${troubleNotice(refused)}
<form method="post" action="/people/new">${proof(view)}
${personFields(person, choices)}
${passwordField(refused)}
<p class="aside" id="password-words">8 characters or more; tell it to the person, who can change it.${more}</p>
<button>Add the person</button>
</form>`,
  })
}

const nobodyYet: TypedPerson = {
  ...{ name: '', email: '', role: 'manager', reach: 'groups', rights: noRights, groups: [] },
  ...{ summary: false, openId: false },
}

function changing(view: View, path: string, facts: PersonPageFacts): Html {
  const { person, refused } = facts
  const has = person.signsInBy
  const kept: TypedPerson = {
    ...person,
    email: person.email ?? '',
    role: person.role ?? 'own',
    groups: person.groups.map(({ id }) => id),
    openId: has.includes('openid'),
  }
  return html`<form method="post" action="${path}/change">${proof(view)}
${personFields(refused?.typed ?? kept, facts)}
<button>Keep this</button>
</form>
${
  !(facts.isOwn && has.includes('password')) &&
  html`<h2 id="password-of">Password</h2>
<p>${has.includes('password') ? 'A new one signs the person out everywhere and ends the tokens.' : 'The person has none.'}</p>
<form method="post" action="${path}/password" aria-labelledby="password-of">${proof(view)}
${passwordField(refused)}
<button>Set the password</button>
</form>
`
}${has.length === 2 && button(view, `${path}/no-password`, 'Take the password away')}`
}

function passwordField(refused: Choices['refused']): Part {
  return html`<label for="password">New password</label>
<input id="password" name="password" type="password" autocomplete="new-password"${marker(refused)('password')}>`
}

function told(view: View, { person, isGivable }: PersonPageFacts): Html {
  const isBeyond = view.may('people change') && !isGivable
  return html`${isBeyond && html`<p>This account may more than yours, so you cannot change it.</p>`}
<dl>
<dt>E-mail address</dt><dd>${person.email ?? 'none'}</dd>
<dt>May</dt><dd>${roleWords(person.role, person.rights)}</dd>
<dt>Looks after</dt><dd>${reachWords(person.reach, person.groups)}</dd>
<dt>Signs in with</dt><dd>${waysWords(person)}</dd>
<dt>Daily summary</dt><dd>${person.summary ? 'yes' : 'no'}</dd>
</dl>`
}

function ending(view: View, path: string, { disabledAt }: PersonFacts): Html {
  return html`<h2 id="use">${disabledAt === null ? 'Disable' : 'Enable'}</h2>
${
  disabledAt === null
    ? html`<p>Signs the person out everywhere and ends the tokens; what they did stays under their name.</p>
${button(view, `${path}/disable`, 'Disable the account')}`
    : button(view, `${path}/enable`, 'Enable the account')
}`
}
