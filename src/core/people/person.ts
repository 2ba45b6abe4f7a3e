import { z } from 'zod'
import type { DeepReadonly } from '../readonly.ts'

/** scrypt of node:crypto; salt and hash in base64. */
const password = z.object({
  scheme: z.literal('scrypt'),
  cost: z.int(),
  blockSize: z.int(),
  parallel: z.int(),
  salt: z.string(),
  hash: z.string(),
})

/** An account. `name` is what is typed to sign in; upper and lower case are the same. */
export const person = z.object({
  id: z.string(),
  name: z.string().min(1),
  /** Where letters go; null: this person gets none. */
  email: z.string().nullable(),
  /** Managers see the printers of the groups that name them; administrators see all. */
  role: z.enum(['administrator', 'manager']),
  password: password.nullable(),
  /** For scripts: SHA-256 of the token in hex; the token itself is shown once and kept nowhere. */
  tokens: z.array(z.object({ hash: z.string(), createdAt: z.iso.datetime() })),
  createdAt: z.iso.datetime(),
  disabledAt: z.iso.datetime().nullable(),
})

export type Person = DeepReadonly<z.infer<typeof person>>
export type Password = DeepReadonly<z.infer<typeof password>>
