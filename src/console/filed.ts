import { whoReported } from '../core/tickets/reporter.ts'
import { isAlive, type Requester, type Ticket, ticketTitle } from '../core/tickets/ticket.ts'
import { ageWords } from './ages.ts'
import type { Facts, Filed, Names } from './facts.ts'
import { toGlyphs } from './glyphs.ts'

// Tickets in the words of the screen. It hangs in a room with students: people are initials, and made so
// here alone.

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
  const words = name?.trim() || (email ?? '')
  const letters = words
    .replace(/@.*/s, '')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .flatMap((word) => [...word].slice(0, 1))
    .slice(0, 3)
  return letters.length === 0 ? null : letters.map((each) => `${each.toUpperCase()}.`).join(' ')
}

/** Of whom a ticket can say that they acted: platen itself is no person, nor is whoever holds a receipt, however it is written. */
export const isPerson = (name: string): boolean =>
  !['platen', whoReported].includes(toGlyphs(name).toLowerCase())

/** A person who works here, as the screen may name them: accounts may be called by an address. */
export function personWords(name: string, names: Names): string {
  if (!isPerson(name)) return name
  return names === 'full' ? withoutDomain(name) : (initialsOf({ name, email: null }) ?? name)
}

/**
 * A ticket as the screen may show it: people by their initials unless the setting says otherwise, never an
 * address, not in anybody's words either. Panels are handed nothing else. `colleagues`: who has an account here.
 */
export function namedOnScreen(
  ticket: Ticket,
  names: Names,
  colleagues: readonly string[] = [],
): Ticket {
  const { takenBy, resolvedBy, notes, meToo } = ticket
  const by = (name: string | null) => name && personWords(name, names)
  const asked = ({ name, email }: Requester): Requester => ({
    name: names === 'full' && name?.trim() ? withoutDomain(name) : initialsOf({ name, email }),
    email: null,
  })
  const people = [ticket, ...meToo].map(({ requester }) => requester.name)
  const workers = [takenBy, resolvedBy, ...notes.map((note) => note.by)]
  // A first name may be any word: "Rose" is a colour too.
  const whole = [...people, ...workers, ...colleaguesIn(ticket, colleagues)].filter((name) =>
    name?.trim().includes(' '),
  )
  const said = (words: string) => namedIn(withoutAddresses(words), whole, names)
  return {
    ...ticket,
    ...{ takenBy: by(takenBy), resolvedBy: by(resolvedBy), words: said(ticket.words) },
    requester: asked(ticket.requester),
    notes: notes.map((note) => ({
      ...note,
      ...{ by: personWords(note.by, names), words: said(note.words) },
    })),
    meToo: meToo.map((each) => ({
      ...each,
      ...{ requester: asked(each.requester), words: said(each.words) },
    })),
  }
}

/** Of whom a first name stands there: there may be many accounts, and each name is looked for in each text. */
function colleaguesIn({ words, notes, meToo }: Ticket, colleagues: readonly string[]): string[] {
  const texts = [words, ...[...notes, ...meToo].map((each) => each.words)]
  const all = texts.join(' ').normalize('NFC').toLowerCase()
  return colleagues.filter((name) =>
    all.includes(name.trim().split(/\s/, 1).join('').normalize('NFC').toLowerCase()),
  )
}

/** Words in which these people stand, if at all, as the screen may name them. */
export function namedIn(
  words: string,
  people: readonly (string | null | undefined)[],
  names: Names,
): string {
  const known = [...new Set(people.flatMap((name) => name?.trim() || []))]
  // "Ada" is a part of "Ada Lovelace".
  const longest = known.sort((a, b) => b.length - a.length)
  return longest.reduce((said, name) => {
    const shown = personWords(name, names)
    if (shown === name) return said
    // However it is spaced there, or its accents are put together.
    const escaped = name.normalize('NFC').replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    const letters = escaped.replace(/\s+/g, '\\s+')
    // Its own full stop ends the sentence, too.
    const end = shown.endsWith('.') ? '\\.?' : ''
    const whole = new RegExp(`(?<![\\p{L}\\p{N}])${letters}(?![\\p{L}\\p{N}])${end}`, 'giu')
    return said.replace(whole, () => shown)
  }, words.normalize('NFC'))
}

/** Text from elsewhere, without addresses of people in it, those with the wide @ and . of an East Asian keyboard too. */
export const withoutAddresses = (words: string): string =>
  words.replace(
    /[^\s@﹫＠<>(),;:"]+[@﹫＠][^\s@﹫＠<>(),;:"]+[.․。．｡][^\s@﹫＠<>(),;:"]+/g,
    '(an address)',
  )

/** 'ada.lovelace@school.example' -> 'ada.lovelace' */
const withoutDomain = (name: string): string => name.replace(/@[^\s@]+\.[^\s@]+/g, '')
