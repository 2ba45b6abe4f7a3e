import type { DayPast, Past } from '../../core/counters/past.ts'
import type { Supply } from '../../core/status/reading.ts'
import type { Watched } from '../../core/status/status.ts'
import { supplyNames } from '../../core/status/supplies.ts'
import { levelWords, toneOfSupply } from '../bars.ts'
import type { Row } from '../rows.ts'
import { axisRow, type Chart, dayChart, type Ground, titleRow } from './day-chart.ts'
import { dayWords, type Times } from './days.ts'

// A chart for each supply: how full it was at the end of each day, and when it was replaced.

export interface Charted {
  readonly index: string
  readonly name: string
  /** As the printer tells it now; undefined: it does not any more. */
  readonly supply: Supply | undefined
}

/** Those of which some level is known, as the printer tells them; then those that it tells no more. */
export function suppliesIn({ status: { supplies } }: Watched, { days }: Past): Charted[] {
  const known = new Set(days.flatMap(({ levels }) => [...levels.keys()]))
  const names = supplyNames(supplies)
  const told = supplies.map((supply, at) => ({
    ...{ index: supply.index, supply, name: names[at] ?? '' },
  }))
  const gone = [...known]
    .filter((index) => supplies.every((each) => each.index !== index))
    .slice(0, mostGone)
  return [
    ...told.filter(({ index }) => known.has(index)),
    ...gone.map((index) => ({ index, name: `Supply ${index}`, supply: undefined })),
  ]
}

/** One that calls its supplies anew each time fills no screen. */
const mostGone = 4

export interface Drawing {
  readonly times: Times
  readonly ground: Ground
  readonly rows: number
}

export function supplyCharts(
  days: readonly DayPast[],
  supplies: readonly Charted[],
  { times, ground, rows, past }: Drawing & { readonly past: Past },
): Row[] {
  if (supplies.length === 0) return []
  const charts = supplies.flatMap(({ index, name, supply }) => {
    const values = days.map((day) => levelOn(day, { index, supply }, times))
    const chart: Chart = {
      ...{ values, most: 100, rows, marked: markedDays(days, past, index) },
      tone: supply ? toneOfSupply(supply) : 'plain',
    }
    return [
      titleRow(name, lastWords(days, { index, supply }, times), ground),
      ...dayChart(chart, ground),
    ]
  })
  return [...charts, axisRow(days, times.timeZone, ground), ...legend(ground)]
}

/** A past is read now and then: of today's levels what the printer said last is the newest. */
function levelOn(
  { from, levels }: DayPast,
  { index, supply }: Pick<Charted, 'index' | 'supply'>,
  times: Times,
): number | null {
  const known = levels.get(index) ?? null
  const newest = supply?.percent ?? null
  return known === null || newest === null || dayWords(from, times) !== 'today' ? known : newest
}

/** The last level that is known, and its day where that is not today. */
function lastWords(
  days: readonly DayPast[],
  charted: Pick<Charted, 'index' | 'supply'>,
  times: Times,
): string {
  const day = days.findLast(({ levels }) => levels.has(charted.index))
  const percent = day ? levelOn(day, charted, times) : null
  if (day === undefined || percent === null) return ''
  const when = dayWords(day.from, times)
  const level = charted.supply
    ? levelWords({ ...charted.supply, percent, source: 'printer-mib' })
    : `${Math.round(percent)} %`
  return when === 'today' ? level : `${level} ${when}`
}

function markedDays(days: readonly DayPast[], { replaced }: Past, index: string): Set<number> {
  const times = replaced
    .filter(({ supplies }) => supplies.includes(index))
    .map(({ at }) => Date.parse(at))
  // Before the first of them it was on no day that is shown.
  return new Set(
    times
      .map((at) => days.findLastIndex(({ from }) => from.getTime() <= at))
      .filter((at) => at >= 0),
  )
}

function legend({ scale, room }: Ground): Row[] {
  const words = '♦ replaced   _ none   blank: not known'
  if (room < words.length) return []
  return [[{ text: ' '.repeat(scale + 2) }, { text: words, tone: 'frame' }]]
}
