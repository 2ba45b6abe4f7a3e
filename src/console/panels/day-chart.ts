import { type Cell, cell, cellRight, type Row, type Tone } from '../rows.ts'
import { dateWords, isMonday } from './days.ts'

// Columns, one a day, in the three shades that both fonts have: numbers -> rows, pure.

/** Where a chart stands: its scale at the left, so many cells for a day. */
export interface Ground {
  /** Cells of the numbers at the left. */
  readonly scale: number
  readonly perDay: number
  readonly days: number
  /** Cells right of the scale, more perhaps than the days fill. */
  readonly room: number
}

/** As wide as `width` allows; where not all days fit, the newest of them. */
export function groundIn(width: number, days: number, scale: number): Ground {
  const room = Math.max(1, width - scale - 2)
  const perDay = Math.max(1, Math.min(widestDay, Math.floor(room / Math.max(1, days))))
  return { scale, perDay, days: Math.min(days, Math.floor(room / perDay)), room }
}

const widestDay = 4

export interface Chart {
  /** A number a day, the oldest first; null: not known. */
  readonly values: readonly (number | null)[]
  /** What fills a column. */
  readonly most: number
  readonly rows: number
  readonly tone?: Tone
  /** Days of `values` on which something was replaced. */
  readonly marked?: ReadonlySet<number>
}

/** A day that is not known stays blank; one with nothing has a line at its foot, so that it is not the same. */
export function dayChart({ values, most, rows, tone, marked }: Chart, ground: Ground): Row[] {
  const from = Math.max(0, values.length - ground.days)
  return Array.from({ length: rows }, (_, at): Row => {
    const below = rows - 1 - at
    const name = rows === 1 ? '' : at === 0 ? String(most) : below === 0 ? '0' : ''
    const drawn = values.slice(from).map((value, day): Cell => {
      const column = glyphOf(value, { most, rows, below }).repeat(ground.perDay)
      if (below > 0 || !marked?.has(from + day)) return { text: column, tone: tone ?? 'plain' }
      return { text: `♦${column.slice(1)}`, tone: 'strong' }
    })
    return [{ text: ' ' }, { text: `${name.padStart(ground.scale)}│`, tone: 'frame' }, ...drawn]
  })
}

function glyphOf(
  value: number | null,
  { most, rows, below }: { readonly most: number; readonly rows: number; readonly below: number },
): string {
  if (value === null) return ' '
  const thirds = Math.ceil((value / most) * rows * 3) - below * 3
  if (thirds <= 0) return value <= 0 && below === 0 ? '_' : ' '
  return thirds === 1 ? '░' : thirds === 2 ? '▒' : '█'
}

/** The Mondays under a chart, each at its day; those that do not fit whole are left out. */
export function axisRow(
  days: readonly { readonly from: Date }[],
  timeZone: string | null,
  ground: Ground,
): Row {
  const shown = days.slice(Math.max(0, days.length - ground.days))
  let words = ''
  for (const [at, { from }] of shown.entries()) {
    const name = dateWords(from, timeZone)
    const left = at * ground.perDay
    if (isMonday(from, timeZone) && left >= words.length && left + name.length <= ground.room)
      words = `${words.padEnd(left)}${name} `
  }
  return [{ text: ' '.repeat(ground.scale + 2) }, { text: words.trimEnd(), tone: 'frame' }]
}

/** A line over a chart, as wide as it, or as the panel where the chart is narrow. */
export function titleRow(name: string, words: string, { scale, perDay, days, room }: Ground): Row {
  const least = name.length + 2 + words.length
  const width = Math.min(scale + 1 + room, Math.max(least, scale + 1 + perDay * days))
  const right = Math.min(words.length, width)
  const left = Math.max(0, width - right - 1)
  return [{ text: ' ' }, cell(name, left, 'strong'), cellRight(words, width - left)]
}
