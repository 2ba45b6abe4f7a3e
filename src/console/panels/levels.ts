import { isHandTray, trayName } from '../../core/status/by-hand.ts'
import { isTurned, type Leveled, trayWords } from '../../core/status/level-words.ts'
import type { Tray } from '../../core/status/reading.ts'
import type { Status } from '../../core/status/status.ts'
import { supplyNames } from '../../core/status/supplies.ts'
import { ageWords } from '../ages.ts'
import { bar, levelWords, toneOfSupply } from '../bars.ts'
import type { PastLook } from '../facts.ts'
import { toGlyphs } from '../glyphs.ts'
import { isAsleep } from '../need.ts'
import { type Cell, cell, cellRight, type Row, widest } from '../rows.ts'
import { dayWords, type Times } from './days.ts'

// How full each supply and tray is, and how old that is: what was told, and where nothing is, what was last.

export interface Levels {
  readonly supplies: readonly Row[]
  readonly trays: readonly Row[]
}

export function levelRows(
  status: Status,
  width: number,
  { past, times }: { readonly past: PastLook | null; readonly times: Times },
): Levels {
  const names = supplyNames(status.supplies)
  const supplies = status.supplies.flatMap((part, at) => {
    if (part.levelState === 'absent' && !part.description) return []
    return { part, names: [names[at] ?? ''], was: wasWords(part, past, times) }
  })
  const trays = status.trays.map((part) => ({
    ...{ part, names: trayNames(part, status.trays), was: null },
  }))
  const columns = columnsIn(status, [...supplies, ...trays], width)
  return {
    supplies: supplies.flatMap((each) => [
      levelRow(status, each, columns),
      ...(isTurned(each.part)
        ? [[indent, cellRight('turned round by the office', width - 1)]]
        : []),
    ]),
    trays: trays.map((each) => levelRow(status, each, columns)),
  }
}

const indent: Cell = { text: ' ' }

/** 'Tray 1, A4, by hand', and what is left of it where that is too long. */
function trayNames(tray: Tray, all: readonly Tray[]): readonly string[] {
  const byHand = isHandTray(tray, all) ? ', by hand' : ''
  const name = trayName(tray)
  return [`${trayWords(tray)}${byHand}`, `${name}${byHand}`, name]
}

interface Told {
  readonly part: Leveled
  /** Fullest first. */
  readonly names: readonly string[]
  /** 'was 42 % on Tue', where it tells no percent now; null: nobody knows. */
  readonly was: string | null
}

interface Columns {
  readonly name: number
  readonly bar: number
  readonly level: number
  readonly age: number
}

/** Where names would be cut the age goes first, which stands over all of it too, and then the bars. */
function columnsIn(status: Status, parts: readonly Told[], width: number): Columns {
  const words = widest(parts, (each) => wordsOf(status, each).at(-1) ?? '')
  const level = Math.max('100 %'.length, words)
  const least = widest(parts, ({ names }) => names.at(-1) ?? '')
  const most = widest(parts, ({ names }) => names[0] ?? '')
  const space = width - level - 3
  const age = status.ageSeconds === null || space - ageWidth - leastBar < least ? 0 : ageWidth
  const room = Math.max(0, space - age)
  const wanted = Math.max(least, Math.min(most, Math.floor(room / 2) + 2))
  if (room - leastBar < least) return { name: Math.min(wanted, room), level, age, bar: 0 }
  const name = Math.min(wanted, room - leastBar)
  return { name, level, age, bar: Math.min(40, room - name) }
}

const ageWidth = 9
const leastBar = 6

function levelRow(status: Status, told: Told, columns: Columns): Row {
  const { part } = told
  const { percent } = part
  const words = wordsOf(status, told)
  const age = columns.age === 0 ? [] : [ageCell(status, columns.age)]
  const head = [indent, cell(fitting(told.names, columns.name), columns.name), indent]
  // Where there is no bar the words have its room: as many of them as fit whole.
  const wide = columns.bar + 1 + columns.level
  const most = fitting(words, wide)
  if (percent === null) return [...head, cellRight(most, wide), ...age]
  const tone = 'kind' in part ? toneOfSupply(part) : 'plain'
  return [
    ...head,
    ...[bar(percent, columns.bar, tone), indent, cellRight(most, columns.level)],
    ...age,
  ]
}

/** The first that fits whole. */
const fitting = (words: readonly string[], width: number): string =>
  words.find((each) => toGlyphs(each).length <= width) ?? words.at(-1) ?? ''

/** Fullest first. Of a silent printer it is what was. */
function wordsOf(status: Status, { part, was }: Told): readonly string[] {
  const words = levelWords(part)
  const told = status.snmp.ok === false && words !== '?' ? `was ${words}` : words
  if (part.percent !== null) return [told]
  if (words !== '?') return [...(was ? [`${told}, ${was}`] : []), told]
  const more = [isAsleep(status) ? 'asleep' : '', was ?? ''].filter(Boolean).join(', ')
  return [`? ${more}`.trim(), ...(was ? [`? ${was}`] : []), told]
}

function wasWords(part: Leveled, past: PastLook | null, times: Times): string | null {
  if (past?.is !== 'known') return null
  const day = past.past.days.findLast(({ levels }) => levels.has(part.index))
  const percent = day?.levels.get(part.index)
  if (!day || percent === undefined) return null
  return `was ${levelWords({ ...part, percent })} ${dayWords(day.from, times)}`
}

/** How old a value is; `!` where that is too old. */
export function ageCell({ ageSeconds, stale }: Status, width: number): Cell {
  if (ageSeconds === null) return cell('', width)
  return cellRight(`${ageWords(ageSeconds)}${stale ? '!' : ' '}`, width, stale ? 'warn' : 'plain')
}
