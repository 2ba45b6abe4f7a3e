import type { DayPast } from '../../core/counters/past.ts'
import { grouped } from '../../core/grouped.ts'
import type { Watched } from '../../core/status/status.ts'
import type { PastLook } from '../facts.ts'
import { paragraph, type Row } from '../rows.ts'
import { axisRow, dayChart, groundIn, titleRow } from './day-chart.ts'
import { dayWords, type Times } from './days.ts'
import { latelyRows } from './lately.ts'
import { type Drawing, suppliesIn, supplyCharts } from './supply-charts.ts'

/**
 * What became of a printer by day: supplies, pages, what was replaced, when it was silent. `height`: rows to
 * fit into, which makes the charts as high as there is room; null: what scrolls.
 */
export function historyRows(
  printer: Watched,
  look: PastLook,
  times: Times,
  width: number,
  height: number | null = null,
): Row[] {
  if (look.is === 'loading') return paragraph('Reading what the card keeps of it ...', width, 3)
  if (look.is === 'unreadable')
    return paragraph('What is kept of it cannot be read; the log says why.', width, 3)
  const { past } = look
  const isKnown = past.days.some(({ pages, levels }) => pages !== null || levels.size > 0)
  if (!isKnown && past.silences.length + past.replaced.length === 0)
    return paragraph('No reading is old enough yet: it fills day by day.', width, 3)
  const supplies = suppliesIn(printer, past)
  const told = latelyRows(past, printer.status.supplies, times, width)
  const most = Math.max(0, ...past.days.map(({ pages }) => pages ?? 0))
  const ground = groundIn(width, past.days.length, Math.max(3, String(most).length))
  const high = chartRows(supplies.length, height === null ? null : height - told.length)
  return [
    ...supplyCharts(past.days, supplies, { times, ground, rows: high, past }),
    ...pagesChart(past.days, most, { times, ground, rows: Math.min(3, high + 1) }),
    ...told,
  ]
}

/** A line over each chart says its name; two axes, the pages, a word on the shades, and lines between. */
function chartRows(supplies: number, room: number | null): number {
  if (room === null) return scrolledRows
  const most = Math.floor((room - 8 - supplies) / Math.max(1, supplies))
  return Math.max(1, Math.min(highest, most))
}

const scrolledRows = 3
const highest = 5

function pagesChart(
  days: readonly DayPast[],
  most: number,
  { times, ground, rows }: Drawing,
): Row[] {
  const known = days.filter(({ pages }) => pages !== null)
  if (known.length === 0) return []
  const sum = known.reduce((all, { pages }) => all + (pages ?? 0), 0)
  const busiest = days.find(({ pages }) => pages === most)
  const when = busiest && most > 0 ? `, most ${dayWords(busiest.from, times)}` : ''
  const values = days.map(({ pages }) => pages)
  return [
    [],
    titleRow('Pages a day', `${grouped(sum)} in all${when}`, ground),
    ...dayChart({ values, most: Math.max(1, most), rows }, ground),
    axisRow(days, times.timeZone, ground),
  ]
}
