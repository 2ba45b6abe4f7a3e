import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import { changesBetween } from '../journal/journal.ts'
import { Refusal } from '../refusal.ts'
import { freeName, refuseUnfitEmail } from './fields.ts'
import { getPerson, groupsOf } from './find.ts'
import { notePerson } from './noted.ts'
import type { Person } from './person.ts'
import { sessionsOf } from './sessions.ts'

/** What is not said stays. */
export interface PersonChanges
  extends Partial<Pick<Person, 'name' | 'email' | 'reach' | 'rights' | 'summary' | 'openId'>> {
  /** Ids of all the groups to look after. */
  readonly groups?: readonly string[]
}

/**
 * Without OpenID the account there is forgotten and who came in by it is signed out. Refuses `missing`
 * the account or a group, `invalid` a bad name or address, `conflict` a taken name.
 */
export function changePerson(
  tx: Change,
  { name, changes }: { readonly name: string; readonly changes: PersonChanges },
  act: Act,
): Person {
  const before = getPerson(tx.state, name)
  const { groups, ...fields } = changes
  const openId = fields.openId ?? before.openId
  const after: Person = {
    ...{ ...before, ...fields },
    name: freeName(tx.state, fields.name ?? before.name, before.id),
    openId,
    identity: openId ? before.identity : null,
  }
  refuseUnfitEmail(after)
  const was = groupNames(tx, before)
  if (groups) lookAfter(tx, before.id, groups)
  tx.put('people', after)
  const endedByOpenId = openId ? 0 : endOpenIdSessions(tx, before.id)
  notePerson(tx, act, 'person changed', {
    ...{ before, after },
    ...(endedByOpenId > 0 && { details: { sessionsEnded: endedByOpenId } }),
    changes: changesBetween({ groups: was }, { groups: groupNames(tx, before) }, ['groups']),
  })
  return after
}

function lookAfter(tx: Change, person: string, wanted: readonly string[]): void {
  for (const id of wanted)
    if (!Object.hasOwn(tx.state.groups, id))
      throw new Refusal('missing', 'There is no such group.', { field: 'groups' })
  for (const group of Object.values(tx.state.groups)) {
    const [is, shall] = [group.managers.includes(person), wanted.includes(group.id)]
    if (is === shall) continue
    const others = group.managers.filter((each) => each !== person)
    tx.put('groups', { ...group, managers: shall ? [...others, person] : others })
  }
}

function endOpenIdSessions(tx: Change, person: string): number {
  const begun = sessionsOf(tx.state, person).filter(({ by }) => by === 'openid')
  for (const { id } of begun) tx.drop('sessions', id)
  return begun.length
}

const groupNames = (tx: Change, person: Person): string =>
  groupsOf(tx.state, person)
    .map((group) => group.name)
    .join(', ')
