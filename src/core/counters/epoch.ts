import { z } from 'zod'
import type { DeepReadonly } from '../readonly.ts'

const pages = z.number().nullable()

/**
 * A stretch in which a printer's page counter only grows. Another device, a new board or a counter that was
 * set back begins the next one, so that pages are never negative. Kept at such boundaries alone.
 */
export const epoch = z.object({
  id: z.string(),
  /** Id of its printer. */
  printer: z.string(),
  /** `held-back`: one odd reading, which the next one makes true or takes away. */
  state: z.enum(['held-back', 'begun']),
  why: z.enum(['first', 'other-device', 'counter-fell', 'counter-jumped']),
  startedAt: z.iso.datetime(),
  /** The counter when it began; null: not told yet. */
  first: pages,
  /** The last of the epoch before, and when it was read. */
  last: pages,
  lastAt: z.iso.datetime().nullable(),
})

export type Epoch = DeepReadonly<z.infer<typeof epoch>>
