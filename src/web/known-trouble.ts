import { nearestWorking } from '../core/printers/nearest.ts'
import type { Printer } from '../core/printers/printer.ts'
import type { ReasonWord } from '../core/status/status.ts'
import type { Store } from '../core/store.ts'
import { ticketsOf } from '../core/tickets/of-printer.ts'
import { isAlive, type Ticket } from '../core/tickets/ticket.ts'
import type { WatchedFleet } from './fleet-view.ts'

// What the QR page may tell of a printer where the site lets it: coarse, and nothing of a person.

export interface KnownTrouble {
  /** The newest first. */
  readonly reported: readonly Ticket[]
  /** What stops it, as the printer itself says. */
  readonly says: ReasonWord | null
  /** Where else to print, where there is trouble here. */
  readonly elsewhere: Printer | null
}

/** More is no news to somebody who waits for a page. */
const mostReported = 3

export function createKnownTrouble({ store, fleet }: { store: Store; fleet: WatchedFleet }) {
  const reportedOf = (printer: Printer) =>
    ticketsOf(store.state, printer)
      .filter(isAlive)
      .sort((a, b) => (a.openedAt < b.openedAt ? 1 : -1))

  /** A printer that nobody complains of before one with an issue, a well one before one with a warning. */
  function rank(printer: Printer): number | null {
    const { verdict } = fleet.status(printer.id)
    if (verdict !== 'ok' && verdict !== 'warning') return null
    const hasIssue = reportedOf(printer).some(({ kind }) => kind === 'issue')
    return (hasIssue ? 2 : 0) + (verdict === 'ok' ? 0 : 1)
  }

  return (printer: Printer): KnownTrouble => {
    const reported = reportedOf(printer)
    const says = stopsIt(fleet, printer)
    const isTrouble = says !== null || reported.some(({ kind }) => kind === 'issue')
    const printers = Object.values(store.state.printers)
    return {
      reported: reported.slice(0, mostReported),
      says,
      elsewhere: isTrouble ? nearestWorking(printers, printer, rank) : null,
    }
  }
}

/** A supply that runs low stops nobody yet. */
function stopsIt(fleet: WatchedFleet, printer: Printer): ReasonWord | null {
  const { reasons } = fleet.watched(printer.id)
  const stops = reasons.find(({ weight, word }) => weight === 'error' && word !== 'low')
  return stops?.word ?? null
}
