import { divider, type Frame, framed, roomIn } from './frame.ts'
import { toGlyphs } from './glyphs.ts'
import { cut, type Row } from './rows.ts'

/** A list under headings that keeps the chosen row in sight; the first heading is its title. */
export interface List<T extends object> {
  readonly all: readonly T[]
  headingOf(each: T): string
  idOf(each: T): string
  readonly chosen: Chosen
  /** What stands behind its mark: `markWidth` cells less than the list has. */
  rowOf(each: T): Row
  /** What a heading says of those under it; "12" where this is missing. */
  countOf?(under: readonly T[]): string
  /** Rows that stay above the list, under a title of their own: each heading is a line then. */
  readonly head?: { readonly title: string; readonly rows: readonly Row[] }
  /** In the place of "1-12 of 15", which stands there when not all rows fit. */
  readonly corner?: string
}

/** Which row the keys mean. */
export interface Chosen {
  readonly id: string | null
  /** Not merely the first: only then its row is in reverse, for a screen glows there for months. */
  readonly byHand: boolean
}

export const markWidth = 2

export function listPanel<T extends object>(
  list: List<T>,
  frame: Omit<Frame, 'title' | 'corner'>,
): Row[] {
  const { head } = list
  const lines = withHeadings(list)
  const room = Math.max(0, roomIn(frame) - (head ? head.rows.length + 1 : 0))
  const at = lines.findIndex((each) => typeof each !== 'string' && isChosen(list, each))
  const from = windowFrom(lines, at, room)
  const seen = withoutLastHeading(lines.slice(from, from + room))
  const titleOf = titlesOf(list, frame.width)
  const rows = seen.map((each) =>
    typeof each === 'string' ? divider(titleOf(each), frame.width) : markedRow(list, each),
  )
  const first = seen.find((each) => typeof each !== 'string')
  const title = first && typeof first !== 'string' ? titleOf(list.headingOf(first)) : ''
  const more = from + room < lines.length
  const corner = list.corner ?? (lines.length > room ? scrollWords(list, seen, more) : '')
  const named: Row = [{ text: head?.title ?? title, tone: 'strong' }]
  const shown = head ? [...head.rows, divider(title, frame.width), ...rows] : rows
  return framed({ ...frame, title: named, corner }, shown)
}

const isChosen = <T extends object>({ idOf, chosen }: List<T>, each: T): boolean =>
  idOf(each) === chosen.id

function markedRow<T extends object>(list: List<T>, each: T): Row {
  const row = list.rowOf(each)
  if (!isChosen(list, each)) return [{ text: '  ' }, ...row]
  const marked: Row = [{ text: '▶ ', tone: 'strong' }, ...row]
  return list.chosen.byHand ? marked.map((cell) => ({ ...cell, chosen: true })) : marked
}

/** Rows that all of them fill, headings included. */
export const listHeight = <T extends object>(list: Headed<T>): number => withHeadings(list).length

type Headed<T extends object> = Pick<List<T>, 'all' | 'headingOf'>

/** 'Library 12': the count is whole, however long the heading is. */
function titlesOf<T extends object>(list: List<T>, width: number): (heading: string) => string {
  return (heading) => {
    const those = list.all.filter((each) => list.headingOf(each) === heading)
    const count = list.countOf?.(those) ?? String(those.length)
    return `${cut(toGlyphs(heading), Math.max(0, width - 7 - count.length))} ${count}`
  }
}

/** The first heading is the panel's title, so it is no line of its own. */
function withHeadings<T extends object>({ all, headingOf }: Headed<T>): (string | T)[] {
  return all.flatMap((each, at) => {
    const before = all[at - 1]
    const heading = headingOf(each)
    return before && headingOf(before) !== heading ? [heading, each] : [each]
  })
}

/** A heading with nothing under it says nothing. */
function withoutLastHeading<T>(lines: readonly T[]): readonly T[] {
  return typeof lines.at(-1) === 'string' ? lines.slice(0, -1) : lines
}

/** The chosen row in the middle where it can be, and no heading as the first line. */
function windowFrom(lines: readonly unknown[], at: number, room: number): number {
  const last = Math.max(0, lines.length - room)
  const from = Math.max(0, Math.min(last, at - Math.floor(room / 2)))
  return typeof lines[from] === 'string' ? from + 1 : from
}

function scrollWords<T extends object>(
  { all }: Headed<T>,
  seen: readonly (string | T)[],
  more: boolean,
): string {
  const rows = seen.filter((each) => typeof each !== 'string')
  const first = rows[0] ? all.indexOf(rows[0]) + 1 : 0
  return `${first}-${first + rows.length - 1} of ${all.length} ${more ? '▼' : '▲'}`
}
