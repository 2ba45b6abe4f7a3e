import type { HistoryLine } from '../core/status/history.ts'
import type { DemoPrinter } from './printers.ts'

// Four weeks that the demo's printers never had, so that their charts have something to show: pages on working
// days, toner that sinks and is replaced, up to what each of them says in its first second.

interface Ways {
  readonly pages: number
  readonly pagesADay: number
  /** By index: percent at the start, and used up a day. */
  readonly supplies: readonly (readonly [index: string, percent: number, aDay: number])[]
}

const ways: Readonly<Partial<Record<DemoPrinter, Ways>>> = {
  'mono-laser': {
    pages: 48_213,
    pagesADay: 310,
    supplies: [
      ['1.1', 24, 5.5],
      ['1.2', 71, 0.9],
    ],
  },
  'colour-laser': {
    pages: 84_213,
    pagesADay: 190,
    supplies: [
      ['1.1', 67, 2.1],
      ['1.2', 63, 3.4],
      ['1.3', 92, 2.6],
      ['1.4', 41, 4.2],
    ],
  },
  jams: {
    pages: 120_455,
    pagesADay: 420,
    supplies: [
      ['1.1', 64, 4.6],
      ['1.2', 71, 0.7],
    ],
  },
  'old-v1': {
    pages: 923_456,
    pagesADay: 85,
    supplies: [
      ['1.1', 55, 1.8],
      ['1.2', 45, 0.4],
    ],
  },
}

const days = 28
const dayMs = 86_400_000

/** `ids`: of each printer, as it is kept. The oldest first. */
export function pastLines(ids: ReadonlyMap<DemoPrinter, string>, now: Date): HistoryLine[] {
  return Array.from({ length: days }, (_, at) => days - at).flatMap((ago) =>
    [...ids].flatMap(([name, id]) => {
      const way = ways[name]
      return way ? [lineOf(id, way, ago, new Date(now.getTime() - ago * dayMs))] : []
    }),
  )
}

function lineOf(printer: string, way: Ways, ago: number, at: Date): HistoryLine {
  const levels = way.supplies.map(([index, percent, aDay]) => ({
    index,
    percent: Math.round((percent + ago * aDay) % 100),
    isNew:
      Math.floor((percent + ago * aDay) / 100) < Math.floor((percent + (ago + 1) * aDay) / 100),
  }))
  const replaced = levels.filter(({ isNew }) => isNew).map(({ index }) => index)
  return {
    ...{ at: at.toISOString(), printer, ok: true, status: 'idle', errors: [], alerts: [] },
    pageCount: way.pages - workingDays(at, ago) * way.pagesADay,
    supplies: levels.map(({ index, percent }) => [index, percent, 100, percent] as const),
    ...(replaced.length > 0 && { replaced }),
  }
}

/** From then until now. */
const workingDays = (from: Date, count: number): number =>
  Array.from({ length: count }, (_, at) =>
    new Date(from.getTime() + at * dayMs).getUTCDay(),
  ).filter((day) => day !== 0 && day !== 6).length
