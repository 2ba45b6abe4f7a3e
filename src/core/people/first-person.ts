import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import { note } from '../journal/journal.ts'
import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import { addPerson, type NewPerson } from './people.ts'
import type { Person } from './person.ts'

// The first account of all: whoever makes it gave the code of the console, and looks after everything.

/** Whether nobody has an account; one that is disabled is an account. */
export function isNobodyHere(state: State): boolean {
  for (const _ in state.people) return false
  return true
}

/** Refuses `missing` where somebody has an account already, and what `addPerson` refuses. */
export function addFirstPerson(
  tx: Change,
  words: Pick<NewPerson, 'name' | 'email' | 'password'>,
  act: Act,
): Person {
  refuseUnlessFirst(tx.state)
  const person = addPerson(tx, { ...words, role: 'administrator' }, act)
  note(tx, act, { what: 'first account', subject: person.id, details: { name: person.name } })
  return person
}

/** Refuses `missing` where somebody has an account already: the way in by the code is closed for good. */
export function refuseUnlessFirst(state: State): void {
  if (isNobodyHere(state)) return
  throw new Refusal('missing', 'The first account is made already: sign in, at /login.')
}
