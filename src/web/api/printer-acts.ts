import { z } from 'zod'
import { renewCode } from '../../core/printers/changes.ts'
import { type Printer, supplyRule } from '../../core/printers/printer.ts'
import { setSupplyRule } from '../../core/printers/supply-rules.ts'
import { answersTo, type Question } from '../../core/questions/question.ts'
import { answerQuestion, getQuestion, questionsToAnswer } from '../../core/questions/questions.ts'
import { Refusal } from '../../core/refusal.ts'
import { printerAt } from '../printer-at.ts'
import type { BoardParts } from '../views.ts'
import { type Described, operation } from './operation.ts'

// What is asked about a printer, what the office knows better of its supplies, and its code.

export function printerActOperations({ store, fleet }: BoardParts): Described[] {
  const path = '/api/v1/printers/:printer'
  const look = { needs: 'printers look' } as const
  const change = { needs: 'printers change' } as const
  return [
    operation({
      ...{ ...change, method: 'POST', path: `${path}/code`, name: 'renewCode' },
      says: 'Gives the printer a new QR code for a new label; the codes before stay good.',
      answers: z.object({ id: z.string(), formerCodes: z.int() }),
      async run(ask) {
        const { id, formerTokens } = await store.update((tx) =>
          renewCode(tx, printerAt(tx.state, ask.person, ask.params.printer), ask.act()),
        )
        return { id, formerCodes: formerTokens.length }
      },
    }),
    operation({
      ...{ ...look, method: 'GET', path: `${path}/questions`, name: 'listQuestions' },
      says: 'What a person is asked about the printer: which device stands there, what became of a counter.',
      answers: z.object({ questions: z.array(questionSchema) }),
      run({ person, params }) {
        const printer = printerAt(store.state, person, params.printer)
        return { questions: questionsToAnswer(store.state, printer).map(told) }
      },
    }),
    operation({
      ...{ ...change, method: 'POST', path: `${path}/questions/:question`, name: 'answerQuestion' },
      says: 'Answers one of them.',
      body: z.strictObject({ answer: z.string().max(40) }),
      answers: null,
      refuses: ['conflict'],
      async run(ask, { body }) {
        const id = ask.params.question ?? ''
        const printer = await store.update((tx) => {
          const of = printerAt(tx.state, ask.person, ask.params.printer)
          if (getQuestion(tx.state, id).printer !== of.id)
            throw new Refusal('missing', 'There is no such question.')
          return answerQuestion(tx, { id, answer: body.answer }, ask.act())
        })
        fleet.hint(printer)
        return undefined
      },
    }),
    operation({
      ...{ ...look, method: 'GET', path: `${path}/supplies`, name: 'listSupplyRules' },
      says: 'What the office knows better of its supplies than the printer tells, by their index.',
      answers: rulesSchema,
      run: ({ person, params }) => rulesOf(printerAt(store.state, person, params.printer)),
    }),
    operation({
      ...{ ...change, method: 'PUT', path: `${path}/supplies/:supply`, name: 'setSupplyRule' },
      says: 'Sets what is known better of one supply; a rule that changes nothing takes it back.',
      body: z.strictObject(ruleFacts),
      answers: rulesSchema,
      async run(ask, { body }) {
        const index = ask.params.supply ?? ''
        const id = await store.update((tx) => {
          const printer = printerAt(tx.state, ask.person, ask.params.printer)
          const { supplies } = fleet.status(printer.id)
          const supply = supplies.find((each) => each.index === index) ?? null
          setSupplyRule(tx, printer, { index, rule: body, supply }, ask.act())
          return printer.id
        })
        return rulesOf(printerAt(store.state, ask.person, id))
      },
    }),
  ]
}

const { invert, ignore, warningPercent, errorPercent } = supplyRule.shape
const ruleFacts = {
  invert: invert.default(false),
  ignore: ignore.default(false),
  warningPercent: warningPercent.default(null),
  errorPercent: errorPercent.default(null),
}
const rulesSchema = z.object({ rules: z.record(z.string(), supplyRule) })
const rulesOf = ({ supplies }: Printer) => ({ rules: supplies })

const questionSchema = z.object({
  id: z.string(),
  kind: z.enum(['other-device', 'counter-fell', 'counter-jumped']),
  askedAt: z.iso.datetime(),
  facts: z.record(z.string(), z.unknown()).describe('What was known, and what was heard'),
  answers: z.array(z.string()).describe('What may be answered'),
})

function told(question: Question) {
  const { id, kind, askedAt, facts } = question
  return { id, kind, askedAt, facts: { ...facts }, answers: answersTo(question) }
}
