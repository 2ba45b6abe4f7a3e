import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import { changesBetween, note } from '../journal/journal.ts'
import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import type { Group } from './group.ts'
import type { Printer } from './printer.ts'
import { findGroup, inOrder } from './printers.ts'

// What may be done with groups. Who looks after one: `core/people/managers.ts`.

export type GroupWords = Pick<Group, 'name' | 'building'>

/** Refuses `missing`. */
export function getGroup(state: State, id: string): Group {
  const group = Object.hasOwn(state.groups, id) ? state.groups[id] : undefined
  if (!group) throw new Refusal('missing', 'There is no such group.', { field: 'group' })
  return group
}

/** Those that are retired too, by label. */
export function printersOf(state: State, group: Pick<Group, 'id'>): Printer[] {
  return inOrder(Object.values(state.printers).filter((printer) => printer.group === group.id))
}

/** Refuses `invalid` a bad name or building, `conflict` a taken name. */
export function addGroup(tx: Change, words: GroupWords, act: Act): Group {
  refuseUnfit(tx.state, words, null)
  const group = { id: act.newId('g'), name: words.name, building: words.building, managers: [] }
  tx.put('groups', group)
  const { name, building } = group
  note(tx, act, { what: 'group added', subject: group.id, details: { name, building } })
  return group
}

/** Refuses as `addGroup`, and `missing`. */
export function changeGroup(
  tx: Change,
  { group: id, changes }: { readonly group: string; readonly changes: Partial<GroupWords> },
  act: Act,
): Group {
  const before = getGroup(tx.state, id)
  const after = { ...before, ...changes }
  refuseUnfit(tx.state, after, id)
  tx.put('groups', after)
  note(tx, act, {
    ...{ what: 'group changed', subject: id, details: { name: after.name } },
    changes: changesBetween(before, after, ['name', 'building']),
  })
  return after
}

/**
 * `printersTo`: the group that its printers go to, null for none; `stay`: there are to be no printers in
 * it. Refuses `conflict` where there are, `missing`.
 */
export function removeGroup(
  tx: Change,
  words: { readonly group: string; readonly printersTo: string | null | 'stay' },
  act: Act,
): void {
  const group = getGroup(tx.state, words.group)
  const printers = printersOf(tx.state, group)
  if (printers.length > 0) {
    if (words.printersTo === 'stay' || words.printersTo === group.id)
      throw new Refusal(
        'conflict',
        `${printersWords(printers.length)} in ${group.name}; say which group they go to.`,
        { field: 'printersTo' },
      )
    const to = words.printersTo === null ? null : getGroup(tx.state, words.printersTo)
    for (const printer of printers) {
      tx.put('printers', { ...printer, group: to?.id ?? null })
      note(tx, act, {
        ...{ what: 'changed', subject: printer.id, details: { label: printer.label } },
        changes: { group: [group.name, to?.name ?? null] },
      })
    }
  }
  // What still waits is for whoever looks after the printers from now on.
  const to = words.printersTo === 'stay' ? null : words.printersTo
  for (const letter of Object.values(tx.state.outbox))
    if ('group' in letter.to && letter.to.group === group.id && letter.state !== 'sent')
      tx.put('outbox', { ...letter, to: { group: to } })
  tx.drop('groups', group.id)
  const { name, building } = group
  const details = { name, building, printersMoved: printers.length }
  note(tx, act, { what: 'group removed', subject: group.id, details })
}

/** Letters of its name, and of its building. */
export const mostOfGroup = 64

function refuseUnfit(state: State, { name, building }: GroupWords, ownId: string | null): void {
  const unfit = (text: string) => text !== text.trim() || /\p{C}/u.test(text)
  if (name.length < 1 || name.length > mostOfGroup || unfit(name))
    throw new Refusal('invalid', 'A group has a name of 1 to 64 characters, in one line.', {
      field: 'name',
    })
  if (
    building !== null &&
    (building.length < 1 || building.length > mostOfGroup || unfit(building))
  )
    throw new Refusal('invalid', 'A building has 1 to 64 characters, in one line, or none.', {
      field: 'building',
    })
  const holder = findGroup(state, name)
  if (holder && holder.id !== ownId)
    throw new Refusal('conflict', `There is a group named ${holder.name} already.`, {
      field: 'name',
    })
}

const printersWords = (count: number): string =>
  count === 1 ? 'There is 1 printer' : `There are ${count} printers`
