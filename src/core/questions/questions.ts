import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import { note } from '../journal/journal.ts'
import { isMisplaced } from '../printers/device.ts'
import type { Printer } from '../printers/printer.ts'
import { getPrinter } from '../printers/printers.ts'
import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import { takeEffect } from './answers.ts'
import {
  answersTo,
  type CounterQuestion,
  type DeviceQuestion,
  isOpen,
  type Question,
  type QuestionKind,
  question as schema,
} from './question.ts'

// What a person is asked about printers, and what is answered.

/** A cause that comes and goes, two devices at one address say, is told of once an hour at most. */
const quietMs = 3_600_000

/** The newest last. */
export function questionsAbout(state: State, printerId: string): Question[] {
  return [...(state.by.questionsByPrinter.get(printerId) ?? [])]
    .flatMap((id) => state.questions[id] ?? [])
    .sort((a, b) => (a.askedAt < b.askedAt ? -1 : a.askedAt > b.askedAt ? 1 : 0))
}

/**
 * Those open, and the newest that was answered 'wrong address' while that device is apart: a person may find
 * out later that it was replaced.
 */
export function questionsToAnswer(state: State, printer: Printer): Question[] {
  const all = questionsAbout(state, printer.id)
  const held = all.findLast((each) => isHeld(printer, each))
  return all.filter((each) => isOpen(each) || each === held)
}

/** Of all printers, the oldest first. */
export function openQuestions(state: State): Question[] {
  return [...state.by.openQuestionsByPrinter.keys()]
    .flatMap((id) => questionsAbout(state, id).filter(isOpen))
    .sort((a, b) => (a.askedAt < b.askedAt ? -1 : a.askedAt > b.askedAt ? 1 : 0))
}

export function findOpen<K extends QuestionKind>(
  state: State,
  printerId: string,
  kind: K,
): Extract<Question, { kind: K }> | null {
  for (const id of state.by.openQuestionsByPrinter.get(printerId) ?? []) {
    const found = state.questions[id]
    if (found && isOf(found, kind)) return found
  }
  return null
}

/** Not while it is asked, nor soon after it was withdrawn. */
export function mayAsk(
  state: State,
  { printer, kind }: Pick<Question, 'printer' | 'kind'>,
  now: Date,
): boolean {
  return questionsAbout(state, printer)
    .filter((each) => each.kind === kind)
    .every(({ answer, answeredAt }) => {
      if (answer !== 'withdrawn') return answer !== null
      return Math.abs(now.getTime() - Date.parse(answeredAt ?? '')) >= quietMs
    })
}

export type Asked =
  | Pick<DeviceQuestion, 'printer' | 'kind' | 'facts'>
  | Pick<CounterQuestion, 'printer' | 'kind' | 'facts'>

export function ask(tx: Change, asked: Asked, act: Act): void {
  for (const { id, kind, answer } of questionsAbout(tx.state, asked.printer))
    if (kind === asked.kind && answer === 'withdrawn') tx.drop('questions', id)
  tx.put('questions', {
    ...asked,
    id: act.newId('f'),
    askedAt: act.now.toISOString(),
    ...{ answer: null, answeredBy: null, answeredAt: null },
  })
  note(tx, act, { what: 'asked', subject: asked.printer, details: { question: asked.kind } })
}

/** The cause went by itself. */
export function withdraw(tx: Change, { id, printer, kind }: Question, act: Act): void {
  const open = tx.state.questions[id]
  if (!open || !isOpen(open)) return
  const ended = { answeredBy: act.by, answeredAt: act.now.toISOString() }
  tx.put('questions', { ...open, answer: 'withdrawn', ...ended })
  note(tx, act, {
    what: 'question withdrawn',
    subject: printer,
    details: { question: kind },
    changes: { answer: [null, 'withdrawn'] },
  })
}

/**
 * Gives the id of the printer, which is to be read soon. Refuses `missing`; `conflict` what is answered already;
 * `invalid` what is no answer to it.
 */
export function answerQuestion(
  tx: Change,
  { id, answer }: { readonly id: string; readonly answer: string },
  act: Act,
): string {
  const asked = getQuestion(tx.state, id)
  const printer = getPrinter(tx.state, asked.printer)
  if (!isOpen(asked) && (!isHeld(printer, asked) || answer === asked.answer))
    throw new Refusal('conflict', `The question is ${endedWords(asked)}.`)
  const said = answersTo(asked).find((each) => each === answer)
  if (said === undefined)
    throw new Refusal('invalid', 'That is no answer to this question.', { field: 'answer' })
  const ended = { answer: said, answeredBy: act.by, answeredAt: act.now.toISOString() }
  tx.put('questions', schema.parse({ ...asked, ...ended }))
  note(tx, act, {
    what: 'question answered',
    subject: printer.id,
    details: { question: asked.kind },
    changes: { answer: [asked.answer, said] },
  })
  if (takeEffect(tx, printer, { asked, said }, act) === 'other-device')
    withdrawCounters(tx, printer.id, act)
  return printer.id
}

/** They were about the device that is gone. */
export function withdrawCounters(tx: Change, printerId: string, act: Act): void {
  for (const kind of ['counter-fell', 'counter-jumped'] as const) {
    const open = findOpen(tx.state, printerId, kind)
    if (open) withdraw(tx, open, act)
  }
}

const isHeld = (printer: Printer, { answer, facts }: Question): boolean =>
  answer === 'wrong-address' && isMisplaced(printer, facts.heard)

/** Refuses `missing`. */
export function getQuestion(state: State, id: string): Question {
  const found = Object.hasOwn(state.questions, id) ? state.questions[id] : undefined
  if (!found) throw new Refusal('missing', 'There is no such question.')
  return found
}

const endedWords = ({ answer, answeredBy }: Question): string =>
  answer === 'withdrawn' ? 'settled by itself' : `answered already, by ${answeredBy}`

function isOf<K extends QuestionKind>(
  question: Question,
  kind: K,
): question is Extract<Question, { kind: K }> {
  return question.kind === kind
}
