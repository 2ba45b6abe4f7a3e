import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import { byNumber } from '../core/journal/by-number.ts'
import type { Entry } from '../core/journal/entry.ts'
import { chainEndOf, entriesAbout } from '../core/journal/journal.ts'
import { isErased } from '../core/journal/verify.ts'
import { may } from '../core/people/access.ts'
import type { Person } from '../core/people/person.ts'
import type { Needs } from '../core/people/rights.ts'
import type { State } from '../core/state.ts'
import { ticketTitle } from '../core/tickets/ticket.ts'

// The journal, as somebody looks through it: the newest first, by number.

/** What is looked for; empty: all. Of `by` and `what` a part is enough, in any case. */
export interface JournalFilter {
  readonly by: string
  readonly what: string
  /** Id of what it was done to. */
  readonly subject: string
}

export interface Found {
  readonly entries: readonly Entry[]
  /** Number that an older page goes on before; null: there is no older one in the state. */
  readonly next: number | null
}

/** `before`: only lower numbers. The loop turns while a long journal is looked through. */
export async function findEntries(
  state: State,
  { by, what, subject }: JournalFilter,
  { before, limit }: { readonly before: number; readonly limit: number },
): Promise<Found> {
  const isWanted = (entry: Entry) =>
    entry.by.toLowerCase().includes(by.toLowerCase()) &&
    entry.what.toLowerCase().includes(what.toLowerCase())
  const found: Entry[] = []
  for (const entry of await newestFirst(state, subject, before)) {
    if (!isWanted(entry)) continue
    if (found.length === limit) return { entries: found, next: found.at(-1)?.number ?? null }
    found.push(entry)
  }
  return { entries: found, next: null }
}

async function newestFirst(state: State, subject: string, before: number): Promise<Entry[]> {
  if (subject !== '')
    return entriesAbout(state, subject)
      .filter(({ number }) => number < before)
      .reverse()
  const end = chainEndOf(state).number
  const steps = byNumber(state)
  for (;;) {
    const { done, value } = steps.next()
    if (!done) {
      await turnOfTheLoop()
      continue
    }
    const sorted: Entry[] = []
    for (let number = Math.min(end, before - 1); number > 0; number -= 1) {
      const entry = value.entries.get(number)
      if (entry) sorted.push(entry)
    }
    return sorted
  }
}

/** What an entry tells of a person, for those who look after the accounts. */
export type Personal =
  | { readonly how: 'none' | 'hidden' | 'erased'; readonly fields: null }
  | {
      readonly how: 'shown'
      readonly fields: NonNullable<Entry['personal']>['fields']
    }

export function personalFor(person: Person, entry: Entry): Personal {
  if (isErased(entry)) return { how: 'erased', fields: null }
  if (entry.personal === null) return { how: 'none', fields: null }
  if (!may(person, 'people look')) return { how: 'hidden', fields: null }
  return { how: 'shown', fields: entry.personal.fields }
}

/** What it was done to, and where this person can look at it; the id alone where it is gone. */
export function subjectOf(
  state: State,
  person: Person,
  id: string,
): { words: string; path: string | null } {
  const [printer, ticket] = [state.printers[id], state.tickets[id]]
  const at = (needs: Needs, path: string) => (may(person, needs) ? path : null)
  if (printer) return { words: printer.label, path: at('printers look', `/printers/${id}`) }
  if (ticket) return { words: ticketTitle(ticket), path: at('tickets look', `/tickets/${id}`) }
  const named = state.people[id] ?? state.groups[id]
  return { words: named?.name ?? id, path: null }
}

/** What left the state for the files of the months. */
export interface ArchivedWords {
  readonly first: number
  readonly last: number
  /** '2026-03', of the first sure time in it; null: none was. */
  readonly fromMonth: string | null
}

export function archivedIn(state: State): ArchivedWords[] {
  return Object.values(state.archived)
    .map(({ first, last, at }) => ({ first, last, fromMonth: at?.slice(0, 7) ?? null }))
    .sort((a, b) => a.first - b.first)
}
