import type { BoxFacts } from '../core/box.ts'
import type { Past } from '../core/counters/past.ts'
import type { OutboxFacts } from '../core/outbox/outbox.ts'
import type { Question } from '../core/questions/question.ts'
import type { Happening, SweepProgress, Watched } from '../core/status/status.ts'
import type { Ticket } from '../core/tickets/ticket.ts'

/** A ticket with what a screen needs of its printer. Its people are named as the screen may name them. */
export interface Filed {
  readonly ticket: Ticket
  readonly label: string
  readonly place: string
}

/** PLATEN_CONSOLE_NAMES. */
export type Names = 'initials' | 'full'

/** Everything the dashboard knows. It asks for this anew at every drawing and keeps none of it. */
export interface Facts {
  readonly site: string
  /** Where the site is in a browser, as a person would type it; empty where there is none. */
  readonly address: string
  readonly now: Date
  /** null: the system's. */
  readonly timeZone: string | null
  readonly clockTrusted: boolean
  readonly names: Names
  readonly printers: readonly Watched[]
  readonly sweep: SweepProgress
  /** Newest first. */
  readonly activity: readonly Happening[]
  /** Those alive, the oldest first; then those resolved lately, the newest first. */
  readonly tickets: readonly Filed[]
  readonly outbox: OutboxFacts
  /** Those open, the oldest first. */
  readonly questions: readonly Question[]
  /** What whoever stands here has to know: the demo's account and addresses. */
  readonly hints: readonly string[]
  /** The appliance itself. */
  readonly box: BoxFacts
  /** Sentences about the box itself, worst first: "The disk is full: nothing can be saved". */
  readonly trouble: readonly string[]
}

/** What became of a printer by day, which takes a while to read from the card. */
export type PastLook =
  | { readonly is: 'loading' }
  | { readonly is: 'unreadable' }
  /** `at`: when it was looked up. */
  | { readonly is: 'known'; readonly past: Past; readonly at: Date }
