import type { BackupFacts } from '../core/backup/made.ts'
import type { BoxFacts } from '../core/box.ts'
import type { Proof } from '../core/journal/verify.ts'
import { countMaybeTwice } from '../core/outbox/handed.ts'
import { type OutboxFacts, outboxFacts } from '../core/outbox/outbox.ts'
import type { State } from '../core/state.ts'
import { isAlive } from '../core/tickets/ticket.ts'
import { proveJournal } from './check-journal.ts'

// What `check` is told of the state, by the running platen or from the disk.

export interface Kept {
  readonly journal: Proof
  readonly printers: number
  readonly people: number
  readonly openTickets: number
  readonly outbox: OutboxFacts
  /** Letters of the last week that may have been sent twice. */
  readonly maybeTwice: number
}

export async function lookAtKept(state: State, now: Date): Promise<Kept> {
  return {
    printers: Object.values(state.printers).filter(({ isActive }) => isActive).length,
    people: Object.values(state.people).filter(({ disabledAt }) => disabledAt === null).length,
    openTickets: Object.values(state.tickets).filter(isAlive).length,
    outbox: outboxFacts(state),
    maybeTwice: countMaybeTwice(state, now),
    journal: await proveJournal(state),
  }
}

/** What only the running platen knows. */
export interface Seen {
  readonly pid: number
  readonly port: number
  /** Sentences; null where all is well. */
  readonly trouble: {
    readonly store: string | null
    readonly card: string | null
    readonly sweep: string | null
    readonly mail: string | null
  }
  readonly backup: BackupFacts
  /** Of the machine, all the while that it runs. */
  readonly felt: Pick<BoxFacts, 'celsius' | 'underVoltage'>
  /** What the first account is made with; null: there is one. */
  readonly firstCode: string | null
  /** Traps and informs of printers; null: none are wanted. */
  readonly traps: { readonly trouble: string | null; readonly heard: number } | null
  /** Printers that answered the last time they were asked; those that were asked at all. */
  readonly answered: number
  readonly asked: number
}
