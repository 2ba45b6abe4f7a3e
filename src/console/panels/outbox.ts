import { ageWords } from '../ages.ts'
import type { Facts } from '../facts.ts'
import { cell, type Row, wrap } from '../rows.ts'

// Letters that wait are in the line of troubles already when somebody has to look: mail says so.

/** Sentences for the line of troubles, of those that will never be sent. */
export function letterTroubles({ outbox }: Pick<Facts, 'outbox'>): string[] {
  const { givenUp, waiting, lastTrouble } = outbox
  if (givenUp === 0) return []
  const why = waiting === 0 && lastTrouble !== null ? `: ${lastTrouble}` : ''
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

export function outboxRows(facts: Pick<Facts, 'outbox' | 'now'>, width: number): Row[] {
  const { oldest, lastTrouble } = facts.outbox
  const seconds = oldest === null ? null : (facts.now.getTime() - Date.parse(oldest)) / 1000
  const since = seconds === null ? '' : `, the first for ${ageWords(seconds)}`
  const tone = lastTrouble === null ? 'plain' : 'warn'
  return [
    [{ text: ' ' }, cell(letterWords(facts) + since, width - 1, tone)],
    ...wrap(lastTrouble ?? 'On their way.', width - 1, 2).map(
      (line): Row => [{ text: ' ' }, cell(line, width - 1)],
    ),
  ]
}

const letters = (count: number): string => `${count} ${count === 1 ? 'letter' : 'letters'}`
