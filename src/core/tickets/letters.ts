import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import type { TicketFacts } from '../outbox/letter.ts'
import { post, waitingLetters } from '../outbox/outbox.ts'
import type { Printer } from '../printers/printer.ts'
import { ageThen, saidThen } from './then.ts'
import { type Ticket, ticketTitle } from './ticket.ts'

// Who gets a letter about a ticket, and what it may tell. Its words are made in `mail/letters`.

/** To the managers of the printer's group. */
export function postOpened(tx: Change, act: Act, ticket: Ticket, printer: Printer): void {
  const requester = [ticket.requester.name, ticket.requester.email].filter(Boolean).join(', ')
  post(tx, act, {
    kind: 'ticket-opened',
    to: { group: printer.group },
    facts: {
      ...factsOf(ticket, printer),
      words: ticket.words,
      requester,
      printerSaid: printerSaid(ticket),
    },
  })
}

/** What a letter about what was resolved says where the printer says so too. */
export const clearedWords = 'The printer itself says that the fault is gone.'

/** One to each address that was left: what is done, and nothing of the others who reported it. */
export function postResolved(tx: Change, act: Act, ticket: Ticket): void {
  const printer = tx.state.printers[ticket.printer] ?? gone
  /** By the address in small letters. */
  const addresses = new Map<string, string>()
  for (const { requester } of [ticket, ...ticket.meToo])
    if (requester.email) addresses.set(requester.email.toLowerCase(), requester.email)
  for (const email of addresses.values())
    post(tx, act, { kind: 'ticket-resolved', to: { email }, facts: factsOf(ticket, printer) })
}

/** Who reported it waits for a word all the same. */
const gone = { label: 'a printer that is gone', building: null, location: null }

/** What is not done after all is told to nobody, where the letter has not gone yet. */
export function takeBackResolved(tx: Change, ticketId: string): void {
  for (const { id, kind, facts, tries } of waitingLetters(tx.state))
    if (kind === 'ticket-resolved' && facts.ticket === ticketId && tries === 0)
      tx.drop('outbox', id)
}

/** 'error; Paper jam, read 3 minutes before' */
function printerSaid(ticket: Ticket): string {
  const [said, age] = [saidThen(ticket).join('; '), ageThen(ticket)]
  return said && age ? `${said}, read ${age}` : said
}

function factsOf(
  ticket: Ticket,
  printer: Pick<Printer, 'label' | 'building' | 'location'>,
): TicketFacts {
  return {
    ticket: ticket.id,
    receipt: ticket.receipt,
    title: ticketTitle(ticket),
    printer: printer.label,
    place: [printer.building, printer.location].filter(Boolean).join(' '),
    words: '',
    requester: '',
    printerSaid: ticket.clearedAt === null ? '' : clearedWords,
    openedAt: ticket.openedAt,
    clockTrusted: ticket.clockTrusted,
    by: ticket.resolvedBy ?? '',
  }
}
