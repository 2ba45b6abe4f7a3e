import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import { changesBetween, note } from '../journal/journal.ts'
import type { RecordOf, State } from '../state.ts'
import { getVisibleGroup } from './access.ts'
import { getPersonWithin } from './giver.ts'
import type { Person } from './person.ts'

type Group = RecordOf<'groups'>

/**
 * Who looks after a group from now on (ids). Refuses `missing` a group out of the giver's reach and an
 * unknown person, `forbidden` a person who may more than the giver.
 */
export function setManagers(
  tx: Change,
  words: {
    readonly giver: Person
    readonly group: string
    readonly managers: readonly string[]
  },
  act: Act,
): Group {
  const before = getVisibleGroup(tx.state, words.giver, words.group)
  const managers = [...new Set(words.managers)]
  const kept = before.managers.filter((id) => managers.includes(id))
  const added = managers.filter((id) => !before.managers.includes(id))
  const gone = before.managers.filter((id) => !managers.includes(id) && tx.state.people[id])
  for (const person of [...added, ...gone]) getPersonWithin(tx.state, words.giver, person)
  const after = { ...before, managers: [...kept, ...added] }
  const names = { before: managerNames(tx.state, before), after: managerNames(tx.state, after) }
  tx.put('groups', after)
  note(tx, act, {
    ...{ what: 'group changed', subject: after.id, details: { name: after.name } },
    changes: changesBetween({ managers: names.before }, { managers: names.after }, ['managers']),
  })
  return after
}

/** Of a group's managers, by name. */
export function managersOf(state: State, { managers }: Group): Person[] {
  return managers
    .flatMap((id) => state.people[id] ?? [])
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
}

const managerNames = (state: State, group: Group): string =>
  managersOf(state, group)
    .map(({ name }) => name)
    .join(', ')
