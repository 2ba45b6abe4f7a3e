import { createHash } from 'node:crypto'
import { Refusal } from '../refusal.ts'
import type { RecordOf, State } from '../state.ts'
import type { Person, Token } from './person.ts'

// Whose account it is: by name, id or token; and which groups somebody looks after.

/** Upper and lower case are the same. */
export function findPerson(state: State, name: string): Person | undefined {
  return onlyOne(state, state.by.peopleByName.get(name.normalize('NFC').toLowerCase()))
}

/** Refuses `missing`. */
export function getPerson(state: State, name: string): Person {
  const person = findPerson(state, name)
  if (!person) throw new Refusal('missing', `Nobody here is named ${name}.`, { field: 'name' })
  return person
}

/** Refuses `missing`. */
export function getPersonById(state: State, id: string): Person {
  const person = Object.hasOwn(state.people, id) ? state.people[id] : undefined
  if (!person) throw new Refusal('missing', 'There is no such account.', { field: 'person' })
  return person
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

/** What a token is kept as. It is 200 random bits: nothing to guess, so one round is hash enough. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/** The groups that name the person among their managers, by name. */
export function groupsOf(state: State, person: Pick<Person, 'id'>): RecordOf<'groups'>[] {
  return Object.values(state.groups)
    .filter(({ managers }) => managers.includes(person.id))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
}

function onlyOne(state: State, ids: ReadonlySet<string> | undefined): Person | undefined {
  for (const id of ids ?? []) return state.people[id]
  return undefined
}
