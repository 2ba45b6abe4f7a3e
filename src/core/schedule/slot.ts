import { z } from 'zod'
import type { DeepReadonly } from '../readonly.ts'

/** What the calendar orders, by name, and for which of its days (or months) it was done. */
export const scheduled = z.object({
  /** 'backup', 'archive'. */
  id: z.string(),
  /** The slots that were done, '2026-11-20' say; the newest last, no more than are asked about. */
  done: z.array(z.string()),
})

export type Scheduled = DeepReadonly<z.infer<typeof scheduled>>
