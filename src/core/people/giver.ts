import type { Change } from '../change.ts'
import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import { may } from './access.ts'
import { getPersonById, groupsOf } from './find.ts'
import type { Person } from './person.ts'
import { areas, isEnough, type Rights } from './rights.ts'

// Who looks after accounts gives nothing that is not their own, lays no hand on an account that may
// more than theirs, and does not shut the last door behind everybody. At the machine itself, by the
// command line, nothing of this holds: that is the way back in.

/** Refuses `forbidden`, with the area. */
export function refuseMoreThanOwn(giver: Person, given: Rights): void {
  const beyond = areas.find((area) => !isEnough(giver.rights[area], given[area]))
  if (!beyond) return
  throw new Refusal(
    'forbidden',
    `Nobody gives more than they may themselves, and in the area “${beyond}” ${giver.name} has “${giver.rights[beyond]}”.`,
    { field: `rights.${beyond}` },
  )
}

/** Whether an account may nothing, and sees nothing, that the giver does not. */
export function isWithin(state: State, giver: Person, person: Person): boolean {
  if (areas.some((area) => !isEnough(giver.rights[area], person.rights[area]))) return false
  if (giver.reach === 'all') return true
  const own = new Set(groupsOf(state, giver).map(({ id }) => id))
  return person.reach === 'groups' && groupsOf(state, person).every(({ id }) => own.has(id))
}

/** Refuses `missing`, and `forbidden` an account that may more than the giver. */
export function getPersonWithin(state: State, giver: Person, id: string): Person {
  const person = getPersonById(state, id)
  if (isWithin(state, giver, person)) return person
  throw new Refusal(
    'forbidden',
    `${person.name} may more here than ${giver.name}, so ${giver.name} may not change that account. Somebody who may as much can.`,
  )
}

/**
 * An act on an account by somebody who looks after accounts. What it comes to is looked at when it is
 * done, whichever act it was, for what is refused then is undone with the change.
 */
export function onAccount<T>(
  tx: Change,
  { giver, person }: { readonly giver: Person; readonly person: string },
  act: (person: Person) => T,
): T {
  // As it was before: who takes something away from themselves still had it when they gave it.
  const ownGroups = new Set(groupsOf(tx.state, giver).map(({ id }) => id))
  const wasKept = isKept(tx.state)
  const result = act(getPersonWithin(tx.state, giver, person))
  refuseBeyond(tx.state, { giver, ownGroups }, getPersonById(tx.state, person))
  refuseLastGone(tx.state, wasKept)
  return result
}

/** A new account, which may no more than the giver. Refuses as `onAccount`. */
export function onNewAccount(tx: Change, giver: Person, act: () => Person): Person {
  const ownGroups = new Set(groupsOf(tx.state, giver).map(({ id }) => id))
  const person = act()
  refuseBeyond(tx.state, { giver, ownGroups }, person)
  return person
}

function refuseBeyond(
  state: State,
  { giver, ownGroups }: { readonly giver: Person; readonly ownGroups: ReadonlySet<string> },
  person: Person,
): void {
  refuseMoreThanOwn(giver, person.rights)
  if (giver.reach === 'all') return
  if (person.reach === 'groups' && groupsOf(state, person).every(({ id }) => ownGroups.has(id)))
    return
  throw new Refusal(
    'forbidden',
    `Nobody gives more than they see themselves, and ${giver.name} sees the printers of some groups only.`,
    { field: 'reach' },
  )
}

function refuseLastGone(state: State, wasKept: boolean): void {
  if (!wasKept || isKept(state)) return
  throw new Refusal(
    'conflict',
    'This is the last account that may change every other one and can sign in. Give somebody else as much first.',
  )
}

/** Whether somebody is left who can let the others in; who never came in by OpenID may not be able to. */
function isKept(state: State): boolean {
  return Object.values(state.people).some(
    (person) =>
      may(person, 'people change') &&
      person.reach === 'all' &&
      (person.password !== null || (person.openId && person.identity !== null)),
  )
}
