import type { Row, Tone } from './rows.ts'

/** A text in letters of several rows; all rows are as wide. */
export function bigRows(text: string, tone: Tone = 'plain'): Row[] {
  return [[{ text, tone }]]
}
