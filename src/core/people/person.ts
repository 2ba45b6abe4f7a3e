import { z } from 'zod'
import type { DeepReadonly } from '../readonly.ts'
import { reaches, rights } from './rights.ts'

/** scrypt of node:crypto; salt and hash in base64. */
const password = z.object({
  scheme: z.literal('scrypt'),
  cost: z.int(),
  blockSize: z.int(),
  parallel: z.int(),
  salt: z.string(),
  hash: z.string(),
})

/** For scripts: SHA-256 of the token in hex; the token itself is shown once and kept nowhere. */
const token = z.object({
  /** What it is listed and ended by. */
  id: z.string(),
  /** What it is for, in its owner's words. */
  name: z.string(),
  hash: z.string(),
  /** It may do no more than these, nor than its owner; null: as its owner. */
  rights: rights.nullable(),
  createdAt: z.iso.datetime(),
  /** null: until it is ended. */
  expiresAt: z.iso.datetime().nullable(),
})

/** An account. `name` is what is typed to sign in; upper and lower case are the same. */
export const person = z.object({
  id: z.string(),
  name: z.string().min(1),
  /** Where letters go; null: this person gets none. */
  email: z.string().nullable(),
  reach: z.enum(reaches),
  rights,
  /** null: does not sign in with one. */
  password: password.nullable(),
  /** Who it is at the OpenID provider, since the first sign-in there. */
  identity: z.object({ issuer: z.string(), subject: z.string() }).nullable(),
  /** Signs in at the OpenID provider; the first time by the e-mail address. */
  openId: z.boolean(),
  /** Gets the daily summary. */
  summary: z.boolean(),
  tokens: z.array(token),
  createdAt: z.iso.datetime(),
  disabledAt: z.iso.datetime().nullable(),
})

export type Person = DeepReadonly<z.infer<typeof person>>
export type Password = DeepReadonly<z.infer<typeof password>>
export type Token = Person['tokens'][number]

/** An OpenID provider promises no more than that a subject is one of its own (OpenID Connect Core 2). */
export const identityKey = (identity: NonNullable<Person['identity']>): string =>
  JSON.stringify([identity.issuer, identity.subject])
