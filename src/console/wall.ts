import { agoWords } from './ages.ts'
import type { Facts } from './facts.ts'
import { toGlyphs } from './glyphs.ts'
import { cut, padTo, type Row } from './rows.ts'
import type { WallLook } from './scene.ts'
import { isQuiet, pagesOf } from './wall-calls.ts'
import { headRows } from './wall-head.ts'
import { callHeight, callsIn, pageRows } from './wall-page.ts'
import { dimmed, marginOf, wandered } from './wall-wander.ts'

// The screen as it is seen from three metres: the time, the counts, and a page of who needs somebody.

/** Exactly `rows` rows of at most `columns` cells. */
export function wallRows(facts: Facts, wall: WallLook, columns: number, rows: number): Row[] {
  const margin = marginOf(columns, rows)
  const width = columns - margin.columns
  const height = rows - margin.rows
  const picture = pictureRows(facts, wall, { width, height })
  const whole = Array.from({ length: height }, (_, at) => padTo(picture[at] ?? [], width))
  return wandered(wall.isNight ? dimmed(whole) : whole, wall.shift, margin)
}

/** Where there is no room for all of it the counts stay, in plain words. */
function pictureRows(
  facts: Facts,
  { turn }: WallLook,
  { width, height }: { width: number; height: number },
): Row[] {
  const trouble = troubleRows(facts, width)
  const head = headRows(facts, width, height - trouble.length)
  const left = height - head.length - trouble.length - 1
  // Not where a call would lose its last row for it.
  const gap: Row[] = left > callHeight ? [[]] : []
  const room = left - gap.length
  const pages = pagesOf(facts, callsIn(room))
  const at = turn % pages.length
  const page = pageRows(pages[at] ?? [], width, Math.max(0, room))
  const blank = Array.from({ length: Math.max(0, room - page.length) }, (): Row => [])
  const number = pages.length === 1 ? '' : `${at + 1}/${pages.length}`
  return [...head, ...gap, ...page, ...blank, ...trouble, footRow(facts, number, width)]
}

/** What the box itself suffers from: the first sentence of it. */
function troubleRows({ trouble }: Facts, width: number): Row[] {
  const [worst, ...others] = trouble
  if (worst === undefined) return []
  const more = others.length > 0 ? `  +${others.length}` : ''
  return [[{ text: `! ${cut(toGlyphs(worst), width - 2 - more.length)}${more}`, tone: 'bad' }]]
}

function footRow(facts: Facts, number: string, width: number): Row {
  const heard = facts.sweep.lastHeardSecondsAgo
  const age = heard === null || isQuiet(facts) ? '' : `last read ${agoWords(heard)}   `
  const left = width < 60 ? 'any key' : 'any key: back'
  const right = [age + number, number].find((each) => left.length + 2 + each.length <= width) ?? ''
  return [{ text: left }, { text: right.trimEnd().padStart(Math.max(0, width - left.length)) }]
}
