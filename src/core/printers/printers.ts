import type { Act } from '../act.ts'
import { asCounted } from '../as-counted.ts'
import type { Change } from '../change.ts'
import { note } from '../journal/journal.ts'
import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import type { Group } from './group.ts'
import type { Printer } from './printer.ts'

/** Refuses `missing` when there is none with this id. */
export function getPrinter(state: State, id: string): Printer {
  const printer = Object.hasOwn(state.printers, id) ? state.printers[id] : undefined
  if (!printer) throw new Refusal('missing', 'There is no such printer.')
  return printer
}

export function groupOf(state: State, printer: Printer): Group | null {
  return (printer.group && state.groups[printer.group]) || null
}

export function findGroup(state: State, name: string): Group | null {
  const [id] = state.by.groupsByName.get(name.toLowerCase()) ?? []
  return (id && state.groups[id]) || null
}

/** The group of that name (upper and lower case are the same), made when there is none. */
export function ensureGroup(tx: Change, name: string, building: string | null, act: Act): Group {
  const known = findGroup(tx.state, name)
  if (known) return known
  const group: Group = { id: act.newId('g'), name, building, managers: [] }
  tx.put('groups', group)
  note(tx, act, { what: 'group added', subject: group.id, details: { name, building } })
  return group
}

/** By label, numbers in it as numbers: LIB-2 before LIB-10. */
export function inOrder(printers: Iterable<Printer>): Printer[] {
  return [...printers].sort((a, b) => asCounted(a.label, b.label))
}
