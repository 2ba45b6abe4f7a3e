import { may } from '../../core/people/access.ts'
import type { Person } from '../../core/people/person.ts'

/** Where somebody who is signed in may want to go: path, words, and what it takes. */
export const places = [
  ['/', 'Overview', null],
  ['/printers', 'Printers', 'printers look'],
  ['/groups', 'Groups', 'printers look'],
  ['/tickets', 'Tickets', 'tickets look'],
  ['/reports', 'Reports', 'reports look'],
  ['/people', 'People', 'people look'],
  ['/settings', 'Settings', 'system look'],
  ['/system', 'System', 'system look'],
] as const

export type Place = (typeof places)[number]

/** Those that are open to this person. */
export function placesOf(person: Person): Place[] {
  return places.filter(([, , needs]) => needs === null || may(person, needs))
}
