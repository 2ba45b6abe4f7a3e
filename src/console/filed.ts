import type { Requester, Ticket } from '../core/tickets/ticket.ts'
import { isAlive, ticketTitle } from '../core/tickets/ticket.ts'
import { ageWords } from './ages.ts'
import type { Facts, Filed, Names } from './facts.ts'

// Tickets in the words of the screen. It hangs in a room with students: who asked is initials.

export const aliveOf = ({ tickets }: Pick<Facts, 'tickets'>): Filed[] =>
  tickets.filter(({ ticket }) => isAlive(ticket))

/** By printer id. 'T2 ASK': two of its tickets are alive, and platen asks something about it. */
export function marksOf(facts: Pick<Facts, 'tickets' | 'questions'>): ReadonlyMap<string, string> {
  const counts = new Map<string, number>()
  for (const { ticket } of aliveOf(facts))
    counts.set(ticket.printer, (counts.get(ticket.printer) ?? 0) + 1)
  const marks = new Map<string, string>()
  for (const [id, count] of counts) marks.set(id, count > 99 ? 'T99+' : `T${count}`)
  for (const { printer: id } of facts.questions)
    if (!marks.get(id)?.endsWith('ASK'))
      marks.set(id, [marks.get(id), 'ASK'].filter(Boolean).join(' '))
  return marks
}

/** 'LIB-2F-1 Paper jam' */
export const nameOf = ({ label, ticket }: Filed): string => `${label} ${ticketTitle(ticket)}`

/**
 * Since it was reported, or resolved: '12 min'; '12min?' where the clock was not known to be right when
 * it was reported. At most six cells.
 */
export function ticketAge(ticket: Ticket, now: Date): string {
  const resolvedAt = ticket.state === 'resolved' ? ticket.resolvedAt : null
  const words = ageWords((now.getTime() - Date.parse(resolvedAt ?? ticket.openedAt)) / 1000)
  return ticket.clockTrusted || resolvedAt ? words : `${words.replace(' ', '')}?`
}

/** 'Jane Doe' -> 'J. D.', nobody but jane.doe@example.org -> 'J. D.'; null: neither was told. */
export function initialsOf({ name, email }: Requester): string | null {
  const words = name?.trim() || (email ?? '').replace(/@.*/s, '')
  const letters = words
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .flatMap((word) => [...word].slice(0, 1))
    .slice(0, 3)
  return letters.length === 0 ? null : letters.map((each) => `${each.toUpperCase()}.`).join(' ')
}

/** A person who works here, as the screen may name them. */
export const personWords = (name: string, names: Names): string =>
  names === 'full' ? name : (initialsOf({ name, email: null }) ?? name)

/**
 * A ticket as the screen may show it: people by their initials unless the setting says otherwise, never an
 * address. Panels are handed nothing else.
 */
export function namedOnScreen(ticket: Ticket, names: Names): Ticket {
  const by = (name: string | null) => name && personWords(name, names)
  const asked = ({ name, email }: Requester): Requester => ({
    name: names === 'full' && name ? name : initialsOf({ name, email }),
    email: null,
  })
  return {
    ...ticket,
    ...{ takenBy: by(ticket.takenBy), resolvedBy: by(ticket.resolvedBy) },
    requester: asked(ticket.requester),
    notes: ticket.notes.map((note) => ({ ...note, by: personWords(note.by, names) })),
    meToo: ticket.meToo.map((each) => ({ ...each, requester: asked(each.requester) })),
  }
}

/** What a student wrote, without addresses of people in it. */
export const withoutAddresses = (words: string): string =>
  words.replace(/[^\s@<>(),;:"]+@[^\s@<>(),;:"]+\.[^\s@<>(),;:"]+/g, '(an address)')
