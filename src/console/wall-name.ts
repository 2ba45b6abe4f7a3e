import { bigHeight, type Scale } from './big.ts'
import { cell, type Row, wrap } from './rows.ts'
import type { Call } from './wall-calls.ts'
import { besideRows, besideWidth, bigLines, lineRows, type Piece } from './wall-letters.ts'

// Who is called, and in one word why: where it hangs on the wall, names are of any length.

export interface Room {
  readonly columns: number
  /** Rows beyond those that its size takes; less than none: there is no room for large letters. */
  readonly spare: number
}

export const namesOf = ({ title, word, tone }: Call): Piece[] => [
  { text: title, tone: word === '' ? tone : 'strong' },
  ...(word === '' ? [] : [{ text: word, tone }]),
]

/** Its name, broken where it has to be and may be; and the words that are left to be said in plain letters. */
export function nameRows(
  call: Call,
  scale: Scale,
  { columns, spare }: Room,
): { rows: Row[]; words: string } {
  const names = namesOf(call)
  if (spare >= 0 && besideWidth(names, scale) <= columns)
    return { rows: besideRows(names, scale), words: call.sentence }
  const most = Math.floor((bigHeight() + spare + 1) / (bigHeight() + 1))
  const lines = linesOf(call, columns)
  if (lines !== null && lines.length <= most)
    return { rows: lineRows(lines, 1), words: call.sentence }
  const title = linesOf({ ...call, word: '' }, columns)
  if (title !== null && title.length <= most)
    return { rows: lineRows(title, 1), words: withWord(call) }
  const plain = wrap(call.title, columns, 2).map((line): Row => [cell(line, columns, 'strong')])
  const word = names.slice(1)
  return spare > 0 && word.length > 0 && besideWidth(word, 1) <= columns
    ? { rows: [...besideRows(word, 1), ...plain], words: call.sentence }
    : { rows: plain, words: withWord(call) }
}

/** In large letters; null: a part of the name, or the word, has no room in any line. */
function linesOf(call: Call, columns: number): Piece[][] | null {
  const [title, ...word] = namesOf(call)
  const parts = bigLines(call.title, columns, /(?<=[ \-_./])/)
  if (!title || parts === null || besideWidth(word, 1) > columns) return null
  const lines = parts.map((text): Piece[] => [{ ...title, text }])
  const last = [...(lines.at(-1) ?? []), ...word]
  if (besideWidth(last, 1) <= columns) return [...lines.slice(0, -1), last]
  return [...lines, word]
}

/** 'JAM: Paper jam, tray 2' */
const withWord = ({ word, sentence }: Call): string =>
  word === '' ? sentence : `${word}: ${sentence}`
