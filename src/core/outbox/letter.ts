import { z } from 'zod'
import type { DeepReadonly } from '../readonly.ts'

const moment = z.iso.datetime()

/** What a letter about a ticket tells, as it was when it was posted. */
const ticketFacts = z.object({
  /** Id of the ticket. */
  ticket: z.string(),
  receipt: z.string(),
  /** 'Paper jam', 'Asks for toner'. */
  title: z.string(),
  /** Label of the printer. */
  printer: z.string(),
  place: z.string(),
  words: z.string(),
  requester: z.string(),
  printerSaid: z.string(),
  openedAt: moment,
  /** Whether `openedAt` was known to be right. */
  clockTrusted: z.boolean(),
  /** Who resolved it; empty before. */
  by: z.string(),
})

/** What a letter about a backup tells. */
const backupFacts = z.object({
  at: moment,
  /** Its name; null where none was made. */
  file: z.string().nullable(),
  bytes: z.int().nullable(),
  /** What was done, or what is wrong and what to do now. */
  sentences: z.array(z.string()),
})

/** A ticket as the summary tells it. */
const summed = z.object({
  ticket: z.string(),
  title: z.string(),
  kind: z.enum(['issue', 'supply']),
  printer: z.string(),
  place: z.string(),
  /** 'open', 'taken by Ada', 'resolved by Ada'. */
  state: z.string(),
  isSettled: z.boolean(),
  openedAt: moment,
  clockTrusted: z.boolean(),
  /** From then until now, or until it was settled. */
  openMinutes: z.int(),
})

/** What the summary tells. */
const summaryFacts = z.object({
  at: moment,
  /** Of the tickets it tells of; null: however old. */
  lookbackHours: z.number().nullable(),
  /** The longest open first. */
  tickets: z.array(summed),
})

const posted = z.object({
  id: z.string(),
  /** Who gets it: a group's managers, or one address. Looked up when it is sent. */
  to: z.union([z.object({ group: z.string().nullable() }), z.object({ email: z.string() })]),
  postedAt: moment,
  state: z.enum(['waiting', 'sent', 'given-up']),
  /** How often the post was asked to take it. */
  tries: z.int(),
  /** Not before this. */
  dueAt: moment,
  /** Why the last try failed, or what it waits for. */
  trouble: z.string().nullable(),
  /** Addresses that the post has taken it for: they are not written to again. */
  reached: z.array(z.string()),
  /** When it was sent or given up. */
  endedAt: moment.nullable(),
  /** When the post was asked to take it, until it is known to have taken it or not. */
  handedAt: moment.nullable(),
  /** Handed in again although the post may have taken it before. */
  maybeTwice: z.boolean(),
})

/** A letter that waits for the post, with its facts; its words are made in `mail/letters`. */
export const letter = z.discriminatedUnion('kind', [
  posted.extend({ kind: z.literal(['ticket-opened', 'ticket-resolved']), facts: ticketFacts }),
  posted.extend({ kind: z.literal(['backup-made', 'backup-failed']), facts: backupFacts }),
  posted.extend({ kind: z.literal('summary'), facts: summaryFacts }),
])

export type Letter = DeepReadonly<z.infer<typeof letter>>
export type TicketLetter = Extract<Letter, { kind: 'ticket-opened' | 'ticket-resolved' }>
export type BackupLetter = Extract<Letter, { kind: 'backup-made' | 'backup-failed' }>
export type SummaryLetter = Extract<Letter, { kind: 'summary' }>
export type TicketFacts = TicketLetter['facts']
export type BackupFacts = BackupLetter['facts']
export type SummaryFacts = SummaryLetter['facts']

/** A letter in words. */
export interface Mail {
  /** Of the letter; a letter that is sent twice can be known by it. */
  readonly id: string
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** An address that the post would not take the letter for. */
export interface Rejected {
  readonly address: string
  readonly why: string
  /** `for-good`: it will never take it. */
  readonly how: 'for-good' | 'not-now'
}

/**
 * What the post made of a letter. `taken`: for all addresses but the rejected, one at least.
 * `refused`: it will never take this one. `not-now`: not this one, but maybe others. `closed`: it
 * takes none at the moment, for it is down, or does not let us in. `given-up`: nobody waited for more.
 * `maybeTaken`: all of the letter went out, and no answer came back.
 */
export type Outcome =
  | { readonly how: 'taken'; readonly rejected: readonly Rejected[] }
  | { readonly how: 'refused'; readonly why: string }
  | { readonly how: 'not-now'; readonly why: string; readonly maybeTaken: boolean }
  | { readonly how: 'closed'; readonly why: string; readonly maybeTaken: boolean }
  | { readonly how: 'given-up'; readonly maybeTaken: boolean }

/** Where letters are handed in. Never throws what the outside did. */
export interface Post {
  /** As an administrator knows it: `mail.school.edu:587`. */
  readonly name: string
  /** `givenUp` ends the asking at once. */
  send(mail: Mail, givenUp: AbortSignal): Promise<Outcome>
  /** Knocks, and signs in: null where a letter would be let in, else why not. */
  knock(): Promise<string | null>
}
