import { z } from 'zod'
import { letter } from '../../core/outbox/letter.ts'
import { pageQuery } from './operation.ts'

// What the operations about the box itself are asked and answer.

const moment = z.iso.datetime()
const sentence = z.string().nullable()
const value = z.union([z.string(), z.number(), z.boolean(), z.null()])
const count = z.int().min(0)

export const systemFacts = z.object({
  version: z.string(),
  node: z.string(),
  startedAt: moment,
  clockTrusted: z.boolean(),
  memoryBytes: z.number().nullable().describe('Of platen; null: the machine does not tell'),
  machineMemory: z
    .object({ freeBytes: z.number(), bytes: z.number() })
    .nullable()
    .describe('What programs may still have; null: the machine does not tell'),
  celsius: z.number().nullable().describe('Of the processor; null: the machine does not tell'),
  underVoltage: z
    .enum(['now', 'earlier', 'never'])
    .nullable()
    .describe(
      'Of its supply: now is within the last minute, earlier before that since platen started; null: the machine does not tell',
    ),
  addresses: z
    .array(z.object({ name: z.string(), address: z.string() }))
    .describe('By interface, without those that only the machine itself or one cable knows'),
  written: z
    .object({ today: z.number(), aDay: z.number().nullable() })
    .nullable()
    .describe('Bytes, to the card'),
  disk: z.object({ freeBytes: z.number(), bytes: z.number() }).nullable(),
  sweep: z.object({
    intervalSeconds: z.number(),
    running: count,
    waiting: count,
    lastHeardSecondsAgo: z.number().nullable(),
  }),
  trouble: z.array(z.string()).describe('Sentences, worst first'),
  retention: z
    .array(z.object({ what: z.string(), howLong: z.string(), setting: sentence }))
    .describe('How long what is kept, and the setting that says so'),
  parts: z.record(z.string(), z.object({ ok: z.boolean(), sentence: z.string() })),
  backup: z.object({
    newest: z.object({ at: moment, bytes: z.number() }).nullable(),
    isCopied: z.boolean().describe('Whether each is copied to another disk'),
    trouble: sentence,
  }),
  letters: z.object({ waiting: count, givenUp: count, oldest: moment.nullable() }),
  summaryPostedAt: moment.nullable().describe('The last of the day; null: none of late'),
})

export const backupMade = z.object({
  name: z.string(),
  bytes: z.number(),
  seconds: z.number(),
  inside: z
    .object({
      ...{ printers: count, groups: count, people: count, tickets: count, letters: count },
      ...{ entries: count, journalFiles: count, modelFiles: count },
    })
    .describe('How many of each'),
  damage: z.array(z.string()).describe('Files that were damaged before, a sentence each'),
  isCopied: z.boolean(),
  trouble: sentence,
})

export const settingFacts = z.object({
  name: z.string(),
  value: z.string(),
  default: z.string(),
  words: z.string(),
  isDefault: z.boolean(),
})

export const letterStates = z.enum(['waiting', 'given-up', 'sent'], 'is waiting, given-up or sent')

export const letterFacts = z.object({
  id: z.string(),
  kind: z.enum(letter.options.flatMap(({ shape }) => [...shape.kind.values])),
  state: letterStates,
  to: z.array(z.string()).describe('Addresses, as of now'),
  postedAt: moment,
  dueAt: moment.nullable(),
  tries: count,
  trouble: sentence,
  endedAt: moment.nullable(),
  maybeTwice: z.boolean(),
})

const part = z.string().max(100, 'has 100 characters at most').default('')

export const journalQuery = {
  by: part.describe('Part of who it was'),
  what: part.describe('Part of what was done: "password set"'),
  subject: part.describe('Id of what it was done to'),
  before: z.coerce
    .number('is a number')
    .int('is a number')
    .min(1, 'begins at 1')
    .optional()
    .describe('Only numbers below it'),
  limit: pageQuery.limit,
}

const fields = z.record(z.string(), value)

const personal = z.object({
  how: z
    .enum(['none', 'hidden', 'erased', 'shown'])
    .describe('hidden: shown to who may look at accounts'),
  fields: fields.nullable(),
})

export const journalFound = z.object({
  next: z.int().nullable().describe('`before` of an older page; null: there is none'),
  entries: z.array(
    z.object({
      number: z.int(),
      at: moment,
      clockTrusted: z.boolean(),
      by: z.string(),
      from: z.string().nullable(),
      what: z.string(),
      subject: z.string(),
      details: fields,
      changes: z.record(z.string(), z.tuple([value, value])).describe('Before and after'),
      hash: z.string(),
      personal,
    }),
  ),
  archived: z
    .array(z.object({ first: z.int(), last: z.int(), fromMonth: z.string().nullable() }))
    .describe('What is in the files of the months'),
})
