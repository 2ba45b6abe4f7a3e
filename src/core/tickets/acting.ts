import type { Act } from '../act.ts'
import { may, maySeeTicket } from '../people/access.ts'
import { findPerson } from '../people/find.ts'
import type { Person } from '../people/person.ts'
import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import type { Ticket } from './ticket.ts'

// "Acting as": at a desk where one account is signed in and several people work, what is done bears the
// name of who does it, and the journal has both.

/** An act in somebody's name. */
export interface DeskAct extends Act {
  /** The account that is signed in, where it is another one. */
  readonly signedInAs?: string
}

/** Whose names may be acted in: who may change this ticket, by name; never a disabled account. */
export function actorsFor(state: State, ticket: Ticket): Person[] {
  return Object.values(state.people)
    .filter((person) => isActor(state, person, ticket))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
}

/**
 * The same act, in the name of `as`; empty: by who is signed in. Refuses `invalid` a name that is not among
 * `actorsFor`, whether there is such an account or not.
 */
export function actingAs(
  state: State,
  act: Act,
  { as, ticket }: { readonly as: string; readonly ticket: Ticket },
): DeskAct {
  if (as.trim() === '') return act
  const person = findPerson(state, as.trim())
  if (!person || !isActor(state, person, ticket))
    throw new Refusal(
      'invalid',
      `Nobody named "${as.trim()}" may change this ticket; choose a name from the list.`,
      { field: 'as' },
    )
  return person.name === act.by ? act : { ...act, by: person.name, signedInAs: act.by }
}

/** For the journal. */
export const alsoSignedIn = ({ signedInAs }: DeskAct): { readonly signedInAs?: string } =>
  signedInAs === undefined ? {} : { signedInAs }

const isActor = (state: State, person: Person, ticket: Ticket): boolean =>
  may(person, 'tickets change') && maySeeTicket(state, person, ticket)
