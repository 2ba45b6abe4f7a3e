import { z } from 'zod'
import type { DeepReadonly } from '../readonly.ts'

/** Who changed what, and when. Written with the change itself, never altered. */
export const entry = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  by: z.string(),
  /** What was done, in the office's words: 'imported', 'password set'. */
  what: z.string(),
  /** Id of what it was done to. */
  subject: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})

export type Entry = DeepReadonly<z.infer<typeof entry>>
