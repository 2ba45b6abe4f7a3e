import { toGlyphs } from './glyphs.ts'

// Rows of cells: what a panel gives back. Text in a cell is glyphs already, and as wide as it is long.

/** What a cell means; `paint.ts` alone knows what that looks like. */
export type Tone =
  | 'plain'
  | 'strong'
  | 'good'
  | 'warn'
  | 'bad'
  | 'lost'
  | 'frame'
  | 'alarm'
  | 'cyan'
  | 'magenta'
  | 'yellow'
  /** The wall at night. */
  | 'dim'
  /** A module of a QR code. */
  | 'light'
  | 'dark'

export interface Cell {
  readonly text: string
  readonly tone?: Tone
  /** The chosen row: drawn in reverse. */
  readonly chosen?: boolean
}

export type Row = readonly Cell[]

export const widthOf = (row: Row): number => row.reduce((sum, cell) => sum + cell.text.length, 0)
export const textOf = (row: Row): string => row.map((cell) => cell.text).join('')

/** Cells of the longest text among them, as the screen spells it; at most `most`, and none of nothing. */
export const widest = <T>(
  all: readonly T[],
  textOf: (each: T) => string,
  most = Number.POSITIVE_INFINITY,
): number => Math.min(most, Math.max(0, ...all.map((each) => toGlyphs(textOf(each)).length)))

/** Words of ours or of others in exactly `width` cells. */
export function cell(text: string, width: number, tone: Tone = 'plain'): Cell {
  return { text: cut(toGlyphs(text), width).padEnd(width), tone }
}

/** The same, at the right. */
export function cellRight(text: string, width: number, tone: Tone = 'plain'): Cell {
  return { text: cut(toGlyphs(text), width).padStart(width), tone }
}

/** A row in exactly `width` cells: what is too long goes, what is missing is blank. */
export function padTo(row: Row, width: number): Row {
  const fitted: Cell[] = []
  let left = width
  for (const each of row) {
    if (left <= 0) break
    fitted.push(each.text.length > left ? { ...each, text: each.text.slice(0, left) } : each)
    left -= each.text.length
  }
  if (left > 0) fitted.push({ text: ' '.repeat(left) })
  return fitted
}

/** Shortened between words where that leaves more than half, and marked with two dots. */
export function cut(text: string, width: number): string {
  if (text.length <= width) return text
  if (width < 6) return text.slice(0, Math.max(0, width))
  const room = width - 2
  const head = text.slice(0, room)
  const blank = text[room] === ' ' ? room : head.lastIndexOf(' ')
  return `${(blank > room / 2 ? head.slice(0, blank) : head).trimEnd()}..`
}

/** Words of ours that are set in columns: their blanks stay as they are. */
export const verbatim = (words: string, width: number): Row => padTo([{ text: ` ${words}` }], width)

/** A text in rows of `width` cells, a blank before each; at most `most` of them. */
export const paragraph = (text: string, width: number, most: number, tone: Tone = 'plain'): Row[] =>
  wrap(text, width - 1, most).map((line) => [{ text: ' ' }, cell(line, width - 1, tone)])

/** A text whose first line hangs out, so that one sees where the next text begins. */
export const hanging = (text: string, width: number, most: number): Row[] =>
  wrap(text, width - 3, most).map((line, at) => [
    { text: at === 0 ? ' ' : '   ' },
    cell(line, width - (at === 0 ? 1 : 3)),
  ])

/** Rows under a title, with a blank one before; nothing of nothing. */
export const part = (title: string, rows: readonly Row[]): Row[] =>
  rows.length === 0 ? [] : [[], [{ text: title, tone: 'strong' }], ...rows]

/** A text in lines of at most `width` cells, broken between words; the last is cut after `most`. */
export function wrap(text: string, width: number, most: number): string[] {
  const lines: string[] = []
  let rest = toGlyphs(text)
  while (rest.length > width && lines.length < most - 1) {
    const blank = rest.lastIndexOf(' ', width)
    const end = blank > 0 ? blank : width
    lines.push(rest.slice(0, end).trimEnd())
    rest = rest.slice(end).trimStart()
  }
  if (rest !== '') lines.push(cut(rest, width))
  return lines
}
