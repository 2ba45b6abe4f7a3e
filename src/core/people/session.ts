import { z } from 'zod'
import type { DeepReadonly } from '../readonly.ts'

/** A browser that a person signed in at. What its cookie holds is kept nowhere, only its hash. */
export const session = z.object({
  /** SHA-256 of the cookie, in hex. */
  id: z.string(),
  /** Id of the person. */
  person: z.string(),
  /** How it was begun. */
  by: z.enum(['password', 'openid', 'first run']),
  /** 'Firefox on Linux', as far as it told; empty: not known. */
  browser: z.string(),
  startedAt: z.iso.datetime(),
  /** When the person last asked for something by hand, to the hour. */
  seenAt: z.iso.datetime(),
  /** Whether the clock that told both was known to be right. */
  clockTrusted: z.boolean(),
})

export type Session = DeepReadonly<z.infer<typeof session>>
