import { sizeWords } from '../../core/box-words.ts'
import type { Asking } from '../acting.ts'
import { momentWords } from '../ages.ts'
import type { Facts } from '../facts.ts'
import { personWords } from '../filed.ts'
import { toGlyphs } from '../glyphs.ts'
import { type KeyLine, keyLines } from '../keys.ts'
import { lineCells } from '../line.ts'
import { clearsFilter } from '../moves.ts'
import { type Cell, cell, cut, padTo, type Row, type Tone, widthOf } from '../rows.ts'
import type { Look } from '../scene.ts'
import type { Room, View } from '../view.ts'
import { letterWords } from './outbox.ts'
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

/** Under the address. */
export const hintRows = (facts: Facts, width: number): Row[] =>
  facts.hints.map((hint) => [{ text: ' ' }, cell(hint, width - 1)])

/** The line over the keys: what is typed, else the last outcome, else the filter that is kept, else where the site is. */
export function noticeRow(
  facts: Facts,
  { view, notice }: Pick<Look, 'view' | 'notice'>,
  found: number,
  width: number,
): Row {
  if (view.asking?.what === 'note') return noteRow(facts, view.asking, width)
  const filter = { view, found, of: facts.printers.length }
  if (view.typing) return filterRow(filter, 'Enter keeps it, Esc clears', width)
  if (notice) return [{ text: ' ' }, cell(notice.text, width - 1, notice.tone)]
  if (view.filter !== '' && clearsFilter(view.open)) return filterRow(filter, 'Esc clears', width)
  if (view.filter !== '' && view.open === 'printer') return filterRow(filter, '', width)
  const clock = facts.clockTrusted ? [] : ['The clock has not been set yet: times may be wrong.']
  const site = showsSite(facts, width) ? [] : [facts.site]
  const words = [...site, facts.address, letterWords(facts), ...clock]
  const left = ` ${cut(words.filter(Boolean).map(toGlyphs).join('   '), width - 1)}`
  const right = boxWords(facts).find((each) => left.length + 3 + each.length < width) ?? ''
  return [{ text: left }, { text: `${right} `.padStart(width - left.length) }]
}

function filterRow(
  { view, found, of }: { view: View; found: number; of: number },
  hint: string,
  width: number,
): Row {
  const cursor: Cell[] = view.typing ? [{ text: ' ', chosen: true }] : []
  const typed = cell(view.filter, Math.min(view.filter.length, Math.max(0, width - 40)), 'strong')
  const words = { text: `   ${found} of ${of}   ${hint}` }
  return padTo([{ text: ' Filter: ' }, typed, ...cursor, words], width)
}

/** 'card 12 MB today   backup 03:00', and what of it stays where there is less room. */
function boxWords({ box, now, timeZone }: Facts): string[] {
  const written = box.written?.today ?? null
  const backedUpAt = box.backup.newest?.at ?? null
  const card = written === null ? [] : [`card ${sizeWords(written)} today`]
  const backup =
    backedUpAt === null ? [] : [`backup ${momentWords(new Date(backedUpAt), now, timeZone)}`]
  return [[...card, ...backup].join('   '), ...backup]
}

function noteRow(
  facts: Facts,
  { id, text }: Extract<Asking, { what: 'note' }>,
  width: number,
): Row {
  const filed = facts.tickets.find(({ ticket }) => ticket.id === id)
  const name = cut(toGlyphs(filed?.label ?? ''), 24)
  const head: Cell = { text: ` Note on ${name}: ` }
  const hint = width >= 100 ? '   Enter keeps it, Esc drops it ' : ''
  const line = lineCells(text, Math.max(0, width - widthOf([head]) - hint.length))
  return padTo([head, ...line, { text: hint }], width)
}

type Keys = readonly (readonly [key: string, does: string])[]

/** Keys, always in sight, and whose name acts; on a narrow screen the last keys go, whole. */
export function keysRow(facts: Pick<Facts, 'names'>, view: View, room: Room, width: number): Row {
  const keys = typedKeys(view) ?? keyLines.flatMap((line) => footOf(line, view, room))
  const who = view.actor === null ? [] : actorCells(personWords(view.actor, facts.names), width)
  const left = width - widthOf(who)
  return padTo([...padTo(spaced(keys, left), left), ...who], width)
}

/** Letters are letters while a line is typed; null: none is. */
function typedKeys({ asking, typing }: View): Keys | null {
  if (asking?.what === 'note')
    return [
      ['Enter', 'keep'],
      ['Esc', 'drop'],
    ]
  if (!typing) return null
  return [
    ['Enter', 'keep'],
    ['Esc', 'clear'],
    ['↑↓', 'move'],
  ]
}

function footOf({ views, foot }: KeyLine, view: View, room: Room): Keys {
  const words = (views?.includes(view.open) ?? true) ? foot?.(view, room) : null
  return words ? [words] : []
}

/** Closer together before the last ones go; how to get help and how to leave stay. */
function spaced(keys: Keys, width: number): Row {
  const widthAt = (gap: number, of: Keys) =>
    of.reduce((sum, [key, does]) => sum + key.length + does.length + 1 + gap, 1 - gap)
  const gap = widthAt(3, keys) <= width ? 3 : 2
  let shown = keys
  while (shown.length > 1 && widthAt(gap, shown) > width) {
    const last = shown.findLastIndex(([key]) => !staying.has(key))
    shown = shown.toSpliced(last, 1)
  }
  return [
    { text: ' ' },
    ...shown.flatMap(
      ([key, does]): Row => [{ text: key, tone: 'strong' }, { text: ` ${does}${' '.repeat(gap)}` }],
    ),
  ]
}

const staying: ReadonlySet<string> = new Set(['?', 'q'])

/** 'w as A. L.' */
function actorCells(actor: string, width: number): Cell[] {
  const name = cut(toGlyphs(actor), width < 100 ? 12 : 24)
  return [{ text: ' w', tone: 'strong' }, { text: ' as ' }, { text: `${name} `, tone: 'strong' }]
}
