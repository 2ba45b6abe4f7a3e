import { outboxFacts } from '../core/outbox/outbox.ts'
import type { Question } from '../core/questions/question.ts'
import { openQuestions } from '../core/questions/questions.ts'
import type { State } from '../core/state.ts'
import type { Store } from '../core/store.ts'
import { aliveTickets } from '../core/tickets/find.ts'
import type { Ticket } from '../core/tickets/ticket.ts'
import type { Facts, Filed, Names } from './facts.ts'
import { isPerson, namedOnScreen, withoutAddresses } from './filed.ts'

// What the state keeps of tickets, letters and questions, as the dashboard shows it.

export interface Kept {
  facts(now: Date): Pick<Facts, 'tickets' | 'outbox' | 'questions'>
  /** Who may be meant by "acting as": used lately first, then the accounts. */
  names(): readonly string[]
}

/** A shift: who resolved a ticket by mistake is still there. */
const latelyMs = 8 * 3_600_000
const mostResolved = 20
/** Nobody can send them any more, and a screen hangs for months. */
const givenUpShownMs = 3 * 86_400_000

/** Looked up once a change: the screen asks each second, and tickets of years are kept. */
export function watchKept(
  store: Pick<Store, 'state' | 'onChange'>,
  names: Names = 'initials',
): Kept {
  let filed: ReturnType<typeof fileTickets> | null = null
  let questions: readonly Question[] | null = null
  let workers: string[] | null = null
  store.onChange(() => {
    filed = null
    questions = null
    workers = null
  })
  return {
    facts(now) {
      filed ??= fileTickets(store.state, names)
      questions ??= openQuestions(store.state)
      const isLate = ({ ticket }: Filed) =>
        now.getTime() - Date.parse(ticket.resolvedAt ?? '') < latelyMs
      return {
        tickets: [...filed.alive, ...filed.resolved.filter(isLate)],
        outbox: lettersIn(store.state, now),
        questions,
      }
    },
    names() {
      workers ??= namesIn(store.state)
      return workers
    },
  }
}

function fileTickets(
  state: State,
  names: Names,
): { alive: readonly Filed[]; resolved: readonly Filed[] } {
  const resolved = [...(state.by.ticketsByState.get('resolved') ?? [])]
    .flatMap((id) => state.tickets[id] ?? [])
    .sort(newestFirst(({ resolvedAt }) => resolvedAt ?? ''))
    .slice(0, mostResolved)
  const colleagues = Object.values(state.people).map(({ name }) => name)
  const file = (ticket: Ticket): Filed =>
    fileTicket(state, namedOnScreen(ticket, names, colleagues))
  return { alive: aliveTickets(state).map(file), resolved: resolved.map(file) }
}

function fileTicket(state: State, ticket: Ticket): Filed {
  const printer = state.printers[ticket.printer]
  return {
    ticket,
    label: printer?.label ?? 'a printer that is gone',
    place: [printer?.building, printer?.location].filter(Boolean).join(' '),
  }
}

function lettersIn(state: State, now: Date): Facts['outbox'] {
  const lately = [...(state.by.lettersByState.get('given-up') ?? [])]
    .flatMap((id) => state.outbox[id]?.endedAt ?? [])
    .filter((endedAt) => now.getTime() - Date.parse(endedAt) < givenUpShownMs)
  const { lastTrouble, ...facts } = outboxFacts(state)
  // A mail server says to whom it would not send.
  const trouble = lastTrouble && withoutAddresses(lastTrouble)
  return { ...facts, lastTrouble: trouble, givenUp: lately.length }
}

function namesIn(state: State): string[] {
  const used = Object.values(state.tickets)
    .flatMap(({ takenBy, takenAt, resolvedBy, resolvedAt, notes }) => [
      ...notes.map(({ at, by }) => ({ at, by })),
      { at: takenAt, by: takenBy },
      { at: resolvedAt, by: resolvedBy },
    ])
    .flatMap(({ at, by }) => (by !== null && isPerson(by) ? { at: at ?? '', by } : []))
    .sort(newestFirst(({ at }) => at))
    .map(({ by }) => by)
  const accounts = Object.values(state.people)
    .filter(({ disabledAt }) => disabledAt === null)
    .map(({ name }) => name)
    .sort((a, b) => a.localeCompare(b))
  const seen = new Map<string, string>()
  for (const name of [...used, ...accounts])
    if (!seen.has(name.toLowerCase())) seen.set(name.toLowerCase(), name)
  return [...seen.values()]
}

const newestFirst =
  <T>(at: (each: T) => string) =>
  (a: T, b: T): number =>
    at(a) > at(b) ? -1 : at(a) < at(b) ? 1 : 0
