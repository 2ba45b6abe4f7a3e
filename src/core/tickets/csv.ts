import { writeCsv } from '../csv.ts'
import { groupOf } from '../printers/printers.ts'
import type { State } from '../state.ts'
import type { Ticket } from './ticket.ts'

// Tickets as a table, for a spreadsheet. What is a secret of its requester, the receipt, is not in it.

/** The oldest first; times in UTC, as they are kept. `now`: until when one that is alive is open. */
export function exportTickets(state: State, tickets: Iterable<Ticket>, now: Date): string {
  const rows = [...tickets]
    .sort((a, b) => order(a.openedAt, b.openedAt) || order(a.id, b.id))
    .map((ticket) => columns.map(([, cellOf]) => cellOf(ticket, { state, now }) ?? ''))
  return writeCsv([columns.map(([name]) => name), ...rows])
}

interface Beside {
  readonly state: State
  readonly now: Date
}
type Cell = (ticket: Ticket, beside: Beside) => string | null | undefined

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const printerOf = ({ printer }: Ticket, { state }: Beside) => state.printers[printer]

const columns: readonly (readonly [name: string, cell: Cell])[] = [
  ['id', ({ id }) => id],
  ['opened', ({ openedAt }) => openedAt],
  ['printer', (ticket, beside) => printerOf(ticket, beside)?.label],
  ['building', (ticket, beside) => printerOf(ticket, beside)?.building],
  ['location', (ticket, beside) => printerOf(ticket, beside)?.location],
  [
    'group',
    (ticket, beside) => {
      const printer = printerOf(ticket, beside)
      return printer && groupOf(beside.state, printer)?.name
    },
  ],
  ['kind', ({ kind }) => kind],
  ['matter', ({ fault, wants }) => fault ?? wants],
  ['words', ({ words }) => words],
  ['requesterName', ({ requester }) => requester.name],
  ['requesterEmail', ({ requester }) => requester.email],
  ['state', ({ state }) => state],
  ['takenBy', ({ takenBy }) => takenBy],
  ['takenAt', ({ takenAt }) => takenAt],
  ['resolvedBy', ({ resolvedBy }) => resolvedBy],
  ['resolvedAt', ({ resolvedAt }) => resolvedAt],
  ['minutesOpen', minutesOpen],
  ['meToo', ({ meToo }) => String(meToo.length)],
  ['notes', ({ notes }) => notes.map(({ at, by, words }) => `${at} ${by}: ${words}`).join('\n')],
]

/** Of one that went into another, that one tells it. */
function minutesOpen({ state, openedAt, resolvedAt }: Ticket, { now }: Beside): string {
  if (state === 'merged') return ''
  const until = resolvedAt === null ? now.getTime() : Date.parse(resolvedAt)
  return String(Math.max(0, Math.round((until - Date.parse(openedAt)) / 60_000)))
}
