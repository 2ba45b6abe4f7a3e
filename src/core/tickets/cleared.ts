import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import type { Printer } from '../printers/printer.ts'
import type { State } from '../state.ts'
import type { Judgement, Status } from '../status/status.ts'
import { changeTicket } from './changed.ts'
import { ticketsOf } from './of-printer.ts'
import { type Fault, isAlive, type Ticket, type Wants } from './ticket.ts'

// When what was wrong by the printer's own word is gone by its own word. A hint for whoever looks after
// the ticket: it ends nothing.

/**
 * null: nothing to keep, which is so nearly always; asked after each reading that was news. `readAt`: of
 * that reading. A printer that is silent, or does not say how it is, changes nothing.
 */
export function clearedBy(
  state: State,
  printer: Pick<Printer, 'id'>,
  judgement: Judgement,
  status: Pick<Status, 'snmp' | 'stale'>,
  readAt: Date,
): ((tx: Change, act: Act) => void) | null {
  const { ticketsByState, ticketsByPrinter } = state.by
  if (!ticketsByState.has('open') && !ticketsByState.has('taken')) return null
  if (!ticketsByPrinter.has(printer.id) || !tellsOfItself(judgement, status)) return null
  const now = new Set<string>(judgement.reasons.map(({ word }) => word))
  const turned = ticketsOf(state, printer).filter((ticket) => {
    const words = isAlive(ticket) ? faultsThen(ticket) : []
    return words.length > 0 && words.some((word) => now.has(word)) === (ticket.clearedAt !== null)
  })
  if (turned.length === 0) return null
  return (tx, act) => {
    for (const { id } of turned) {
      const before = tx.state.tickets[id]
      if (!before || !isAlive(before)) continue
      const clearedAt = before.clearedAt === null ? readAt.toISOString() : null
      const what = clearedAt === null ? 'ticket not cleared' : 'ticket cleared'
      changeTicket(tx, act, what, { before, after: { ...before, clearedAt } })
    }
  }
}

/** Fresh, and of the printer itself: another device that answers in its place says nothing of it. */
function tellsOfItself({ verdict }: Judgement, { snmp, stale }: Pick<Status, 'snmp' | 'stale'>) {
  return snmp.ok === true && !stale && verdict !== 'offline' && verdict !== 'unknown'
}

/** Of the reasons that stood when it was opened, those that it is about; none: nothing can clear it. */
function faultsThen({ printerThen, kind, fault, wants }: Ticket): string[] {
  if (!printerThen || printerThen.verdict === 'offline' || printerThen.verdict === 'unknown')
    return []
  const named = printerThen.reasons.flatMap(({ word }) => (word && word !== 'silent' ? word : []))
  const own = named.filter((word) => ownWords[fault ?? wants ?? 'other'].includes(word))
  // A jam that is gone brings nobody paper; but a bad print may come of any fault.
  return own.length > 0 || kind === 'supply' ? own : named
}

/** What a printer says of the matter itself: a jam is over though the toner stays low for weeks. */
const ownWords: Readonly<Record<Fault | Wants, readonly string[]>> = {
  jam: ['jam', 'door'],
  empty: ['empty', 'paper', 'low'],
  'poor-print': [],
  panel: [],
  other: [],
  toner: ['empty', 'low'],
  paper: ['paper'],
  staples: [],
}
