import { grouped } from '../grouped.ts'
import type { Answer, Question, QuestionKind } from './question.ts'

// Questions in a person's words: pages and console say the same.

/** What was found, in a sentence. */
export function questionSentence(question: Question): string {
  const { kind, facts } = question
  if (kind === 'other-device') return 'Another device answers at this address.'
  const [from, to] = [grouped(facts.known.pageCount), grouped(facts.heard.pageCount)]
  return kind === 'counter-fell'
    ? `The page counter fell from ${from} to ${to}.`
    : `The page counter jumped from ${from} to ${to}, more than a printer can print in that time.`
}

/** What can be answered, as it stands on a button, and what comes of it. */
export function answerWords(kind: QuestionKind, answer: Answer): AnswerWords {
  if (answer === 'replaced' && kind === 'counter-fell') return anotherStands
  return words[answer]
}

export interface AnswerWords {
  readonly button: string
  readonly outcome: string
}

const anotherStands: AnswerWords = {
  button: 'Another printer stands here',
  outcome: 'Its pages are counted from its own first reading on.',
}

const words: Readonly<Record<Answer, AnswerWords>> = {
  replaced: {
    button: 'It was replaced',
    outcome:
      'The new device is taken over, and its pages are counted from its own first reading on.',
  },
  'wrong-address': {
    button: 'Wrong address',
    outcome: 'What it says stays apart until the address is mended.',
  },
  'new-counter': {
    button: 'The counter was set anew',
    outcome: 'Pages are counted on from what it says now.',
  },
  'same-counter': {
    button: 'All of it was printed',
    outcome: 'The pages between the two readings are counted.',
  },
}
