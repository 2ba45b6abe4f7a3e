import { z } from 'zod'
import type { DeepReadonly } from '../readonly.ts'

const moment = z.iso.datetime()

/** A letter that waits for the post, with its facts; its words are made in `mail/letters`. */
export const letter = z.object({
  id: z.string(),
  kind: z.enum(['ticket-opened', 'ticket-resolved']),
  /** Who gets it: a group's managers, or one address. Looked up when it is sent. */
  to: z.union([z.object({ group: z.string().nullable() }), z.object({ email: z.string() })]),
  facts: z.record(z.string(), z.string()),
  postedAt: moment,
  state: z.enum(['waiting', 'sent', 'given-up']),
  tries: z.int(),
  /** Not before this. */
  dueAt: moment,
  /** Why the last try failed. */
  trouble: z.string().nullable(),
  sentAt: moment.nullable(),
})

export type Letter = DeepReadonly<z.infer<typeof letter>>

/** Hands a letter to the post. Rejects with what the post said. `for-good`: it will never take it. */
export interface Post {
  send(mail: {
    to: readonly string[]
    id: string
    subject: string
    text: string
    html: string
  }): Promise<void>
}
