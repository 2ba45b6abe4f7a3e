import { bigHeight, bigRows, bigWidth, type Scale } from './big.ts'
import { toGlyphs } from './glyphs.ts'
import type { Cell, Row, Tone } from './rows.ts'

// Large letters beside each other and in lines.

export interface Piece {
  readonly text: string
  readonly tone: Tone
}

/** Wider than a blank between two words. */
const gap = 6

export const besideWidth = (pieces: readonly Piece[], scale: Scale): number =>
  pieces.reduce((sum, { text }) => sum + bigWidth(text, scale), 0) +
  Math.max(0, pieces.length - 1) * gap * scale

/** Large letters one after the other in the same rows. */
export function besideRows(pieces: readonly Piece[], scale: Scale): Row[] {
  const blank: Cell = { text: ' '.repeat(gap * scale) }
  const letters = pieces.map(({ text, tone }) => bigRows(text, tone, scale))
  return Array.from({ length: bigHeight(scale) }, (_, at) =>
    letters.flatMap((rows, place) => [...(place === 0 ? [] : [blank]), ...(rows[at] ?? [])]),
  )
}

/** Lines of them, with a blank row between. */
export const lineRows = (lines: readonly (readonly Piece[])[], scale: Scale): Row[] =>
  lines.flatMap((line, at) => [...(at === 0 ? [] : [[]]), ...besideRows(line, scale)])

/** A text broken where `at` says, each line of `columns` cells at most; null: a part of it is wider. */
export function bigLines(text: string, columns: number, at = /(?<= )/): string[] | null {
  const lines: string[] = []
  for (const part of toGlyphs(text).split(at)) {
    const longer = `${lines.at(-1) ?? ''}${part}`
    if (bigWidth(part) > columns) return null
    if (lines.length > 0 && bigWidth(longer) <= columns) lines[lines.length - 1] = longer
    else lines.push(part)
  }
  return lines
}
