import { z } from 'zod'
import type { DeepReadonly } from '../readonly.ts'

// What platen cannot know and asks a person: which device this is, and what became of a counter.

const moment = z.iso.datetime()

/** A device as it told of itself, and the pages that it had printed. */
const device = z.object({
  serial: z.string().nullable(),
  macAddresses: z.array(z.string()),
  model: z.string().nullable(),
  pageCount: z.number().nullable(),
  /** When it said so; null: only the office's list says so. */
  at: moment.nullable(),
})

const count = z.object({ pageCount: z.number(), at: moment })
const counts = z.object({
  known: count,
  heard: count,
  /** That told both; null: it tells none, and may be another device. */
  serial: z.string().nullable().default(null),
  /** Id of the epoch that begins with what was heard. */
  epoch: z.string(),
})

const asked = {
  id: z.string(),
  /** Id of its printer. */
  printer: z.string(),
  askedAt: moment,
  answeredBy: z.string().nullable(),
  answeredAt: moment.nullable(),
}

/** `withdrawn`: the cause went by itself. */
const answers = {
  'other-device': ['replaced', 'wrong-address'],
  'counter-fell': ['new-counter', 'replaced'],
  'counter-jumped': ['new-counter', 'same-counter'],
} as const

export const question = z.discriminatedUnion('kind', [
  z.object({
    ...asked,
    kind: z.literal('other-device'),
    facts: z.object({ known: device, heard: device }),
    answer: z.enum([...answers['other-device'], 'withdrawn']).nullable(),
  }),
  z.object({
    ...asked,
    kind: z.literal('counter-fell'),
    facts: counts,
    answer: z.enum([...answers['counter-fell'], 'withdrawn']).nullable(),
  }),
  z.object({
    ...asked,
    kind: z.literal('counter-jumped'),
    facts: counts,
    answer: z.enum([...answers['counter-jumped'], 'withdrawn']).nullable(),
  }),
])

export type Question = DeepReadonly<z.infer<typeof question>>
export type QuestionKind = Question['kind']
export type DeviceQuestion = Extract<Question, { kind: 'other-device' }>
export type CounterQuestion = Exclude<Question, DeviceQuestion>
/** What a person may say, by the kind. */
export type Answer = Exclude<Question['answer'], 'withdrawn' | null>

/** Under the same serial no other printer stands there; what was answered need not be said again. */
export function answersTo(question: Question): readonly Answer[] {
  const isSame = question.kind === 'counter-fell' && question.facts.serial !== null
  return answers[question.kind].filter(
    (answer) => answer !== question.answer && (!isSame || answer !== 'replaced'),
  )
}
export const isOpen = ({ answer }: Pick<Question, 'answer'>): boolean => answer === null
