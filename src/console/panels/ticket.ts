import { isAlive, stateWords, ticketTitle } from '../../core/tickets/ticket.ts'
import { agoWords, momentWords } from '../ages.ts'
import type { Filed } from '../facts.ts'
import { ticketAge } from '../filed.ts'
import { type Cell, cell, hanging, part, type Row, wrap } from '../rows.ts'
import type { Times } from './days.ts'

const indent: Cell = { text: ' ' }
/** Of one text of somebody. */
const mostLines = 20

/** Everything known of one ticket, as rows for a panel that scrolls; the newest note first. */
export function ticketRows({ ticket, label, place }: Filed, times: Times, width: number): Row[] {
  const lines: Row[] = [
    stateRow(ticket, times.now, width),
    [cell([label, place].filter(Boolean).join(', '), width)],
    ...reportedRows(ticket, times, width),
    ...clearedRows(ticket, times, width),
    ...part('In their words', wordsOf(ticket, width)),
    ...part(
      'Notes',
      ticket.notes.toReversed().flatMap((note) => noteRows(note, times, width)),
    ),
    ...part(
      saidTitle(ticket.printerThen?.readAt ?? null, times),
      (ticket.printerThen?.reasons ?? []).flatMap(({ sentence }) =>
        hanging(sentence, width, mostLines),
      ),
    ),
  ]
  return lines.map((row) => (row.length === 0 ? row : [indent, ...row]))
}

/** A ticket in the details of its printer: one line. */
export function ticketLine({ ticket }: Filed, now: Date, width: number): Row {
  const others = ticket.meToo.length > 0 ? ` +${ticket.meToo.length}` : ''
  const age = ticketAge(ticket, now)
  return [
    indent,
    cell(`${ticketTitle(ticket)}${others}, ${age}, ${stateWords(ticket)}`, width - 1, 'strong'),
  ]
}

/** Who has it, and since when. */
function stateRow(ticket: Filed['ticket'], now: Date, width: number): Row {
  if (ticket.state === 'open') return [cell('open: nobody has taken it yet', width, 'bad')]
  const since = ticket.resolvedAt ?? ticket.takenAt
  const ago = since === null ? '' : `, ${agoWords((now.getTime() - Date.parse(since)) / 1000)}`
  return [cell(`${stateWords(ticket)}${ago}`, width, ticket.resolvedAt ? 'good' : 'strong')]
}

function reportedRows(ticket: Filed['ticket'], times: Times, width: number): Row[] {
  const at = momentWords(new Date(ticket.openedAt), times.now, times.timeZone)
  const seconds = (times.now.getTime() - Date.parse(ticket.openedAt)) / 1000
  const certainty = ticket.clockTrusted ? '' : ' (time not certain)'
  const others = ticket.meToo.length
  const sentences = [
    `Reported ${at}, ${agoWords(seconds)}${certainty}, by ${ticket.requester.name ?? 'nobody named'}`,
    ...(others === 0 ? [] : [`${others} more reported it${namedAmong(ticket.meToo)}`]),
  ]
  return sentences.flatMap((sentence) =>
    wrap(sentence, width, 2).map((line): Row => [cell(line, width)]),
  )
}

/** By the printer's own word, which ends no ticket: somebody looks. */
function clearedRows(ticket: Filed['ticket'], times: Times, width: number): Row[] {
  if (ticket.clearedAt === null || !isAlive(ticket)) return []
  const at = momentWords(new Date(ticket.clearedAt), times.now, times.timeZone)
  const sentence = `The printer says since ${at} that the fault is gone: d when that is so`
  return wrap(sentence, width, 2).map((line): Row => [cell(line, width, 'good')])
}

const saidTitle = (readAt: string | null, { now, timeZone }: Times): string =>
  `The printer said${readAt === null ? '' : `, ${momentWords(new Date(readAt), now, timeZone)}`}`

/** The first one's, then of who said more than that it is so. */
function wordsOf({ words, meToo }: Filed['ticket'], width: number): Row[] {
  return [words, ...meToo.map((each) => each.words)]
    .filter((each) => each.trim() !== '')
    .slice(0, mostNamed)
    .flatMap((each) => hanging(each, width, mostLines))
}

const mostNamed = 8

function namedAmong(meToo: Filed['ticket']['meToo']): string {
  const named = meToo.flatMap(({ requester }) => requester.name ?? [])
  if (named.length === 0) return ''
  const more = named.length > mostNamed ? ', ...' : ''
  return `: ${named.slice(0, mostNamed).join(', ')}${more}`
}

function noteRows(
  { at, by, words }: Filed['ticket']['notes'][number],
  times: Times,
  width: number,
) {
  const when = momentWords(new Date(at), times.now, times.timeZone)
  return hanging(`${when} ${by}: ${words}`, width, mostLines)
}
