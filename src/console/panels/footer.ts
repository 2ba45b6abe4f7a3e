import type { Facts } from '../facts.ts'
import { toGlyphs } from '../glyphs.ts'
import { type Cell, cell, cut, padTo, type Row, type Tone, widthOf } from '../rows.ts'
import type { Leaves, View } from '../view.ts'
import { showsSite } from './status.ts'

/** A sentence for the person at the keys: what was asked, and what came of it. */
export interface Notice {
  readonly text: string
  readonly tone: Tone
}

/** Sentences about the box itself; the last line says how many more there are. */
export function troubleRows(trouble: readonly string[], lines: number, width: number): Row[] {
  return trouble.slice(0, lines).map((sentence, at) => {
    const more = at === lines - 1 ? trouble.length - lines : 0
    const words = more > 0 ? ` +${more} ` : ''
    return [
      { text: ' ! ', tone: 'alarm' },
      cell(sentence, width - 3 - words.length, 'alarm'),
      { text: words, tone: 'alarm' },
    ]
  })
}

/** The line over the keys: the filter while there is one, else the last outcome, else the address. */
export function noticeRow(
  facts: Facts,
  view: View,
  found: number,
  notice: Notice | null,
  width: number,
): Row {
  if (view.typing || view.filter !== '') {
    const cursor: Cell[] = view.typing ? [{ text: ' ', chosen: true }] : []
    const typed = cell(view.filter, Math.min(view.filter.length, Math.max(0, width - 40)), 'strong')
    const hint = view.typing ? 'Enter keeps it, Esc clears' : 'Esc clears'
    const words = { text: `   ${found} of ${facts.printers.length}   ${hint}` }
    return padTo([{ text: ' Filter: ' }, typed, ...cursor, words], width)
  }
  if (notice) return [{ text: ' ' }, cell(notice.text, width - 1, notice.tone)]
  const clock = facts.clockTrusted ? [] : ['The clock has not been set yet: times may be wrong.']
  const site = showsSite(facts, width) ? [] : [facts.site]
  const words = [...site, facts.address, ...clock].filter(Boolean).map(toGlyphs).join('   ')
  return [{ text: ` ${cut(words, width - 1)}` }]
}

const keys: readonly [string, string][] = [
  ['/', 'filter'],
  ['r', 'ask now'],
  ['Tab', 'panel'],
  ['?', 'help'],
]

/** Keys, always in sight; on a narrow screen the last ones go, whole. */
export function keysRow(view: View, leaves: Leaves, width: number): Row {
  const way: [string, string] = view.open === 'printer' ? ['Esc', 'back'] : ['Enter', 'details']
  const leave: Readonly<Record<Leaves, [string, string][]>> = {
    asks: [['q', 'stop']],
    'at-once': [['q', 'leave']],
    never: [],
  }
  const row: Cell[] = [{ text: ' ' }]
  for (const [key, does] of [['↑↓', 'move'], way, ...keys, ...leave[leaves]] as const) {
    const cells: Cell[] = [{ text: key, tone: 'strong' }, { text: ` ${does}   ` }]
    if (widthOf(row) + key.length + does.length + 1 > width) break
    row.push(...cells)
  }
  return padTo(row, width)
}
