import { grouped } from '../../core/grouped.ts'
import { answersTo, type Question } from '../../core/questions/question.ts'
import { answerWords, questionSentence } from '../../core/questions/words.ts'
import { toGlyphs } from '../glyphs.ts'
import { cell, cut, type Row, verbatim, wrap } from '../rows.ts'

// What platen asks a person about a printer: in its details, and over the board to be answered.

const mostLines = 3

/** In the details of its printer, above all that is known of it. */
export function questionRows(question: Question, width: number): Row[] {
  const [known, heard] = sidesOf(question)
  return [
    ...wrap(questionSentence(question), width - 8, mostLines).map(
      (line, at): Row => [cell(at === 0 ? 'ASKS' : '', 8, 'warn'), cell(line, width - 8, 'strong')],
    ),
    ...beside('known', known, width),
    ...beside('heard', heard, width),
    [cell('', 8), cell('a answers it', width - 8)],
  ]
}

/** What can be answered, each by its digit. */
export function answerRows(question: Question, by: string, width: number): Row[] {
  const choices = answersTo(question).flatMap((answer, at): Row[] => {
    const { button, outcome } = answerWords(question.kind, answer)
    const [first = '', ...more] = wrap(outcome, width - 5, mostLines)
    return [
      [{ text: ` ${at + 1}`, tone: 'strong' }, { text: '  ' }, cell(button, width - 4, 'strong')],
      ...[first, ...more].map((line): Row => [{ text: '    ' }, cell(line, width - 4)]),
    ]
  })
  return [
    ...choices,
    [],
    verbatim(`Answered by ${cut(toGlyphs(by), width - 26)}   Esc later`, width),
  ]
}

function beside(word: string, told: string, width: number): Row[] {
  return wrap(told, width - 16, mostLines).map(
    (line, at): Row => [cell('', 8), cell(at === 0 ? word : '', 8), cell(line, width - 16)],
  )
}

function sidesOf({ kind, facts }: Question): readonly [known: string, heard: string] {
  if (kind !== 'other-device')
    return [pagesOf(facts.known.pageCount), pagesOf(facts.heard.pageCount)]
  const [known, heard] = [facts.known, facts.heard].map(
    ({ serial, macAddresses, model, pageCount }) =>
      [serial ?? macAddresses.join(' '), model, pagesOf(pageCount)].filter(Boolean).join(', '),
  )
  return [known ?? '', heard ?? '']
}

const pagesOf = (count: number | null): string => (count === null ? '' : `${grouped(count)} pages`)
