import type { Watched } from '../core/status/status.ts'
import { agoWords } from './ages.ts'
import type { Facts, Filed } from './facts.ts'
import { aliveOf, ticketAge } from './filed.ts'
import { byNeed, placeOf, toneOfVerdict, wordOf, worstSentence } from './need.ts'
import { hasStopped } from './panels/status.ts'
import type { Tone } from './rows.ts'

// Whom the wall calls for, and on which page. Never a name of a person, nor what one wrote.

/** What somebody has to go to, or why nobody has. */
export interface Call {
  readonly title: string
  /** What it is in one word; empty where the title says it. */
  readonly word: string
  readonly tone: Tone
  readonly sentence: string
  /** Where it is, and how old what is told of it; where there is no room for all, the last ones go. */
  readonly details: readonly string[]
}

/** Tickets that nobody has taken, the oldest first. */
export const waitingOf = (facts: Pick<Facts, 'tickets'>): Filed[] =>
  aliveOf(facts).filter(({ ticket }) => ticket.state === 'open')

/** Nobody has to go anywhere. */
export const isQuiet = (facts: Pick<Facts, 'printers' | 'tickets'>): boolean =>
  waitingOf(facts).length === 0 &&
  facts.printers.every(({ status }) => status.verdict === 'ok' || status.verdict === 'unknown')

/**
 * The calls of each page, of `room` at most. Where all that is urgent has room beside another, it stays on
 * every page and the warnings turn beside it; else it turns itself, the worst first, and warnings fill up.
 */
export function pagesOf(facts: Facts, room: number): Call[][] {
  if (isQuiet(facts)) return [[quietCall(facts)]]
  const fleet = byNeed(facts.printers)
  const of = (...verdicts: string[]) =>
    fleet.filter(({ status }) => verdicts.includes(status.verdict)).map(printerCall)
  const urgent = [...of('error', 'offline'), ...ticketCalls(facts)]
  const soon = of('warning')
  if (urgent.length < room) {
    const turning = chunks(soon, room - urgent.length)
    return turning.length === 0 ? [urgent] : turning.map((some) => [...urgent, ...some])
  }
  return chunks(urgent, room).map((some) => [...some, ...soon.slice(0, room - some.length)])
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  )
}

function printerCall(watched: Watched): Call {
  const { status, reasons } = watched
  const age = status.ageSeconds === null ? 'never read' : `read ${agoWords(status.ageSeconds)}`
  const more = reasons.length > 1 ? `${reasons.length - 1} more to do` : ''
  return {
    title: status.printer.label,
    word: wordOf(watched),
    tone: toneOfVerdict[status.verdict],
    sentence: worstSentence(watched),
    details: [placeOf(watched), age, more].filter(Boolean),
  }
}

function ticketCalls(facts: Facts): Call[] {
  const waiting = waitingOf(facts)
  const oldest = waiting[0]
  if (!oldest) return []
  const age = ticketAge(oldest.ticket, facts.now)
  const count = waiting.length === 1 ? '1 ticket' : `${waiting.length} tickets, the oldest`
  return [
    {
      title: age.startsWith('now') ? 'New ticket' : `Ticket ${age} old`,
      ...{ word: '', tone: 'warn' },
      sentence: `Not taken: ${count} at ${oldest.label}`,
      details: [oldest.place],
    },
  ]
}

/** That all is well is said only of what was read. */
function quietCall(facts: Facts): Call {
  const { lastHeardSecondsAgo: heard, running, waiting } = facts.sweep
  const call = { word: '', tone: 'strong', details: [] } as const
  if (facts.printers.length === 0)
    return {
      ...call,
      title: facts.address === '' ? 'platen import' : facts.address.replace(/^https?:\/\//, ''),
      sentence: 'Add printers in a browser, or from a table',
      details: ['platen import FILE --as printers'],
    }
  const age = heard === null ? '' : `last read ${agoWords(heard)}`
  if (hasStopped(facts))
    return { ...call, title: 'Not read', sentence: `Nothing is known since: ${age}` }
  const well = facts.printers.filter(({ status }) => status.verdict === 'ok').length
  const read = facts.printers.filter(({ status }) => status.fetchedAt !== null).length
  const [mute, unread] = [read - well, facts.printers.length - read]
  if (well === 0 && mute > 0)
    return {
      ...call,
      title: 'Nothing known',
      sentence: `${mute} ${mute === 1 ? 'printer answers, but does' : 'printers answer, but do'} not say how it is`,
      details: unread === 0 ? [] : [`${unread} not read`],
    }
  if (well === 0)
    return {
      ...call,
      title: 'Not read yet',
      sentence:
        running + waiting > 0 ? 'The first sweep is on its way' : 'No printer was asked yet',
    }
  const sentence = `${well} ${well === 1 ? 'printer' : 'printers'}, ${age}`
  const details = [
    ...(mute > 0 ? [`${mute} ${mute === 1 ? 'does' : 'do'} not say how it is`] : []),
    ...(unread > 0 ? [`${unread} not read`] : []),
  ]
  return { ...call, title: 'All well', tone: 'good', sentence, details }
}
