import { z } from 'zod'
import type { Act } from '../core/act.ts'
import type { Change } from '../core/change.ts'
import type { Html } from '../core/html.ts'
import { lookedFor } from '../core/looked-for.ts'
import { changePerson } from '../core/people/changed.ts'
import { getPersonById } from '../core/people/find.ts'
import { isWithin } from '../core/people/giver.ts'
import { hashPassword } from '../core/people/password.ts'
import { disablePerson, enablePerson, setPassword } from '../core/people/people.ts'
import type { Person } from '../core/people/person.ts'
import { endSessions, sessionHandle, sessionsOf } from '../core/people/sessions.ts'
import { removeToken } from '../core/people/tokens.ts'
import { Refusal } from '../core/refusal.ts'
import { type Answer, page, type Route, type SignedAsk, seeOther } from './answer.ts'
import type { OpenIdSettings } from './openid.ts'
import { peoplePage } from './pages/people.ts'
import { doneWords, personPage } from './pages/person.ts'
import type { Refused } from './pages/person-form.ts'
import { browsersOf, everybody, type PersonFacts, personFacts, tokensOf } from './people-facts.ts'
import { personFields, typedPerson, visibleGroups } from './people-form.ts'
import { newPersonRoutes } from './people-new.ts'
import { pageNumber, readQuery } from './query.ts'
import type { SignIn } from './session.ts'
import { showAgain } from './show-again.ts'
import { changeAccount } from './still-may.ts'
import { type BoardParts, viewOf } from './views.ts'

// Accounts, for who looks after them: what each may do, sessions, tokens.

export interface PeopleParts extends BoardParts {
  readonly signIn: SignIn
  readonly openId: OpenIdSettings | null
}

export function peopleRoutes(parts: PeopleParts): Route[] {
  const look = { as: 'page', who: 'signed in', needs: 'people look', method: 'GET' } as const
  const change = { ...look, method: 'POST', needs: 'people change' } as const
  const path = '/people/:person'
  const list = (ask: SignedAsk) => listed(parts, ask)
  const one = (ask: SignedAsk) => shown(parts, ask)
  const acting = (done: Done, act: AccountAct) => (ask: SignedAsk) => perform(parts, ask, done, act)
  return [
    { ...look, path: '/people', answer: list },
    ...newPersonRoutes(parts),
    { ...look, path, answer: one },
    { ...change, path: `${path}/change`, answer: acting('kept', keepWords) },
    { ...change, path: `${path}/password`, answer: (ask: SignedAsk) => givePassword(parts, ask) },
    { ...change, path: `${path}/no-password`, answer: acting('no-password', takePassword) },
    { ...change, path: `${path}/disable`, answer: acting('disabled', disablePerson) },
    { ...change, path: `${path}/enable`, answer: acting('enabled', enablePerson) },
    { ...change, path: `${path}/end-session`, answer: acting('signed-out', endOne) },
    { ...change, path: `${path}/end-sessions`, answer: acting('signed-out', endAll) },
    { ...change, path: `${path}/end-token`, answer: acting('token-ended', endToken) },
  ]
}

type Done = keyof typeof doneWords
type AccountAct = (tx: Change, person: Person, act: Act, ask: SignedAsk) => Person | number

const keepWords: AccountAct = (tx, person, act, ask) => {
  const typed = typedPerson(ask.form)
  const groups = visibleGroups(tx.state, ask.person, typed.groups)
  const changes = { ...personFields(typed), groups: groups.map(({ id }) => id) }
  return changePerson(tx, { name: person.name, changes }, act)
}

const takePassword: AccountAct = (tx, { name }, act) =>
  setPassword(tx, { name, password: null }, act)

const endOne: AccountAct = (tx, person, act, { form }) =>
  endSessions(tx, { person, handles: [form.get('session') ?? ''] }, act)

const endAll: AccountAct = (tx, person, act) =>
  endSessions(tx, { person, handles: sessionsOf(tx.state, person.id).map(sessionHandle) }, act)

const endToken: AccountAct = (tx, { name }, act, { form }) =>
  removeToken(tx, { name, id: form.get('token') ?? '' }, act)

function perform(
  parts: PeopleParts,
  ask: SignedAsk,
  done: Done,
  change: AccountAct,
): Promise<Answer> {
  const id = ask.params.person ?? ''
  return showAgain(
    async () => {
      await changeAccount(parts.store, { ask, id }, (tx, person, act) =>
        change(tx, person, act, ask),
      )
      return seeOther(`/people/${id}?done=${done}`)
    },
    ({ message, details }) =>
      whole(parts, ask, {
        sentence: message,
        field: details.field,
        typed: done === 'kept' ? typedPerson(ask.form) : null,
      }),
  )
}

function givePassword(parts: PeopleParts, ask: SignedAsk): Promise<Answer> {
  const id = ask.params.person ?? ''
  return showAgain(
    async () => {
      const { name, password: own } = getPersonById(parts.store.state, id)
      // There the old one is asked for: who finds a browser unattended does not know it.
      if (id === ask.person.id && own)
        throw new Refusal(
          'conflict',
          'Change your own password at your account, which asks for the old one.',
        )
      const password = await hashPassword({ name, typed: ask.form.get('password') ?? '' })
      await changeAccount(parts.store, { ask, id }, (tx, person, act) =>
        setPassword(tx, { name: person.name, password }, act),
      )
      return seeOther(`/people/${id}?done=password`)
    },
    ({ message, details }) =>
      whole(parts, ask, { sentence: message, field: details.field, typed: null }),
  )
}

const done = z
  .enum(Object.keys(doneWords) as [Done, ...Done[]], 'is nothing that was done')
  .optional()

function shown(parts: PeopleParts, ask: SignedAsk): Answer {
  const came = readQuery(ask.query, { done })
  return page(200, whole(parts, ask, null, came.done ?? null))
}

function whole(
  parts: PeopleParts,
  ask: SignedAsk,
  refused: Refused | null,
  done: Done | null = null,
): Html {
  const { state } = parts.store
  const person = getPersonById(state, ask.params.person ?? '')
  const isGivable = isWithin(state, ask.person, person)
  return personPage(viewOf(parts, ask), {
    person: personFacts(parts, ask.person, person),
    browsers: browsersOf(parts, person.id, ask.session),
    tokens: tokensOf(person, parts.clock.now()),
    giver: ask.person,
    groups: visibleGroups(state, ask.person),
    openIdName: parts.openId?.name ?? null,
    isOwn: person.id === ask.person.id,
    ...{ isGivable, refused, done },
  })
}

const text = z.string().default('')
const perPage = 100

/** Every word stands in what the list tells of somebody. */
function listed(parts: PeopleParts, ask: SignedAsk): Answer {
  const { q, page: number } = readQuery(ask.query, { q: text, page: pageNumber })
  const isMeant = lookedFor(q, ({ name, email, role, groups }: PersonFacts) =>
    [name, email, role ?? 'own rights', ...groups.map((group) => group.name)].join(' '),
  )
  const all = everybody(parts.store.state)
    .map((person) => personFacts(parts, ask.person, person))
    .filter(isMeant)
  const people = all.slice((number - 1) * perPage, number * perPage)
  const pages = Math.ceil(all.length / perPage)
  return page(200, peoplePage(viewOf(parts, ask), { people, q, page: number, pages }))
}
