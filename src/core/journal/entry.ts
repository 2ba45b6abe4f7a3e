import { z } from 'zod'
import type { DeepReadonly } from '../readonly.ts'

const value = z.union([z.string(), z.number(), z.boolean(), z.null()])

/**
 * Who changed what, from where, before and after, and when. Written with the change itself, never
 * altered; `chain.ts` has how one is bound to the one before.
 */
export const entry = z.object({
  id: z.string(),
  /** Its place in the chain: 1, 2, 3 … without a gap. */
  number: z.int().min(1),
  at: z.iso.datetime(),
  /** Whether `at` was known to be right. */
  clockTrusted: z.boolean(),
  by: z.string(),
  /** The door it came through; null: from before that was written down. */
  from: z.string().nullable(),
  /** What was done, in the office's words: 'password set'. `weight.ts` has all that are said now. */
  what: z.string(),
  /** Id of what it was done to. */
  subject: z.string(),
  details: z.record(z.string(), value),
  /** What became different: by field, before and after. */
  changes: z.record(z.string(), z.tuple([value, value])),
  /** What tells of a person, bound by `personalHash` alone: without the salt that says nothing of it. */
  personal: z.object({ salt: z.string(), fields: z.record(z.string(), value) }).nullable(),
  /** null: there never was anything personal. With `personal` null: it was erased. */
  personalHash: z.string().nullable(),
  /** Of the entry and of the hash before it. */
  hash: z.string(),
})

export type Entry = DeepReadonly<z.infer<typeof entry>>
export type Value = Entry['details'][string]

/** The newest link: what the next entry is bound to. One record, of id `journal`. */
export const chainEnd = z.object({ id: z.string(), number: z.int().min(0), hash: z.string() })
export type ChainEnd = DeepReadonly<z.infer<typeof chainEnd>>

/** Entries that were taken out to the month's archive, one after the other: their hashes stay. */
export const archivedRun = z.object({
  /** Of its first number: `a-17`. */
  id: z.string(),
  first: z.int().min(1),
  last: z.int().min(1),
  /** The hash before the first, and that of the last. */
  before: z.string(),
  hash: z.string(),
  /** The first sure time in it: what an entry before it, whose own was not, is counted from. null: none. */
  at: z.iso.datetime().nullable(),
})
export type ArchivedRun = DeepReadonly<z.infer<typeof archivedRun>>

/** As the month's file keeps it: without what tells of a person, and with the hash that it is bound to. */
export const archivedEntry = entry.omit({ id: true, personal: true }).extend({ before: z.string() })
export type ArchivedEntry = DeepReadonly<z.infer<typeof archivedEntry>>

/** What could be read of a month's file. */
export interface ArchivedMonth {
  /** `entries-2026-03.jsonl`. */
  readonly file: string
  readonly entries: readonly ArchivedEntry[]
  /** Numbers of the lines that cannot be read. */
  readonly damaged: readonly number[]
}
