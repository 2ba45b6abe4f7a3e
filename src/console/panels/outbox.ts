import type { Told } from '../../core/box-words.ts'
import { agoWords } from '../ages.ts'
import type { Facts } from '../facts.ts'
import { paragraph, type Row } from '../rows.ts'

// Letters that wait are in the line of troubles already when somebody has to look: mail says so. What a mail
// server says is without addresses by then (`kept.ts`).

/** Sentences for the line of troubles, of those that will never be sent. */
export function letterTroubles({ outbox }: Pick<Facts, 'outbox'>): string[] {
  const { givenUp, waiting } = outbox
  if (givenUp === 0) return []
  const why = waiting === 0 && outbox.lastTrouble !== null ? `: ${outbox.lastTrouble}` : ''
  return [
    `${letters(givenUp)} could not be sent and ${givenUp === 1 ? 'was' : 'were'} given up${why}`,
  ]
}

/** '3 letters wait', or nothing while the post goes. */
export function letterWords({ outbox: { waiting, givenUp } }: Pick<Facts, 'outbox'>): string {
  const words = [
    ...(waiting > 0 ? [`${letters(waiting)} ${waiting === 1 ? 'waits' : 'wait'}`] : []),
    ...(givenUp > 0 ? [`${letters(givenUp)} given up`] : []),
  ]
  return words.join(', ')
}

/** In a line or two of the box. */
export function lettersTold(facts: Pick<Facts, 'outbox' | 'now'>): Told {
  const words = [sinceWords(facts), facts.outbox.lastTrouble].filter(Boolean).join('. ')
  if (words === '') return { how: 'well', words: 'none waits' }
  return { how: isWell(facts) ? 'well' : 'look', words }
}

/** In three rows, for a corner of the board. */
export const outboxRows = (facts: Pick<Facts, 'outbox' | 'now'>, width: number): Row[] => [
  ...headRows(facts, width),
  ...paragraph(
    facts.outbox.lastTrouble ?? (facts.outbox.waiting > 0 ? 'On their way.' : ''),
    width,
    2,
  ),
]

/** For a panel of their own: with what becomes of them. */
export function lettersRows(facts: Pick<Facts, 'outbox' | 'now'>, width: number): Row[] {
  const { waiting, givenUp, lastTrouble } = facts.outbox
  const sentences = [
    ...(lastTrouble === null ? [] : [lastTrouble]),
    ...(waiting > 0 ? [lastTrouble === null ? 'On their way.' : waitWords] : []),
    ...(givenUp > 0 ? [givenUpWords] : []),
    ...(waiting + givenUp === 0 ? [emptyWords] : []),
  ]
  return [
    ...headRows(facts, width),
    ...sentences.flatMap((sentence) => [[], ...paragraph(sentence, width, 12)]),
  ]
}

const waitWords = 'They are tried again by themselves, ever more rarely, for five days.'
const givenUpWords =
  'Those given up are not tried any more. In a browser, under System, Letters, they can be sent again or dropped.'
const emptyWords =
  'Letters of tickets, summaries and backups stand here until the mail server has taken them.'

const headRows = (facts: Pick<Facts, 'outbox' | 'now'>, width: number): Row[] =>
  paragraph(sinceWords(facts) || 'No letter waits.', width, 2, isWell(facts) ? 'plain' : 'warn')

const isWell = ({ outbox: { lastTrouble, givenUp } }: Pick<Facts, 'outbox'>): boolean =>
  lastTrouble === null && givenUp === 0

/** '3 letters wait, the first for 12 min; 1 letter given up' */
function sinceWords({ outbox, now }: Pick<Facts, 'outbox' | 'now'>): string {
  const { oldest } = outbox
  const seconds = oldest === null ? null : (now.getTime() - Date.parse(oldest)) / 1000
  const wait = letterWords({ outbox: { ...outbox, givenUp: 0 } })
  const since = seconds === null ? '' : `, the first posted ${agoWords(seconds)}`
  const gone = letterWords({ outbox: { ...outbox, waiting: 0 } })
  return [wait && wait + since, gone].filter(Boolean).join('; ')
}

const letters = (count: number): string => `${count} ${count === 1 ? 'letter' : 'letters'}`
