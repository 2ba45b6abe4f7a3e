import { onNewAccount } from '../core/people/giver.ts'
import { hashPassword } from '../core/people/password.ts'
import { addPerson } from '../core/people/people.ts'
import { Refusal } from '../core/refusal.ts'
import { type Answer, page, type Route, type SignedAsk, seeOther } from './answer.ts'
import { newPersonPage } from './pages/person.ts'
import type { Refused } from './pages/person-form.ts'
import type { PeopleParts } from './people.ts'
import { personFields, typedPerson, visibleGroups } from './people-form.ts'
import { showAgain } from './show-again.ts'
import { stillMay } from './still-may.ts'
import { viewOf } from './views.ts'

// A new account, made at the site.

export function newPersonRoutes(parts: PeopleParts): Route[] {
  const change = { as: 'page', who: 'signed in', needs: 'people change' } as const
  const path = '/people/new'
  const blank = (ask: SignedAsk) => page(200, form(parts, ask, null))
  return [
    { ...change, method: 'GET', path, answer: blank },
    { ...change, method: 'POST', path, answer: (ask: SignedAsk) => add(parts, ask) },
  ]
}

function add(parts: PeopleParts, ask: SignedAsk): Promise<Answer> {
  const typed = typedPerson(ask.form)
  return showAgain(
    async () => {
      const fields = personFields(typed)
      const secret = ask.form.get('password') ?? ''
      if (!secret && !fields.openId)
        throw new Refusal('invalid', waysIn(parts), { field: 'password' })
      const password = secret ? await hashPassword({ name: fields.name, typed: secret }) : null
      const { reach, rights, ...words } = fields
      const { id } = await parts.store.update((tx) => {
        const giver = stillMay(ask, 'people change')
        const groups = visibleGroups(tx.state, giver, typed.groups).map(({ name }) => name)
        const added = { ...words, role: { reach, rights }, groups, password }
        return onNewAccount(tx, giver, () => addPerson(tx, added, ask.act()))
      })
      return seeOther(`/people/${id}?done=added`)
    },
    ({ message, details }) => form(parts, ask, { sentence: message, field: details.field, typed }),
  )
}

function form(parts: PeopleParts, ask: SignedAsk, refused: Refused | null) {
  return newPersonPage(viewOf(parts, ask), {
    giver: ask.person,
    groups: visibleGroups(parts.store.state, ask.person),
    openIdName: parts.openId?.name ?? null,
    refused,
  })
}

const waysIn = ({ openId }: PeopleParts): string =>
  openId
    ? `Give a password, or let the person sign in with ${openId.name}.`
    : 'Give a password: without one nobody can sign in.'
