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
]

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
