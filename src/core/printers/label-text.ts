import { toLetters, type Weight, widthAt } from './label-letters.ts'
import type { Box, Label } from './label-sheets.ts'

// The words beside the code: as large as they can be, and never over the edge.

/** In mm; `y` is the line that letters stand on, `width` what the words take. */
export interface PlacedText {
  readonly words: string
  readonly weight: Weight
  readonly x: number
  readonly y: number
  readonly size: number
  readonly width: number
}

/** 4.5 points: what good eyes still read at arm's length. */
const smallestMm = 1.6
const lineHeight = 1.25
/** Letters rise so far above the line. */
const rise = 0.8

interface Line {
  readonly words: string
  readonly weight: Weight
  readonly size: number
}

/**
 * Which printer, where, what the code is for, and the address for who has no camera. What a low label
 * has no room for goes, the last first.
 */
export function placeTexts(label: Label, box: Box): PlacedText[] {
  const large = between(3.2, box.height * 0.19, 6)
  const small = between(1.9, box.height * 0.1, 3.2)
  const { width } = box
  const blocks = [
    shrunk({ words: toLetters(label.label), weight: 'bold', size: large }, width),
    wrapped({ words: toLetters(label.place), weight: 'plain', size: small * 1.15 }, width),
    shrunk({ words: 'Report a problem: scan', weight: 'plain', size: small }, width),
    address(label.url, small, width),
  ]
  const fitting: Line[] = []
  for (const block of blocks)
    if (heightOf([...fitting, ...block]) <= box.height) fitting.push(...block)
  let y = box.y + (box.height - heightOf(fitting)) / 2
  return fitting.map((line) => {
    const placed = { ...line, x: box.x, y: y + line.size * rise, width: widthOf(line) }
    y += line.size * lineHeight
    return placed
  })
}

const between = (least: number, wish: number, most: number) => Math.min(most, Math.max(least, wish))
const heightOf = (lines: readonly Line[]) =>
  lines.reduce((sum, { size }) => sum + size * lineHeight, 0)
const widthOf = ({ words, weight, size }: Line) => widthAt(words, weight, size)

/** In one line: down to six tenths of its size, and what is too long even then ends in `…`. */
function shrunk(line: Line, width: number): Line[] {
  if (line.words === '') return []
  const wish = (line.size * width) / Math.max(width, widthOf(line))
  const size = Math.max(wish, line.size * 0.6, smallestMm)
  return [cut({ ...line, size }, width)]
}

function cut(line: Line, width: number): Line {
  if (widthOf(line) <= width + 1e-9) return line
  let words = line.words
  while (words !== '' && widthOf({ ...line, words: `${words}…` }) > width)
    words = words.slice(0, -1)
  return { ...line, words: `${words.trimEnd()}…` }
}

/** Over two lines where it would be small on one: the room stands at the end, and is what people look for. */
function wrapped(line: Line, width: number): Line[] {
  const words = line.words.split(' ')
  for (let size = line.size; size > smallestMm; size *= 0.95) {
    const isFitting = (some: string) => widthOf({ ...line, words: some, size }) <= width
    if (isFitting(line.words) && size > line.size * 0.8) return [{ ...line, size }]
    for (let count = words.length - 1; count > 0; count--) {
      const two = [words.slice(0, count).join(' '), words.slice(count).join(' ')]
      if (two.every(isFitting)) return two.map((each) => ({ ...line, words: each, size }))
    }
  }
  return shrunk({ ...line, size: smallestMm }, width)
}

/** `print.school.edu/P/7Z3K…`, or broken before the path. Half of one helps nobody: whole or not at all. */
function address(url: string, size: number, width: number): Line[] {
  const { host, pathname } = new URL(url)
  const atMost = (...lines: string[]) =>
    Math.min(size, width / Math.max(...lines.map((words) => widthAt(words, 'plain', 1))))
  const whole = `${host}${pathname}`
  const [onOne, onTwo] = [atMost(whole), atMost(host, pathname)]
  const [lines, fitting] = onOne >= size * 0.8 ? [[whole], onOne] : [[host, pathname], onTwo]
  if (fitting < smallestMm) return []
  return lines.map((words) => ({ words, weight: 'plain', size: fitting }))
}
