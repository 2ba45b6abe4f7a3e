import { z } from 'zod'
import type { DeepReadonly } from '../readonly.ts'

/** A group of printers and the managers (ids of people) who look after it. */
export const group = z.object({
  id: z.string(),
  name: z.string().min(1),
  building: z.string().nullable(),
  managers: z.array(z.string()),
})

export type Group = DeepReadonly<z.infer<typeof group>>
