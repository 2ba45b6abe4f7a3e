import { z } from 'zod'
import type { Act } from '../../core/act.ts'
import type { Change } from '../../core/change.ts'
import { changePerson } from '../../core/people/changed.ts'
import { getPersonById } from '../../core/people/find.ts'
import { onNewAccount } from '../../core/people/giver.ts'
import { hashPassword } from '../../core/people/password.ts'
import { addPerson, disablePerson, enablePerson, setPassword } from '../../core/people/people.ts'
import type { Person } from '../../core/people/person.ts'
import { noRights, type Role, roles } from '../../core/people/rights.ts'
import { Refusal } from '../../core/refusal.ts'
import type { SignedAsk } from '../answer.ts'
import { everybody, personFacts } from '../people-facts.ts'
import { visibleGroups } from '../people-form.ts'
import type { SignIn } from '../session.ts'
import { changeAccount, stillMay } from '../still-may.ts'
import type { BoardParts } from '../views.ts'
import { type Described, operation, pageFacts, pageOf, pageQuery } from './operation.ts'
import { type givenRights, newPerson, personChanges, personTold } from './people-shapes.ts'
import { signedInOperations } from './people-signed-in.ts'

// Accounts, for scripts: who has one and what each may.

export interface PersonOperationParts extends BoardParts {
  readonly signIn: SignIn
}

const path = '/api/v1/people'
const one = `${path}/:person` as const

export function personOperations(parts: PersonOperationParts): Described[] {
  const { store } = parts
  const told = (ask: SignedAsk, id = ask.params.person ?? '') =>
    personFacts(parts, ask.person, getPersonById(store.state, id))
  const change = async (ask: SignedAsk, act: (tx: Change, who: Person, by: Act) => Person) => {
    await changeAccount(store, { ask, id: ask.params.person ?? '' }, act)
    return told(ask)
  }

  return [
    operation({
      ...{ method: 'GET', path, name: 'listPeople', needs: 'people look' },
      says: 'Who has an account, by name.',
      query: pageQuery,
      answers: z.object({ people: z.array(personTold), ...pageFacts }),
      run(ask, { query }) {
        const { shown, facts } = pageOf(everybody(store.state), query)
        return { people: shown.map((person) => personFacts(parts, ask.person, person)), ...facts }
      },
    }),
    operation({
      ...{ method: 'POST', path, name: 'addPerson', needs: 'people change', status: 201 },
      says: 'Makes an account, by the name of a role or right by right.',
      body: newPerson,
      answers: personTold,
      refuses: ['conflict'],
      async run(ask, { body }) {
        const { name, email, summary, openId } = body
        if (body.password === null && !openId)
          throw new Refusal('invalid', 'Give a password, or openId: nobody could sign in.', {
            field: 'password',
          })
        const password =
          body.password === null ? null : await hashPassword({ name, typed: body.password })
        const { id } = await store.update((tx) => {
          const giver = stillMay(ask, 'people change')
          const groups = visibleGroups(tx.state, giver, body.groups).map((group) => group.name)
          const words = { name, email, summary, openId, password, groups, role: roleIn(body) }
          return onNewAccount(tx, giver, () => addPerson(tx, words, ask.act()))
        })
        return told(ask, id)
      },
    }),
    operation({
      ...{ method: 'GET', path: one, name: 'getPerson', needs: 'people look' },
      says: 'One account.',
      answers: personTold,
      run: (ask) => told(ask),
    }),
    operation({
      ...{ method: 'PATCH', path: one, name: 'changePerson', needs: 'people change' },
      says: 'Changes what is said of an account; what is not said stays.',
      body: personChanges,
      answers: personTold,
      refuses: ['conflict'],
      run: (ask, { body }) =>
        change(ask, (tx, { name, rights }, act) => {
          const { role, rights: given, groups, ...words } = body
          if (groups) visibleGroups(tx.state, ask.person, groups)
          const changes = {
            ...said(words),
            ...(role && roles[role]),
            ...(given && { rights: { ...rights, ...said(given) } }),
            ...(groups && { groups }),
          }
          return changePerson(tx, { name, changes }, act)
        }),
    }),
    operation({
      ...{ method: 'POST', path: `${one}/disable`, name: 'disablePerson', needs: 'people change' },
      says: 'Signs the person out everywhere; no sign-in from now on, and the tokens end.',
      answers: personTold,
      refuses: ['conflict'],
      run: (ask) => change(ask, disablePerson),
    }),
    operation({
      ...{ method: 'POST', path: `${one}/enable`, name: 'enablePerson', needs: 'people change' },
      says: 'Lets the person sign in again.',
      answers: personTold,
      refuses: ['conflict'],
      run: (ask) => change(ask, enablePerson),
    }),
    operation({
      ...{ method: 'PUT', path: `${one}/password`, name: 'setPassword', needs: 'people change' },
      says: 'Sets a password, or with null takes it away; signs out everywhere and ends the tokens.',
      body: z.strictObject({ password: z.string().nullable() }),
      answers: null,
      refuses: ['conflict'],
      async run(ask, { body }) {
        const { id, name, password: own } = getPersonById(store.state, ask.params.person ?? '')
        if (id === ask.person.id && (own || !ask.session)) throw atTheAccount()
        const password =
          body.password === null ? null : await hashPassword({ name, typed: body.password })
        await change(ask, (tx, person, act) =>
          setPassword(tx, { name: person.name, password }, act),
        )
      },
    }),
    ...signedInOperations(parts),
  ]
}

/** There the old one is asked for, and whoever found a browser or a token does not know it. */
const atTheAccount = () =>
  new Refusal('forbidden', 'Change your own password at your account, which asks for the old one.')

/** By its name, or bit by bit. Refuses `invalid` neither. */
function roleIn({ role, reach, rights }: z.output<typeof newPerson>): Role {
  if (role) return roles[role]
  if (!reach || !rights)
    throw new Refusal('invalid', 'Say what the person may: a role, or reach and rights.', {
      field: 'role',
    })
  return { reach, rights: { ...noRights, ...said(rights satisfies z.output<typeof givenRights>) } }
}

/** Without what is undefined, which would write over what is there. */
function said<T extends object>(given: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> }
}
