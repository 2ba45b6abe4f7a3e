import { isAlive, stateWords, ticketTitle } from '../../core/tickets/ticket.ts'
import type { Facts, Filed } from '../facts.ts'
import { ticketAge } from '../filed.ts'
import { type Frame, framed } from '../frame.ts'
import { type Chosen, listHeight, listPanel } from '../list.ts'
import { type Cell, cell, cellRight, type Row, widest } from '../rows.ts'

/** Who waits longest first; what was resolved lately under its own heading. */
export function ticketsPanel(
  facts: Pick<Facts, 'now'>,
  tickets: readonly Filed[],
  chosen: Chosen,
  frame: Omit<Frame, 'title'>,
): Row[] {
  if (tickets.length === 0)
    return framed({ ...frame, title: [{ text: 'Tickets 0', tone: 'strong' }] }, nothingRows(frame))
  const columns = columnsFor(frame.width - 2, tickets)
  return listPanel(
    {
      all: tickets,
      headingOf,
      idOf: ({ ticket }) => ticket.id,
      chosen,
      rowOf: (each) => ticketRow(each, facts.now, columns),
      ...(frame.corner !== undefined && { corner: frame.corner }),
    },
    frame,
  )
}

export const ticketsHeight = (tickets: readonly Filed[]): number =>
  listHeight({ all: tickets, headingOf })

/** For a list of a few rows: the oldest is its first, and this tells of the newest. */
export function newestWords({ now }: Pick<Facts, 'now'>, alive: readonly Filed[]): string {
  const newest = alive.at(-1)
  if (!newest) return ''
  const age = ticketAge(newest.ticket, now)
  return age.startsWith('now') ? `newest just ${age}` : `newest ${age} ago`
}

const headingOf = ({ ticket }: Filed): string =>
  isAlive(ticket) ? 'Tickets' : 'Resolved in the last hours'

function nothingRows({ width }: Omit<Frame, 'title'>): Row[] {
  const lines = [
    'No tickets.',
    '',
    'A student files one with a phone: the QR code on the printer.',
    'It shows here within a second.',
  ]
  return [[], ...lines.map((line) => [{ text: ' ' }, cell(line, width - 3)])]
}

interface Columns {
  readonly label: number
  readonly place: number
  readonly title: number
  readonly meToo: number
  readonly words: number
  readonly state: number
  /** `taken`, but not by whom. */
  readonly isNarrow: boolean
}

/** Width decides: first the student's words go, then the place; label, title and state stay. */
function columnsFor(width: number, tickets: readonly Filed[]): Columns {
  const isNarrow = width < 60
  const label = widest(tickets, (each) => each.label, isNarrow ? 12 : 24)
  const title = widest(tickets, ({ ticket }) => ticketTitle(ticket), 24)
  const state = isNarrow ? 8 : widest(tickets, ({ ticket }) => stateWords(ticket), 26)
  const most = Math.max(0, ...tickets.map(({ ticket }) => ticket.meToo.length))
  const meToo = most === 0 || isNarrow ? 0 : othersWords(most).length + 1
  const spare = width - 10 - label - 2 - title - meToo - 2 - state - 1
  const place = spare >= 10 ? Math.min(widest(tickets, (each) => each.place, 28) + 2, spare) : 0
  const words = spare - place >= 24 ? spare - place : 0
  return {
    ...{ label, meToo, place, words, isNarrow },
    title: Math.max(0, title + Math.min(0, spare)),
    state: state + (words === 0 ? Math.max(0, spare - place) : 0),
  }
}

function ticketRow({ ticket, label, place }: Filed, now: Date, columns: Columns): Row {
  const alive = isAlive(ticket)
  const others = ticket.meToo.length
  const row: Cell[] = [
    cellRight(ticketAge(ticket, now), 6),
    { text: '  ' },
    cell(label, columns.label, alive ? 'strong' : 'plain'),
    { text: '  ' },
  ]
  if (columns.place > 0) row.push(cell(place, columns.place - 2), { text: '  ' })
  row.push(cell(ticketTitle(ticket), columns.title))
  if (columns.meToo > 0)
    row.push({ text: ' ' }, cell(othersWords(others), columns.meToo - 1, 'warn'))
  if (columns.words > 0) row.push({ text: '  ' }, cell(ticket.words, columns.words - 2))
  row.push(
    { text: '  ' },
    cell(columns.isNarrow ? ticket.state : stateWords(ticket), columns.state, toneOf(ticket.state)),
  )
  return row
}

/** "me too", so many times. */
const othersWords = (others: number): string => (others === 0 ? '' : `+${others}`)

/** Open is what waits for somebody. */
const toneOf = (state: Filed['ticket']['state']): 'bad' | 'good' | 'plain' =>
  state === 'open' ? 'bad' : state === 'resolved' ? 'good' : 'plain'
