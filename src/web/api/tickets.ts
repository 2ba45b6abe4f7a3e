import { z } from 'zod'
import { entriesAbout } from '../../core/journal/journal.ts'
import { getVisiblePrinter, getVisibleTicket, refuseUnlessAll } from '../../core/people/access.ts'
import { Refusal } from '../../core/refusal.ts'
import { openTicket } from '../../core/tickets/open.ts'
import { mistakesIn, type Report, requesterOf } from '../../core/tickets/report.ts'
import { findTickets } from '../../core/tickets/search.ts'
import {
  giveBackTicket,
  noteTicket,
  reopenTicket,
  resolveTicket,
  takeTicket,
} from '../../core/tickets/settle.ts'
import { printerThenOf } from '../../core/tickets/then.ts'
import { faults, mostWords, wants } from '../../core/tickets/ticket.ts'
import type { SignedAsk } from '../answer.ts'
import { plainWords } from '../portal-form.ts'
import { mergingInto, onTicket, type TicketAct } from '../tickets.ts'
import { type EraseParts, erase } from '../tickets-erase.ts'
import { wishOf, wishQuery } from '../tickets-list.ts'
import { type Described, operation, pageFacts, pageOf, pageQuery } from './operation.ts'
import { listed, ticketListed, ticketWhole, whole } from './tickets-told.ts'

// Tickets, for scripts and other programs: what the pages show, and what may be done there.

export function ticketOperations(parts: EraseParts): Described[] {
  return [...reading(parts), opening(parts), ...acting(parts), erasing(parts)]
}

function reading({ store }: EraseParts): Described[] {
  return [
    operation({
      ...{ method: 'GET', path: '/api/v1/tickets', name: 'listTickets' },
      says: 'Tickets in reach: those that somebody has to do something about, the oldest first, or as asked.',
      needs: 'tickets look',
      query: { ...wishQuery, ...pageQuery },
      answers: z.object({
        schema: z.literal(1),
        ...pageFacts,
        tickets: z.array(ticketListed),
      }),
      run({ person }, { query: { page, limit, ...wished } }) {
        const all = findTickets(store.state, person, wishOf(store.state, person, wished))
        const { facts, shown } = pageOf(all, { page, limit })
        const tickets = shown.map((ticket) => listed(store, ticket))
        return { schema: 1 as const, ...facts, tickets }
      },
    }),
    operation({
      ...{ method: 'GET', path: '/api/v1/tickets/:ticket', name: 'getTicket' },
      says: 'One ticket, who else reported the same, and what happened to it.',
      needs: 'tickets look',
      answers: ticketWhole,
      run: ({ person, params }) => {
        const ticket = getVisibleTicket(store.state, person, params.ticket ?? '')
        return whole(store, ticket, entriesAbout(store.state, ticket.id))
      },
    }),
  ]
}

const as = z
  .string()
  .max(64)
  .optional()
  .describe('Name of the account that it is done for; the journal has who signed in as well')
const onlyAs = z.strictObject({ as }).prefault({})

function acting(parts: EraseParts): Described[] {
  const { store } = parts
  const done = async (ask: SignedAsk, name: string | undefined, does: TicketAct) =>
    listed(store, await onTicket(parts, ask, name ?? '', does))
  const act = (verb: string, name: string, says: string, does: TicketAct) =>
    operation({
      ...{ method: 'POST', path: `/api/v1/tickets/:ticket/${verb}`, name, says },
      ...{ needs: 'tickets change', body: onlyAs, answers: ticketListed, refuses: ['conflict'] },
      run: (ask, { body }) => done(ask, body.as, does),
    })
  return [
    act('take', 'takeTicket', 'Somebody works on it from now on.', takeTicket),
    act('give-back', 'giveBackTicket', 'Who took it does not work on it.', giveBackTicket),
    act('resolve', 'resolveTicket', 'It is done; who left an address is told.', resolveTicket),
    act('reopen', 'reopenTicket', 'It is not done after all.', reopenTicket),
    operation({
      ...{ method: 'POST', path: '/api/v1/tickets/:ticket/note', name: 'noteTicket' },
      says: 'A note for whoever comes next.',
      needs: 'tickets change',
      body: z.strictObject({ words: z.string(), as }),
      answers: ticketListed,
      refuses: ['conflict'],
      run: (ask, { body }) =>
        done(ask, body.as, (tx, id, by) => noteTicket(tx, id, plainWords(body.words), by)),
    }),
    operation({
      ...{ method: 'POST', path: '/api/v1/tickets/:ticket/merge', name: 'mergeTicket' },
      says: 'It goes into another one of its printer, for good; the answer is the merged ticket.',
      needs: 'tickets change',
      body: z.strictObject({ into: z.string().describe('Id of the other'), as }),
      answers: ticketListed,
      refuses: ['conflict'],
      run: (ask, { body }) => done(ask, body.as, mergingInto(ask, body.into)),
    }),
  ]
}

/** Exactly one of the two, as with what is tapped on the QR page. */
const filing = z.strictObject({
  printer: z.string().describe('Id of the printer'),
  fault: z.enum(faults).optional().describe('Of an issue'),
  wants: z.enum(wants).optional().describe('Of a supply ticket'),
  words: z.string().default('').describe(`At most ${mostWords} characters`),
  name: z.string().default('').describe('Of who reports it'),
  email: z.string().default('').describe('Of who reports it, to be told when it is done'),
})

function opening({ store, fleet }: EraseParts): Described {
  return operation({
    ...{ method: 'POST', path: '/api/v1/tickets', name: 'openTicket' },
    says: 'Files a report for somebody; the same trouble that is open already is joined.',
    needs: 'tickets change',
    body: filing,
    status: 201,
    answers: z.object({ how: z.enum(['opened', 'joined', 'sent-twice']), ticket: ticketListed }),
    refuses: ['too-many', 'conflict'],
    async run(ask, { body }) {
      const report = reportOf(body)
      const opened = await store.update((tx) => {
        const printer = getVisiblePrinter(tx.state, ask.person, body.printer)
        if (!printer.isActive)
          throw new Refusal('conflict', `${printer.label} is retired; nothing is reported of it.`)
        const printerThen = printerThenOf(fleet.status(printer.id), fleet.judgement(printer.id))
        const { words, matter } = report
        const requester = requesterOf(report, rules)
        const all = { ...{ words, requester, printerThen, form: null }, ...matter }
        return openTicket(tx, printer, all, ask.act())
      })
      return { how: opened.how, ticket: listed(store, opened.ticket) }
    },
  })
}

const rules = { name: 'optional', email: 'optional' } as const

/** Refuses `invalid` what the QR page would not take either. */
function reportOf(body: z.output<typeof filing>) {
  const { fault, wants: wanted, name, email } = body
  const matter = fault
    ? ({ kind: 'issue', fault, wants: null } as const)
    : wanted && ({ kind: 'supply', fault: null, wants: wanted } as const)
  if (!matter || (fault && wanted))
    throw new Refusal('invalid', 'Say either "fault" or "wants".', { field: 'fault' })
  const words = plainWords(body.words).trim()
  const report = { ...{ matter, words }, name: plainWords(name).trim(), email: email.trim() }
  const [mistake] = Object.entries(mistakesIn(report satisfies Report, rules))
  if (mistake) throw new Refusal('invalid', mistake[1], { field: mistake[0] })
  return report
}

function erasing(parts: EraseParts): Described {
  return operation({
    ...{ method: 'POST', path: '/api/v1/tickets/erase', name: 'eraseRequester' },
    says: 'Forgets who left this address with a ticket; after the answer it is in none of the files.',
    needs: 'tickets change',
    body: z.strictObject({ email: z.string() }),
    answers: z.object({ tickets: z.int(), letters: z.int(), entries: z.int() }),
    refuses: ['forbidden'],
    run(ask, { body }) {
      refuseUnlessAll(ask.person)
      return erase(parts, body.email, ask.act())
    },
  })
}
