import type { Epoch } from '../../src/core/counters/epoch.ts'
import { pastOf } from '../../src/core/counters/past.ts'
import { lastDays } from '../../src/core/schedule/days.ts'
import type { HistoryLine } from '../../src/core/status/history.ts'
import { noon } from './fleet.ts'

// What is kept as drawings in test/console/drawings: every view at the four sizes, as keys lead there. The same
// are drawn on an emulator and in a real tmux.

export const sizes = [
  [80, 24],
  [100, 30],
  [128, 37],
  [240, 67],
] as const

export interface Drawing {
  readonly name: string
  /** From the fleet's view, and back to it. */
  readonly keys: readonly string[]
  readonly back: readonly string[]
}

export const drawings: readonly Drawing[] = [
  { name: 'fleet', keys: [], back: [] },
  { name: 'buildings', keys: ['b'], back: ['b'] },
  { name: 'printer', keys: ['2'], back: ['1'] },
  { name: 'code', keys: ['2', 'c'], back: ['x', '1'] },
  { name: 'tickets', keys: ['3'], back: ['1'] },
  { name: 'supplies', keys: ['4'], back: ['1'] },
  { name: 'activity', keys: ['5'], back: ['1'] },
  { name: 'box', keys: ['6'], back: ['1'] },
  { name: 'help', keys: ['?'], back: ['x'] },
  { name: 'wall', keys: ['0'], back: ['x'] },
]

export const pageOfJam = 'HTTPS://PRINT.SCHOOL.EDU/P/7Z3KQ9XW4M2H8BTD'

/** Of the printer that jams: four weeks of toner and pages, a silence, and a black toner that was replaced. */
export const linesOfJam: readonly HistoryLine[] = Array.from({ length: 28 }, (_, day) => {
  const at = new Date(noon.getTime() - (28 - day) * 86_400_000).toISOString()
  const printer = 'p-LIB-2F-1'
  if (day === 17) return { at, printer, ok: false, error: 'No answer within 3 s, asked twice' }
  const black = day < 9 ? 40 - day * 4 : 100 - (day - 9) * 5
  return {
    ...{ at, printer, ok: true, pageCount: 1_230_000 + day * 150 + (day % 7 < 2 ? 0 : 40) },
    supplies: [
      ['1.1', black, 100, black],
      ['1.2', 95 - day, 100, 95 - day],
    ] as const,
    ...(day === 9 && { replaced: ['1.1'] }),
  }
})

export const epochOfJam: Epoch = {
  ...{ id: 'e-1', printer: 'p-LIB-2F-1', state: 'begun', why: 'first' },
  ...{ startedAt: '2026-01-01T00:00:00.000Z', first: null, last: null, lastAt: null },
}

export const pastOfJam = () => pastOf(linesOfJam, [epochOfJam], lastDays(noon, 'UTC'))
