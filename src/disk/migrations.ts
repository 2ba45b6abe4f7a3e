import { beginning, linkOf } from '../core/journal/chain.ts'
import type { Entry } from '../core/journal/entry.ts'
import type { Log } from '../core/log.ts'
import { Refusal } from '../core/refusal.ts'
import type { RawRecord } from './lines.ts'

/** Records by id, by collection, as they were read: no schema has seen them yet. */
export type RawState = Map<string, Map<string, RawRecord>>

export interface Migration {
  /** The version that the state has afterwards. */
  readonly to: number
  /** For the operator: what becomes different. */
  readonly note: string
  readonly migrate: (raw: RawState) => void
}

/** From the oldest on. A step that was released is never edited; the version is the length. */
export const migrations: readonly Migration[] = [
  { to: 1, note: 'the first shape: printers, groups, people, journal', migrate: () => {} },
  {
    to: 2,
    note: 'tickets and letters are kept; people may have an e-mail address',
    migrate(raw) {
      const people = raw.get('people')
      for (const [id, person] of people ?? []) people?.set(id, { ...person, ...{ email: null } })
    },
  },
  {
    to: 3,
    note: 'printers remember the device that stands there, what the office knows of its supplies, where its page counter began anew, and what a person is asked about it',
    migrate(raw) {
      const printers = raw.get('printers')
      for (const [id, printer] of printers ?? [])
        printers?.set(id, { ...printer, ...{ device: null, stranger: null, supplies: {} } })
    },
  },
  {
    to: 4,
    note: 'the entries of the journal are bound to each other; what is written down says whether the clock was right',
    migrate(raw) {
      chainJournal(raw)
      amend(raw, 'tickets', { clockTrusted: true })
      amend(raw, 'sessions', { clockTrusted: true })
      amend(raw, 'outbox', { handedAt: null, maybeTwice: false })
      tellOfClock(raw)
    },
  },
  {
    to: 5,
    note: 'what a person may do is said area by area; tokens have a name and may do less than their owner; tickets keep what the printer said then',
    migrate(raw) {
      giveRights(raw)
      amend(raw, 'sessions', { by: 'password', browser: '' })
      amend(raw, 'printers', { formerTokens: [] })
      keepPrinterThen(raw)
    },
  },
]

function amend(raw: RawState, collection: string, more: object): void {
  const records = raw.get(collection)
  for (const [id, record] of records ?? []) records?.set(id, { ...record, ...more })
}

/** As the roles of that time were. */
const rightsOf4 = {
  administrator: { reach: 'all', rights: rightsEverywhere('change') },
  manager: {
    reach: 'groups',
    rights: { ...rightsEverywhere('none'), printers: 'change', tickets: 'change', reports: 'look' },
  },
} as const

function rightsEverywhere(degree: 'none' | 'change'): Record<string, string> {
  const areas = 'printers tickets inventory contracts reports jobs people system'.split(' ')
  return Object.fromEntries(areas.map((area) => [area, degree]))
}

type PersonOf4 = RawRecord & {
  role: keyof typeof rightsOf4
  tokens: readonly { readonly hash: string; readonly createdAt: string }[]
}

/** A token is listed by an id from now on: the beginning of its hash, which nobody can sign in with. */
function giveRights(raw: RawState): void {
  const people = raw.get('people')
  for (const { role, tokens, ...person } of [...(people?.values() ?? [])] as PersonOf4[]) {
    const more = { identity: null, openId: false, summary: false }
    const named = tokens.map((token) => ({
      ...{ id: `k-${token.hash.slice(0, 16).toUpperCase()}`, name: '', ...token },
      ...{ rights: null, expiresAt: null },
    }))
    people?.set(person.id, { ...person, ...rightsOf4[role], ...more, ...{ tokens: named } })
  }
}

type TicketOf4 = RawRecord & { printerSaid: readonly string[] }

function keepPrinterThen(raw: RawState): void {
  const tickets = raw.get('tickets')
  for (const { printerSaid, ...ticket } of [...(tickets?.values() ?? [])] as TicketOf4[]) {
    const [verdict, ...sentences] = printerSaid
    const reasons = sentences.map((sentence) => ({ word: '', sentence }))
    const said = { verdict, reasons, alerts: [], supplies: [], readAt: null }
    const printerThen = verdict === undefined ? null : said
    tickets?.set(ticket.id, { ...ticket, ...{ printerThen, clearedAt: null } })
  }
}

/** All letters were about tickets. */
type LetterOf3 = RawRecord & { facts: object }

function tellOfClock(raw: RawState): void {
  const outbox = raw.get('outbox')
  for (const letter of [...(outbox?.values() ?? [])] as LetterOf3[])
    outbox?.set(letter.id, { ...letter, ...{ facts: { ...letter.facts, clockTrusted: true } } })
}

type EntryOf3 = RawRecord & {
  at: string
  by: string
  what: string
  subject: string
  details: Entry['details']
}

/** In the order of their times; none of them can be proved to be as it was written. */
function chainJournal(raw: RawState): void {
  const journal = raw.get('journal')
  const before4 = [...(journal?.values() ?? [])] as EntryOf3[]
  const end = { id: 'journal', number: 0, hash: beginning }
  for (const entry of before4.sort((a, b) => (`${a.at}${a.id}` < `${b.at}${b.id}` ? -1 : 1))) {
    end.number += 1
    const more = { clockTrusted: true, from: null, changes: {}, personalHash: null }
    const said = { ...entry, ...more, number: end.number }
    end.hash = linkOf(end.hash, said)
    journal?.set(entry.id, { ...said, ...{ personal: null, hash: end.hash } })
  }
  if (end.number > 0) raw.set('chain', new Map([[end.id, end]]))
}

/** Takes what was read to the newest shape. Refuses `invalid` what a newer platen has written. */
export function migrate(
  raw: RawState,
  from: { version: number; path: string },
  { steps, log }: { steps: readonly Migration[]; log: Log },
): void {
  if (from.version > steps.length)
    throw new Refusal(
      'invalid',
      `${from.path} was written by a newer platen (its shape is ${from.version}, this one knows ${steps.length}). Install the newer platen again, or put back the copy in backup/ that was made when it was first started.`,
      { file: from.path },
    )
  for (const step of steps.slice(from.version)) {
    step.migrate(raw)
    log.info({ version: step.to }, step.note)
  }
}
