import { z } from 'zod'
import { maySeeTicket, visiblePrinters } from '../core/people/access.ts'
import type { Person } from '../core/people/person.ts'
import { exportPrinters } from '../core/printers/import.ts'
import type { Printer } from '../core/printers/printer.ts'
import { groupOf } from '../core/printers/printers.ts'
import { wallMs } from '../core/schedule/local.ts'
import { verdicts } from '../core/status/status.ts'
import { exportTickets } from '../core/tickets/csv.ts'
import { type Ticket, ticketStates } from '../core/tickets/ticket.ts'
import { type Answer, fileAnswer, type Route, type SignedAsk } from './answer.ts'
import { readQuery } from './query.ts'
import type { BoardParts } from './views.ts'

// Printers and tickets out, as tables: what the person may see, and no community.

export interface ExportParts extends BoardParts {}

export function exportRoutes(parts: ExportParts): Route[] {
  const get = { method: 'GET', as: 'page', who: 'signed in' } as const
  return [
    {
      ...{ ...get, path: '/export/printers.csv', needs: 'printers look' },
      answer: ({ query, person }: SignedAsk) =>
        printersFile(parts, person, readQuery(query, printerExportQuery)),
    },
    {
      ...{ ...get, path: '/export/tickets.csv', needs: 'tickets look' },
      answer: ({ query, person }: SignedAsk) =>
        ticketsFile(parts, person, readQuery(query, ticketExportQuery)),
    },
  ]
}

const words = z.string().max(200, 'is too long').default('')

/** As the list of printers has them. */
export const printerExportQuery = {
  q: words,
  verdict: z.enum([...verdicts, ''], `is one of ${verdicts.join(', ')}`).default(''),
  /** Id of one. */
  group: words,
}

const day = z.iso.date('is a day like 2026-03-02').optional()
/** By the day on which they were opened, both included. */
export const ticketExportQuery = {
  state: z.enum(ticketStates, `is one of ${ticketStates.join(', ')}`).optional(),
  from: day,
  to: day,
}

type Wanted<S extends z.ZodRawShape> = z.output<z.ZodObject<S>>

export function printersFile(
  parts: ExportParts,
  person: Person,
  { q, verdict, group }: Wanted<typeof printerExportQuery>,
): Answer {
  const { state } = parts.store
  const wanted = plain(q).split(/\s+/).filter(Boolean)
  const printers = visiblePrinters(state, person).filter((printer) => {
    if (group && printer.group !== group) return false
    if (verdict && parts.fleet.judgement(printer.id).verdict !== verdict) return false
    const told = plain(tellOf(printer, groupOf(state, printer)?.name ?? null))
    return wanted.every((word) => told.includes(word))
  })
  return asFile(parts, 'printers', exportPrinters(state, { printers, communities: 'without' }))
}

export function ticketsFile(
  parts: ExportParts,
  person: Person,
  { state: wanted, from, to }: Wanted<typeof ticketExportQuery>,
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

function tellOf(printer: Printer, group: string | null): string {
  const { label, assetTag, make, model, building, location, ipAddress, serial } = printer
  const told = [label, assetTag, make, model, building, location, ipAddress, serial, group]
  return told.filter(Boolean).join(' ')
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

const plain = (words: string) => words.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
