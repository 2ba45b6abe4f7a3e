import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import { randomCode } from '../ids.ts'
import { changesBetween, note } from '../journal/journal.ts'
import type { Deed } from '../journal/weight.ts'
import { Refusal } from '../refusal.ts'
import type { RecordOf, State } from '../state.ts'
import type { Password, Person, Token } from './person.ts'
import { type Rights, type RoleName, roles } from './rights.ts'
import { endSessionsOf } from './sessions.ts'

// What may be done with accounts. Passwords arrive hashed (`password.ts`), for hashing waits and an
// act does not.

export interface NewPerson {
  readonly name: string
  readonly email?: string | null
  /** Names what the person may do; it can be changed bit by bit later. */
  readonly role: RoleName
  /** Names of the groups to look after. */
  readonly groups?: readonly string[]
  /** null: signs in at the OpenID provider. */
  readonly password: Password | null
}

/** Refuses `invalid` a bad name, `conflict` a taken one, `missing` an unknown group. */
export function addPerson(tx: Change, words: NewPerson, act: Act): Person {
  const name = words.name.normalize('NFC')
  refuseBadName(name)
  const holder = findPerson(tx.state, name)
  if (holder)
    throw new Refusal(
      'conflict',
      `There is ${holder.disabledAt ? 'a disabled account' : 'an account'} named ${holder.name} already; take another name.`,
      { field: 'name' },
    )
  refuseBadEmail(words.email ?? null)
  const groups = groupsNamed(tx.state, words.groups ?? [])
  const person: Person = {
    id: act.newId('u'),
    name,
    email: words.email ?? null,
    reach: roles[words.role].reach,
    rights: roles[words.role].rights,
    password: words.password,
    identity: null,
    openId: words.password === null,
    summary: false,
    tokens: [],
    createdAt: act.now.toISOString(),
    disabledAt: null,
  }
  tx.put('people', person)
  for (const group of groups)
    tx.put('groups', { ...group, managers: [...group.managers, person.id] })
  const details = {
    name,
    role: words.role,
    groups: [...groups].map((group) => group.name).join(', '),
  }
  note(tx, act, {
    ...{ what: 'person added', subject: person.id, details },
    personal: { email: person.email },
  })
  return person
}

/**
 * Ends the person's tokens and sessions too: who sets a password because somebody else knew it means
 * to shut that somebody out. Refuses `missing`.
 */
export function setPassword(
  tx: Change,
  words: { readonly name: string; readonly password: Password },
  act: Act,
): Person {
  const person = getPerson(tx.state, words.name)
  const changed = { ...person, password: words.password, tokens: [] }
  tx.put('people', changed)
  const sessionsEnded = endSessionsOf(tx, person.id)
  noteOf(tx, act, 'password set', { before: person, after: changed, sessionsEnded })
  return changed
}

/** The token, to be shown this once: only its hash is kept. Refuses `missing`, `conflict`. */
export function addToken(
  tx: Change,
  words: {
    readonly name: string
    readonly use?: string
    readonly rights?: Rights | null
    readonly expiresAt?: string | null
  },
  act: Act,
): string {
  const person = getPerson(tx.state, words.name)
  if (person.disabledAt)
    throw new Refusal('conflict', `${person.name} is disabled; enable the account first.`)
  // 200 random bits: nothing to guess, so one round of SHA-256 is hash enough.
  const token = `platen_${randomCode(40)}`
  const kept = {
    id: act.newId('k'),
    name: words.use ?? '',
    hash: hashOf(token),
    rights: words.rights ?? null,
    createdAt: act.now.toISOString(),
    expiresAt: words.expiresAt ?? null,
  }
  const changed = { ...person, tokens: [...person.tokens, kept] }
  tx.put('people', changed)
  noteOf(tx, act, 'token added', { before: person, after: changed })
  return token
}

/** Signed out everywhere, no sign-in from now on, and no token works again. Refuses `missing`, `conflict` when it is so. */
export function disablePerson(tx: Change, words: { readonly name: string }, act: Act): Person {
  const person = getPerson(tx.state, words.name)
  if (person.disabledAt) throw new Refusal('conflict', `${person.name} is disabled already.`)
  const changed = { ...person, tokens: [], disabledAt: act.now.toISOString() }
  tx.put('people', changed)
  const sessionsEnded = endSessionsOf(tx, person.id)
  noteOf(tx, act, 'disabled', { before: person, after: changed, sessionsEnded })
  return changed
}

/** The old password works again; tokens are given anew. Refuses `missing`, `conflict`. */
export function enablePerson(tx: Change, words: { readonly name: string }, act: Act): Person {
  const person = getPerson(tx.state, words.name)
  if (!person.disabledAt) throw new Refusal('conflict', `${person.name} is not disabled.`)
  const changed = { ...person, disabledAt: null }
  tx.put('people', changed)
  noteOf(tx, act, 'enabled', { before: person, after: changed })
  return changed
}

/** Upper and lower case are the same. */
export function findPerson(state: State, name: string): Person | undefined {
  return onlyOne(state, state.by.peopleByName.get(name.normalize('NFC').toLowerCase()))
}

export function findByToken(
  state: State,
  sent: string,
): { readonly person: Person; readonly token: Token } | null {
  const hash = hashOf(sent)
  const person = onlyOne(state, state.by.peopleByTokenHash.get(hash))
  const token = person?.tokens.find((each) => each.hash === hash)
  return person && token ? { person, token } : null
}

function getPerson(state: State, name: string): Person {
  const person = findPerson(state, name)
  if (!person) throw new Refusal('missing', `Nobody here is named ${name}.`, { field: 'name' })
  return person
}

function onlyOne(state: State, ids: ReadonlySet<string> | undefined): Person | undefined {
  for (const id of ids ?? []) return state.people[id]
  return undefined
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

/** RFC 7617: a name that is sent with a password cannot hold a colon or control characters. */
function refuseBadName(name: string): void {
  const fits = name.length >= 1 && name.length <= 64
  if (!fits || name !== name.trim() || /[:\p{C}]/u.test(name))
    throw new Refusal(
      'invalid',
      'A name has 1 to 64 characters, no colon, and no blanks at its ends.',
      { field: 'name' },
    )
}

function refuseBadEmail(email: string | null): void {
  if (email !== null && !z.email().safeParse(email).success)
    throw new Refusal('invalid', `"${email}" is no e-mail address.`, { field: 'email' })
}

/** Of a password nothing at all, of tokens how many there are. */
function noteOf(
  tx: Change,
  act: Act,
  what: Deed,
  { before, after, sessionsEnded }: NotedChange,
): void {
  const written = ({ disabledAt, tokens }: Person) => ({ disabledAt, tokens: tokens.length })
  const { id: subject, name } = after
  note(tx, act, {
    ...{ what, subject },
    details: { name, ...(sessionsEnded !== undefined && { sessionsEnded }) },
    changes: changesBetween(written(before), written(after), ['disabledAt', 'tokens']),
  })
}

interface NotedChange {
  readonly before: Person
  readonly after: Person
  readonly sessionsEnded?: number
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')
