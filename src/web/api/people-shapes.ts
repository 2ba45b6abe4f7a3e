import { z } from 'zod'
import { areas, degrees, reaches, rights, roleNames } from '../../core/people/rights.ts'
import { session } from '../../core/people/session.ts'

// What scripts are told of accounts and may say of them.

const role = z.enum(roleNames)
const moment = z.iso.datetime()

export const personTold = z.strictObject({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  role: role.nullable().describe('null: rights that have no name'),
  reach: z.enum(reaches),
  rights,
  groups: z
    .array(z.strictObject({ id: z.string(), name: z.string() }))
    .describe('That the person looks after, as far as you see them'),
  signsInBy: z.array(z.enum(['password', 'openid'])),
  summary: z.boolean().describe('Gets the daily summary'),
  browsers: z.int().describe('Browsers that are signed in'),
  tokens: z.int(),
  lastSeenAt: moment.nullable().describe('At a browser that is signed in, to the hour'),
  createdAt: moment,
  disabledAt: moment.nullable(),
})

/** Areas that are not named: nothing, or as it was. */
export const givenRights = z.strictObject(
  Object.fromEntries(areas.map((area) => [area, z.enum(degrees).optional()])) as Record<
    (typeof areas)[number],
    z.ZodOptional<z.ZodEnum<{ [D in (typeof degrees)[number]]: D }>>
  >,
)

const ids = z.array(z.string()).max(1000)

export const newPerson = z.strictObject({
  name: z.string(),
  email: z.string().nullable().default(null),
  role: role.optional().describe('In place of reach and rights'),
  reach: z.enum(reaches).optional(),
  rights: givenRights.optional().describe('Areas that are not named: none'),
  groups: ids.default([]).describe('Ids of the groups to look after'),
  password: z.string().nullable().default(null),
  openId: z.boolean().default(false),
  summary: z.boolean().default(false),
})

export const personChanges = z.strictObject({
  name: z.string().optional(),
  email: z.string().nullable().optional(),
  role: role.optional().describe('Sets reach and rights'),
  reach: z.enum(reaches).optional(),
  rights: givenRights.optional().describe('Areas that are not named stay'),
  groups: ids.optional().describe('Ids of all the groups to look after'),
  openId: z.boolean().optional(),
  summary: z.boolean().optional(),
})

export const tokenTold = z.strictObject({
  id: z.string(),
  name: z.string().describe('What it is for'),
  rights: rights.nullable().describe('null: whatever its owner may'),
  createdAt: moment,
  expiresAt: moment.nullable().describe('null: until it is ended'),
  hasEnded: z.boolean(),
})

export const newToken = z.strictObject({
  name: z.string().min(1).describe('What it is for'),
  rights: givenRights
    .nullable()
    .default(null)
    .describe('It may no more than these, nor than its owner; null: as its owner'),
  days: z.int().min(1).max(3650).nullable().describe('null: until it is ended'),
})

export const sessionTold = z.strictObject({
  id: z.string(),
  by: session.shape.by,
  browser: z.string(),
  startedAt: moment,
  seenAt: moment.describe('To the hour'),
  clockTrusted: z.boolean().describe('Whether the clock that told both was known to be right'),
  isThis: z.boolean().describe('The one that asks'),
})
