import { z } from 'zod'
import { maySeeTicket, visiblePrinters } from '../core/people/access.ts'
import type { Person } from '../core/people/person.ts'
import { exportPrinters } from '../core/printers/import.ts'
import { wallMs } from '../core/schedule/local.ts'
import { exportTickets } from '../core/tickets/csv.ts'
import { type Ticket, ticketStates } from '../core/tickets/ticket.ts'
import { type Answer, fileAnswer, type Route, type SignedAsk } from './answer.ts'
import { isSought, type Sought, soughtQuery } from './printer-list.ts'
import { oneOf, readQuery } from './query.ts'
import type { BoardParts } from './views.ts'

// Printers and tickets out, as tables: what the person may see, and no community.

export interface ExportParts extends BoardParts {}

export function exportRoutes(parts: ExportParts): Route[] {
  const get = { method: 'GET', as: 'page', who: 'signed in' } as const
  return [
    {
      ...{ ...get, path: '/export/printers.csv', needs: 'printers look' },
      answer: ({ query, person }: SignedAsk) =>
        printersFile(parts, person, readQuery(query, soughtQuery)),
    },
    {
      ...{ ...get, path: '/export/tickets.csv', needs: 'tickets look' },
      answer: ({ query, person }: SignedAsk) =>
        ticketsFile(parts, person, readQuery(query, ticketExportQuery)),
    },
  ]
}

const day = z.iso.date('is a day like 2026-03-02').optional()
/** By the day on which they were opened, both included. */
export const ticketExportQuery = {
  state: oneOf(ticketStates).optional(),
  from: day,
  to: day,
}

/** As the list of printers lets them through; the retired ones too. */
export function printersFile(parts: ExportParts, person: Person, sought: Sought): Answer {
  const { state } = parts.store
  const isWanted = isSought(sought)
  const printers = visiblePrinters(state, person).filter(({ id }) =>
    isWanted(parts.fleet.watched(id)),
  )
  return asFile(parts, 'printers', exportPrinters(state, { printers, communities: 'without' }))
}

export function ticketsFile(
  parts: ExportParts,
  person: Person,
  { state: wanted, from, to }: z.output<z.ZodObject<typeof ticketExportQuery>>,
): Answer {
  const { state } = parts.store
  const all: readonly Ticket[] = Object.values(state.tickets)
  const tickets = all.filter((ticket) => {
    if (wanted && ticket.state !== wanted) return false
    const on = from || to ? dayOf(parts, new Date(ticket.openedAt)) : ''
    if ((from && on < from) || (to && on > to)) return false
    return maySeeTicket(state, person, ticket)
  })
  return asFile(parts, 'tickets', exportTickets(state, tickets, parts.clock.now()))
}

function asFile(parts: ExportParts, what: 'printers' | 'tickets', csv: string): Answer {
  const name = `platen-${what}-${dayOf(parts, parts.clock.now())}.csv`
  return fileAnswer(csv, {
    type: 'text/csv; charset=utf-8; header=present',
    name,
    how: 'attachment',
  })
}

/** On the wall of the site. */
const dayOf = ({ timeZone }: ExportParts, at: Date) =>
  new Date(wallMs(at, timeZone)).toISOString().slice(0, 10)
