import { bigHeight, bigRows, type Scale } from './big.ts'
import { toGlyphs } from './glyphs.ts'
import { cell, type Row, wrap } from './rows.ts'
import type { Call } from './wall-calls.ts'
import { besideRows, besideWidth, bigLines } from './wall-letters.ts'
import { nameRows, namesOf, type Room } from './wall-name.ts'

// One page of the wall: its calls, as large as there is room for them.

/** How many calls have room in so many rows: with large sentences where one of those has room. */
export function callsIn(rows: number): number {
  const height = rows >= heightOf(large) ? heightOf(large) : heightOf(least)
  return Math.max(1, Math.floor((rows + 1) / (height + 1)))
}

/** In the largest letters in which all of them have room; at most `rows` rows. */
export function pageRows(calls: readonly Call[], columns: number, rows: number): Row[] {
  const spareWith = (size: Size) => rows + 1 - calls.length * (heightOf(size) + 1)
  const size =
    sizes.find(
      (each) => spareWith(each) >= 0 && calls.every((call) => fits(call, each, columns)),
    ) ?? least
  const spare = Math.floor(spareWith(size) / calls.length)
  return calls.flatMap((call) => [...callRows(call, size, { columns, spare }), []]).slice(0, rows)
}

interface Size {
  readonly title: Scale
  /** Lines of large letters that the sentence may take; 0: it stands there in plain ones. */
  readonly lines: number
}

const large: Size = { title: 1, lines: 1 }
const least: Size = { title: 1, lines: 0 }

/** What to do there in large letters is worth more than a larger name. */
const sizes: readonly Size[] = [
  ...([3, 2, 1] as const).flatMap((title) => [
    { title, lines: 2 },
    { title, lines: 1 },
  ]),
  ...([3, 2] as const).map((title) => ({ title, lines: 0 })),
]

/** The last row is for the place. */
const heightOf = ({ title, lines }: Size): number =>
  bigHeight(title) + (lines === 0 ? 1 : lines * (bigHeight() + 1) + 1) + 1

/** Rows of a call at least. */
export const callHeight = heightOf(least)

const fits = (call: Call, { title, lines }: Size, columns: number): boolean =>
  besideWidth(namesOf(call), title) <= columns &&
  (lines === 0 || (bigLines(call.sentence, columns)?.length ?? Infinity) <= lines)

function callRows(call: Call, { title, lines }: Size, { columns, spare }: Room): Row[] {
  const details: Row = [cell(wholeOnes(call.details, columns), columns)]
  if (lines > 0) {
    const sentence = bigLines(call.sentence, columns) ?? []
    const letters = sentence.flatMap((line): Row[] => [[], ...bigRows(line)])
    return [...besideRows(namesOf(call), title), ...letters, [], details]
  }
  const { rows, words } = nameRows(call, title, { columns, spare })
  const more = Math.max(1, 1 + spare + bigHeight(title) - rows.length)
  const sentence = wrap(words, columns, more)
  return [...rows, ...sentence.map((line): Row => [cell(line, columns, 'strong')]), details]
}

/** 'Library 2F · read 4 min ago', and no part of one. */
function wholeOnes(details: readonly string[], columns: number): string {
  let line = ''
  for (const each of details) {
    const longer = line === '' ? toGlyphs(each) : `${line} · ${toGlyphs(each)}`
    if (line !== '' && longer.length > columns) break
    line = longer
  }
  return line
}
