import { toGlyphs } from './glyphs.ts'
import type { Cell } from './rows.ts'
import type { Key } from './view.ts'

// A line that somebody types: the filter, a name, a note.

/** The line after one more key; null: the key is not for the line. */
export function typedLine(text: string, key: Key, most: number): string | null {
  if (key.name === 'backspace') return [...text].slice(0, -1).join('')
  if (key.name === 'C-u') return ''
  if (key.text === '' || /\p{Cc}/u.test(key.text)) return null
  return text.length < most ? text + key.text : text
}

/** What was typed as it is kept: half of a character, at the end of the room say, is none. */
export const typedWords = (text: string): string =>
  text
    .replace(/\p{Cs}/gu, '')
    .normalize('NFC')
    .trim()

export const isEnter = ({ name }: Key): boolean => name === 'enter' || name === 'linefeed'

/** The end of the line, where the cursor is, in at most `width` cells. */
export function lineCells(text: string, width: number): Cell[] {
  const room = Math.max(0, width - 1)
  const end = text.endsWith(' ') ? ' ' : ''
  const shown = toGlyphs([...text].slice(-room).join('')) + end
  return [
    { text: room === 0 ? '' : shown.slice(-room), tone: 'strong' },
    { text: ' ', chosen: true },
  ]
}
