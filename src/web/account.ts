import { z } from 'zod'
import type { Html } from '../core/html.ts'
import { changePerson } from '../core/people/changed.ts'
import { getPersonById } from '../core/people/find.ts'
import { refuseMoreThanOwn } from '../core/people/giver.ts'
import { hashPassword } from '../core/people/password.ts'
import { setOwnPassword } from '../core/people/people.ts'
import type { Person } from '../core/people/person.ts'
import { endSessions, sessionHandle, sessionsOf } from '../core/people/sessions.ts'
import { addToken, removeToken } from '../core/people/tokens.ts'
import { Refusal } from '../core/refusal.ts'
import { type Answer, page, type Route, type SignedAsk, seeOther } from './answer.ts'
import { browserName } from './browser-name.ts'
import { writeCookie } from './cookie.ts'
import {
  type AccountRefused,
  accountPage,
  newTokenPage,
  ownDone,
  tokenDays,
} from './pages/account.ts'
import { browsersOf, personFacts, tokensOf } from './people-facts.ts'
import { typedRights } from './people-form.ts'
import { readQuery } from './query.ts'
import type { SignIn } from './session.ts'
import { showAgain } from './show-again.ts'
import { type BoardParts, viewOf } from './views.ts'

// One's own account: password, summary, tokens, browsers that are signed in.

export interface AccountParts extends BoardParts {
  readonly signIn: SignIn
  readonly publicUrl: string | null
}

export function accountRoutes(parts: AccountParts): Route[] {
  const own = { as: 'page', who: 'signed in', needs: null, method: 'POST' } as const
  const perform = (act: OwnAct) => (ask: SignedAsk) =>
    showAgain(
      async () => {
        refuseWithoutBrowser(ask)
        return act(parts, ask)
      },
      ({ message, details }) => whole(parts, ask, { sentence: message, field: details.field }),
    )
  return [
    { ...own, method: 'GET', path: '/account', answer: (ask: SignedAsk) => show(parts, ask) },
    { ...own, path: '/account/password', answer: perform(changePassword) },
    { ...own, path: '/account/summary', answer: perform(setSummary) },
    { ...own, path: '/account/token', answer: perform(makeToken) },
    { ...own, path: '/account/end-token', answer: perform(endToken) },
    { ...own, path: '/account/end-session', answer: perform(endOne) },
    { ...own, path: '/account/end-others', answer: perform(endOthers) },
  ]
}

type OwnAct = (parts: AccountParts, ask: SignedAsk) => Promise<Answer>
type Done = keyof typeof ownDone

/** A token is no person: what it could make here would outlive it. */
function refuseWithoutBrowser({ session }: SignedAsk): void {
  if (session) return
  throw new Refusal('forbidden', 'An account is changed by its person: sign in at a browser.')
}

/** The old one counts as at the sign-in; afterwards only this browser is signed in, with another cookie. */
const changePassword: OwnAct = async (parts, ask) => {
  const { store, signIn } = parts
  const { name, password: kept } = now(ask)
  if (!kept)
    throw new Refusal(
      'conflict',
      'You sign in without a password here, so there is none to change.',
    )
  const typed = ask.form.get('password') ?? ''
  const old = ask.form.get('old') ?? ''
  const checked = await signIn.checkPassword({ name, password: old, address: ask.address })
  if (checked?.id !== ask.person.id)
    throw new Refusal('invalid', 'That is not the password that you have now.', { field: 'old' })
  const password = await hashPassword({ name, typed })
  const person = await store.update((tx) => {
    now(ask)
    return setOwnPassword(tx, { checked, password }, ask.act())
  })
  const secret = await signIn.sessions.begin(person, {
    ...{ by: 'password', browser: browserName(ask.headers['user-agent']) },
  })
  return done('password', { 'Set-Cookie': writeCookie(secret, parts.publicUrl) })
}

const setSummary: OwnAct = async ({ store }, ask) => {
  const summary = ask.form.get('summary') === '1'
  await store.update((tx) => {
    changePerson(tx, { name: now(ask).name, changes: { summary } }, ask.act())
  })
  return done(summary ? 'summary' : 'no-summary')
}

/** Shown in the answer itself: it is kept nowhere, and there is no address to find it at again. */
const makeToken: OwnAct = async (parts, ask) => {
  const rights = typedRights(ask.form)
  const days = Object.entries(tokenDays).find(([choice]) => choice === ask.form.get('days'))
  const use = (ask.form.get('use') ?? '').trim()
  if (!use) throw new Refusal('invalid', 'Say what the token is for.', { field: 'use' })
  if (!days) throw new Refusal('invalid', 'Say how long the token lasts.', { field: 'days' })
  const token = await parts.store.update((tx) => {
    const person = now(ask)
    refuseMoreThanOwn(person, rights)
    return addToken(tx, { name: person.name, use, rights, days: days[1].days }, ask.act())
  })
  return page(200, newTokenPage(viewOf(parts, ask), { use, token }))
}

const endToken: OwnAct = async ({ store }, ask) => {
  const id = ask.form.get('token') ?? ''
  await store.update((tx) => removeToken(tx, { name: now(ask).name, id }, ask.act()))
  return done('token-ended')
}

const endOne: OwnAct = async ({ store }, ask) => {
  const handles = [ask.form.get('session') ?? '']
  await store.update((tx) => endSessions(tx, { person: now(ask), handles }, ask.act()))
  return done('signed-out')
}

const endOthers: OwnAct = async ({ store }, ask) => {
  await store.update((tx) => {
    const person = now(ask)
    const others = sessionsOf(tx.state, person.id).filter(({ id }) => id !== ask.session)
    return endSessions(tx, { person, handles: others.map(sessionHandle) }, ask.act())
  })
  return done('signed-out')
}

/** Refuses `unauthenticated` who was signed out meanwhile. */
function now(ask: SignedAsk): Person {
  const person = ask.asNow()
  if (person) return person
  throw new Refusal('unauthenticated', 'You were signed out meanwhile. Sign in again to go on.')
}

const done = (what: Done, headers: Answer['headers'] = {}): Answer =>
  seeOther(`/account?done=${what}`, headers)

const came = z
  .enum(Object.keys(ownDone) as [Done, ...Done[]], 'is nothing that was done')
  .optional()

function show(parts: AccountParts, ask: SignedAsk): Answer {
  const query = readQuery(ask.query, { done: came })
  return page(200, whole(parts, ask, null, query.done ?? null))
}

function whole(
  parts: AccountParts,
  ask: SignedAsk,
  refused: AccountRefused | null,
  done: Done | null = null,
): Html {
  const person = getPersonById(parts.store.state, ask.person.id)
  const { form } = ask
  return accountPage(viewOf(parts, ask), {
    person: personFacts(parts, ask.person, person),
    rights: ask.person.rights,
    browsers: browsersOf(parts, person.id, ask.session),
    tokens: tokensOf(person, parts.clock.now()),
    typed: {
      use: form.get('use') ?? '',
      days: form.get('days') ?? '',
      rights: form.has('use') ? typedRights(form) : null,
    },
    ...{ refused, done },
  })
}
