import { z } from 'zod'
import type { DeepReadonly } from '../readonly.ts'

/** What can be wrong, as a student taps it. */
export const faults = ['jam', 'empty', 'poor-print', 'panel', 'other'] as const
/** What can be asked for. */
export const wants = ['toner', 'paper', 'staples', 'other'] as const
export const ticketStates = ['open', 'taken', 'resolved', 'merged'] as const
/** What a person types on a phone, beside a queue; more is a letter. */
export const mostWords = 500

const requester = z.object({ name: z.string().nullable(), email: z.string().nullable() })
const moment = z.iso.datetime()

/** What the printer said of itself when the ticket was opened. */
const printerThen = z.object({
  verdict: z.enum(['error', 'offline', 'warning', 'unknown', 'ok']),
  /** Worst first. `word`: 'jam', 'empty'; empty where it is not known any more. */
  reasons: z.array(z.object({ word: z.string(), sentence: z.string() })),
  /** As it words them. */
  alerts: z.array(z.string()),
  /** 'Black toner', '42 %'. */
  supplies: z.array(z.object({ name: z.string(), level: z.string() })),
  /** When it said so; null: not known. */
  readAt: moment.nullable(),
})

/** A trouble that somebody reported, or supplies that somebody asked for; an issue is one kind. */
export const ticket = z.object({
  id: z.string(),
  /** What the receipt's address carries; whoever has it sees what became of the ticket. */
  receipt: z.string(),
  /** Id of the form that made it: the same form sent twice is one ticket. */
  form: z.string().nullable(),
  /** Id of its printer. */
  printer: z.string(),
  kind: z.enum(['issue', 'supply']),
  /** Of an issue. */
  fault: z.enum(faults).nullable(),
  /** Of a supply ticket. */
  wants: z.enum(wants).nullable(),
  words: z.string(),
  requester,
  state: z.enum(ticketStates),
  openedAt: moment,
  /** Whether `openedAt` was known to be right. */
  clockTrusted: z.boolean(),
  printerThen: printerThen.nullable(),
  /**
   * When what was wrong with the printer then was first heard to be gone; null: it is not, or nothing
   * was wrong by its own word.
   */
  clearedAt: moment.nullable(),
  /** Who works on it, and who ended it: the name that acted. */
  takenBy: z.string().nullable(),
  takenAt: moment.nullable(),
  resolvedBy: z.string().nullable(),
  resolvedAt: moment.nullable(),
  /** Id of the ticket that it went into. */
  mergedInto: z.string().nullable(),
  /** Others who reported the same while it was open, each with the form that said so. */
  meToo: z.array(
    z.object({ at: moment, requester, words: z.string(), form: z.string().nullable() }),
  ),
  /** Oldest first. */
  notes: z.array(z.object({ at: moment, by: z.string(), words: z.string() })),
})

export type Ticket = DeepReadonly<z.infer<typeof ticket>>
export type PrinterThen = NonNullable<Ticket['printerThen']>
export type Requester = Ticket['requester']
export type Fault = (typeof faults)[number]
export type Wants = (typeof wants)[number]

/** Somebody still has to do something. */
export const isAlive = ({ state }: Ticket): boolean => state === 'open' || state === 'taken'

/** As it stands beside what is tapped. */
export const inWords: Readonly<Record<Fault | Wants, string>> = {
  jam: 'Paper jam',
  empty: 'Something is empty',
  'poor-print': 'Poor print',
  panel: 'Error on the panel',
  other: 'Something else',
  toner: 'Toner',
  paper: 'Paper',
  staples: 'Staples',
}

/** 'Paper jam', 'Asks for toner'. */
export function ticketTitle({
  kind,
  fault,
  wants: wanted,
}: Pick<Ticket, 'kind' | 'fault' | 'wants'>): string {
  if (kind === 'issue') return inWords[fault ?? 'other']
  return `Asks for ${inWords[wanted ?? 'other'].toLowerCase()}`
}

/** 'taken by Ada', 'resolved by Ada'. */
export function stateWords({ state, takenBy, resolvedBy }: Ticket): string {
  if (state === 'taken') return `taken by ${takenBy}`
  if (state === 'resolved') return `resolved by ${resolvedBy}`
  return state === 'merged' ? 'part of another one' : 'open'
}
