import type { z } from 'zod'
import { type Epoch, epoch } from './counters/epoch.ts'
import { archivedRun, chainEnd, type Entry, entry } from './journal/entry.ts'
import { personalWords } from './journal/personal.ts'
import { type Letter, letter } from './outbox/letter.ts'
import { identityKey, type Person, person } from './people/person.ts'
import { type Session, session } from './people/session.ts'
import { addressKey, hostKey } from './printers/address.ts'
import { type Group, group } from './printers/group.ts'
import { type Printer, printer } from './printers/printer.ts'
import { isOpen, type Question, question } from './questions/question.ts'
import type { DeepReadonly } from './readonly.ts'
import { scheduled } from './schedule/slot.ts'
import { type Ticket, ticket } from './tickets/ticket.ts'

/** Everything that is kept: one line a collection, records by id. Nothing is kept elsewhere. */
export const collections = {
  printers: printer,
  groups: group,
  people: person,
  sessions: session,
  journal: entry,
  chain: chainEnd,
  archived: archivedRun,
  tickets: ticket,
  outbox: letter,
  questions: question,
  epochs: epoch,
  schedule: scheduled,
} as const

export type Collection = keyof typeof collections
export type RecordOf<C extends Collection> = DeepReadonly<z.infer<(typeof collections)[C]>>

/** Questions asked often: the keys of a record, kept true by every put and drop. */
export const indexes = {
  printersByLabel: { of: 'printers', keys: (p: Printer) => [p.label.toLowerCase()] },
  printersByAddress: { of: 'printers', keys: (p: Printer) => [addressKey(p.ipAddress)] },
  printersByHost: {
    of: 'printers',
    keys: (p: Printer) => (p.isActive ? [hostKey(p.ipAddress)] : []),
  },
  printersByToken: { of: 'printers', keys: (p: Printer) => [p.token, ...p.formerTokens] },
  groupsByName: { of: 'groups', keys: (g: Group) => [g.name.toLowerCase()] },
  peopleByName: { of: 'people', keys: (p: Person) => [p.name.toLowerCase()] },
  peopleByIdentity: {
    of: 'people',
    keys: ({ identity }: Person) => (identity ? [identityKey(identity)] : []),
  },
  peopleByTokenHash: { of: 'people', keys: (p: Person) => p.tokens.map((token) => token.hash) },
  sessionsByPerson: { of: 'sessions', keys: (s: Session) => [s.person] },
  journalBySubject: { of: 'journal', keys: (e: Entry) => [e.subject] },
  journalByPersonalWord: { of: 'journal', keys: personalWords },
  ticketsByPrinter: { of: 'tickets', keys: (t: Ticket) => [t.printer] },
  ticketsByReceipt: { of: 'tickets', keys: (t: Ticket) => [t.receipt] },
  ticketsByState: { of: 'tickets', keys: (t: Ticket) => [t.state] },
  lettersByState: { of: 'outbox', keys: (l: Letter) => [l.state] },
  questionsByPrinter: { of: 'questions', keys: (q: Question) => [q.printer] },
  openQuestionsByPrinter: {
    of: 'questions',
    keys: (q: Question) => (isOpen(q) ? [q.printer] : []),
  },
  epochsByPrinter: { of: 'epochs', keys: (e: Epoch) => [e.printer] },
} as const

export type IndexName = keyof typeof indexes

/** What rules read. `by.printersByLabel.get('lib-1')` gives the ids of the records, if any. */
export type State = {
  readonly [C in Collection]: { readonly [id: string]: RecordOf<C> }
} & {
  readonly by: { readonly [I in IndexName]: ReadonlyMap<string, ReadonlySet<string>> }
}
