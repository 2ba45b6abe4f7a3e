import { z } from 'zod'
import type { Entry } from '../../core/journal/entry.ts'
import type { Store } from '../../core/store.ts'
import { type Ticket, ticket, ticketTitle } from '../../core/tickets/ticket.ts'
import { filed } from '../views.ts'

// What goes out of a ticket: not its receipt, which is the student's, and no form's id, which is nobody's.

const printer = z
  .object({ id: z.string(), label: z.string(), place: z.string() })
  .nullable()
  .describe('null: it is gone')

export const ticketListed = ticket.omit({ form: true, receipt: true }).extend({
  title: z.string().describe('Paper jam, Asks for toner'),
  printer,
  meToo: z.int().describe('How many others reported the same'),
})

const moment = z.iso.datetime()
const value = z.union([z.string(), z.number(), z.boolean(), z.null()])

export const ticketWhole = ticketListed.extend({
  others: z.array(ticket.shape.meToo.element.omit({ form: true })),
  history: z.array(
    z.object({
      at: moment,
      clockTrusted: z.boolean(),
      by: z.string(),
      what: z.string(),
      details: z.record(z.string(), value),
      changes: z.record(z.string(), z.tuple([value, value])),
    }),
  ),
})

export function listed(store: Store, of: Ticket) {
  const { form: _form, receipt: _receipt, meToo, ...told } = of
  return {
    ...told,
    title: ticketTitle(of),
    printer: filed(store, of).printer,
    meToo: meToo.length,
  }
}

export function whole(store: Store, of: Ticket, entries: readonly Entry[]) {
  return {
    ...listed(store, of),
    others: of.meToo.map(({ at, requester, words }) => ({ at, requester, words })),
    history: entries.map(({ at, clockTrusted, by, what, details, changes }) => ({
      ...{ at, clockTrusted, by, what, details, changes },
    })),
  }
}
