import { Refusal } from '../refusal.ts'
import type { RecordOf, State } from '../state.ts'
import type { Person } from './person.ts'
import { type Area, type Degree, isEnough, type Needs } from './rights.ts'

// May this person do this, see this printer, this ticket? Asked by every mouth, decided here. An area
// that somebody has no right to is `forbidden`; a thing out of reach is `missing`, so that nothing leaks.

type Printer = RecordOf<'printers'>
type Ticket = RecordOf<'tickets'>

export function may(person: Person, needs: Needs): boolean {
  const [area, degree] = needs.split(' ') as [Area, Degree]
  return !person.disabledAt && isEnough(person.rights[area], degree)
}

/** Refuses `forbidden`, with what is missing and who can give it. `by`: what was shown. */
export function refuseUnless(
  person: Person,
  needs: Needs,
  by: 'account' | 'token' = 'account',
): void {
  if (may(person, needs)) return
  const [area, degree] = needs.split(' ') as [Area, Degree]
  const what = `${degree === 'look' ? 'look at' : 'change'} ${areaWords[area]}`
  const sentence =
    by === 'token'
      ? `With this token ${person.name} may not ${what}. A token that may is made at /account, where the account itself may.`
      : `${person.name} may not ${what}. Whoever looks after the accounts here can change that.`
  throw new Refusal('forbidden', sentence, { needs })
}

/** Refuses `forbidden` who looks after some groups only, for what touches all printers. */
export function refuseUnlessAll(person: Person): void {
  if (person.reach === 'all') return
  throw new Refusal(
    'forbidden',
    `This touches all printers, and ${person.name} looks after some groups. Whoever looks after the accounts here can change that.`,
  )
}

const areaWords: Readonly<Record<Area, string>> = {
  printers: 'printers',
  tickets: 'tickets',
  inventory: 'the inventory',
  contracts: 'contracts',
  reports: 'reports',
  jobs: '3D-print jobs',
  people: 'accounts',
  system: 'the system',
}

/** Whether it is within reach: all, or of the groups that name the person. */
export function maySee(state: State, person: Person, printer: Printer): boolean {
  if (person.disabledAt) return false
  if (person.reach === 'all') return true
  return groupOf(state, printer)?.managers.includes(person.id) ?? false
}

/** Whether a group is within reach. */
export function maySeeGroup(person: Person, group: RecordOf<'groups'>): boolean {
  if (person.disabledAt) return false
  return person.reach === 'all' || group.managers.includes(person.id)
}

export function visiblePrinters(state: State, person: Person): Printer[] {
  return Object.values(state.printers).filter((printer) => maySee(state, person, printer))
}

/** Refuses `missing` what there is not and what is out of reach alike, so that nothing leaks. */
export function getVisiblePrinter(state: State, person: Person, id: string): Printer {
  const printer = Object.hasOwn(state.printers, id) ? state.printers[id] : undefined
  if (printer && maySee(state, person, printer)) return printer
  throw new Refusal('missing', 'There is no such printer.', { field: 'printer' })
}

/** Refuses `missing`, as with printers. */
export function getVisibleGroup(state: State, person: Person, id: string): RecordOf<'groups'> {
  const group = Object.hasOwn(state.groups, id) ? state.groups[id] : undefined
  if (group && maySeeGroup(person, group)) return group
  throw new Refusal('missing', 'There is no such group.', { field: 'group' })
}

/** A ticket goes with its printer; one whose printer is gone is for who looks after all. */
export function maySeeTicket(state: State, person: Person, ticket: Ticket): boolean {
  const printer = state.printers[ticket.printer]
  if (printer) return maySee(state, person, printer)
  return person.reach === 'all' && !person.disabledAt
}

/** Refuses `missing`, as with printers. */
export function getVisibleTicket(state: State, person: Person, id: string): Ticket {
  const ticket = Object.hasOwn(state.tickets, id) ? state.tickets[id] : undefined
  if (ticket && maySeeTicket(state, person, ticket)) return ticket
  throw new Refusal('missing', 'There is no such ticket.', { field: 'ticket' })
}

function groupOf(state: State, printer: Printer): RecordOf<'groups'> | undefined {
  return printer.group ? state.groups[printer.group] : undefined
}
