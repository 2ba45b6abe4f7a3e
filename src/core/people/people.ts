import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import { changesBetween, note } from '../journal/journal.ts'
import { Refusal } from '../refusal.ts'
import type { RecordOf, State } from '../state.ts'
import { freeName, refuseUnfitEmail } from './fields.ts'
import { getPerson } from './find.ts'
import { notePerson, writtenRights } from './noted.ts'
import type { Password, Person } from './person.ts'
import { type Role, type RoleName, roleNameOf, roles } from './rights.ts'
import { endSessionsOf } from './sessions.ts'

// How accounts come and go, and their passwords. Those arrive hashed (`password.ts`), for hashing waits
// and an act does not.

export interface NewPerson {
  readonly name: string
  readonly email?: string | null
  /** What the person may do: by the name for it, or bit by bit. */
  readonly role: RoleName | Role
  /** Names of the groups to look after. */
  readonly groups?: readonly string[]
  /** null: signs in at the OpenID provider. */
  readonly password: Password | null
  /** Signs in at the OpenID provider as well. */
  readonly openId?: boolean
  /** Gets the daily summary. */
  readonly summary?: boolean
}

/** Refuses `invalid` a bad name or address, `conflict` a taken name, `missing` an unknown group. */
export function addPerson(tx: Change, words: NewPerson, act: Act): Person {
  const { reach, rights }: Role = typeof words.role === 'string' ? roles[words.role] : words.role
  const person: Person = {
    id: act.newId('u'),
    name: freeName(tx.state, words.name, null),
    email: words.email ?? null,
    ...{ reach, rights },
    password: words.password,
    identity: null,
    openId: words.openId ?? words.password === null,
    summary: words.summary ?? false,
    tokens: [],
    createdAt: act.now.toISOString(),
    disabledAt: null,
  }
  refuseUnfitEmail(person)
  const groups = groupsNamed(tx.state, words.groups ?? [])
  tx.put('people', person)
  for (const group of groups)
    tx.put('groups', { ...group, managers: [...group.managers, person.id] })
  const role = roleNameOf(person)
  const { name, email } = person
  const given = writtenRights(person)
  note(tx, act, {
    ...{ what: 'person added', subject: person.id },
    details: { name, role, groups: [...groups].map((group) => group.name).join(', ') },
    changes: role ? {} : changesBetween(null, given, Object.keys(given)),
    personal: { email },
  })
  return person
}

/**
 * null takes it away. Ends the person's tokens and sessions too: who sets a password because somebody
 * else knew it means to shut that somebody out. Refuses `missing`.
 */
export function setPassword(
  tx: Change,
  words: { readonly name: string; readonly password: Password | null },
  act: Act,
): Person {
  const before = getPerson(tx.state, words.name)
  const after = { ...before, password: words.password, tokens: [] }
  tx.put('people', after)
  const sessionsEnded = endSessionsOf(tx, before.id)
  notePerson(tx, act, 'password set', { before, after, details: { sessionsEnded } })
  return after
}

/**
 * By the person, who showed the old one: `checked` is the account as it was then. Refuses `conflict`
 * where somebody has changed its password meanwhile.
 */
export function setOwnPassword(
  tx: Change,
  { checked, password }: { readonly checked: Person; readonly password: Password },
  act: Act,
): Person {
  const now = tx.state.people[checked.id]
  if (!now || now.disabledAt || now.password?.hash !== checked.password?.hash)
    throw new Refusal(
      'conflict',
      'Somebody has changed this account just now, so nothing was changed. Sign in again and look.',
    )
  return setPassword(tx, { name: now.name, password }, act)
}

/** Signed out everywhere, no sign-in from now on, and no token works again. Refuses `missing`, `conflict` when it is so. */
export function disablePerson(tx: Change, words: { readonly name: string }, act: Act): Person {
  const before = getPerson(tx.state, words.name)
  if (before.disabledAt) throw new Refusal('conflict', `${before.name} is disabled already.`)
  const after = { ...before, tokens: [], disabledAt: act.now.toISOString() }
  tx.put('people', after)
  const sessionsEnded = endSessionsOf(tx, before.id)
  dropSummaries(tx, before.email)
  notePerson(tx, act, 'disabled', { before, after, details: { sessionsEnded } })
  return after
}

/** The old password works again; tokens are given anew. Refuses `missing`, `conflict`. */
export function enablePerson(tx: Change, words: { readonly name: string }, act: Act): Person {
  const before = getPerson(tx.state, words.name)
  if (!before.disabledAt) throw new Refusal('conflict', `${before.name} is not disabled.`)
  const after = { ...before, disabledAt: null }
  tx.put('people', after)
  notePerson(tx, act, 'enabled', { before, after })
  return after
}

function groupsNamed(state: State, names: readonly string[]): Set<RecordOf<'groups'>> {
  const found = names.map((name) => {
    const [id] = state.by.groupsByName.get(name.toLowerCase()) ?? []
    const group = id ? state.groups[id] : undefined
    if (group) return group
    const known = Object.values(state.groups)
      .map((each) => each.name)
      .sort()
    const choice = known.length > 0 ? `the groups are ${known.join(', ')}` : 'there are no groups'
    throw new Refusal('missing', `No group is named ${name}; ${choice}.`, { field: 'groups' })
  })
  return new Set(found)
}

/** What waits for somebody who was shut out, unless others read the same mailbox. */
function dropSummaries(tx: Change, email: string | null): void {
  const people = Object.values(tx.state.people)
  if (people.some((other) => !other.disabledAt && other.summary && other.email === email)) return
  for (const { id, kind, to, state } of Object.values(tx.state.outbox))
    if (kind === 'summary' && state !== 'sent' && 'email' in to && to.email === email)
      tx.drop('outbox', id)
}
