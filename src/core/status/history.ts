import { alike } from './alike.ts'
import type { Known } from './known.ts'
import type { Reading } from './reading.ts'

/** A reading as the month's file keeps it: what counters, levels and faults are looked up from. */
export interface HistoryLine {
  readonly at: string
  /** `at` was not known to be right. */
  readonly clock?: 'untrusted'
  readonly printer: string
  readonly ok: boolean
  readonly error?: string | null
  readonly pageCount?: number | null
  readonly status?: string | null
  readonly errors?: readonly string[]
  readonly alerts?: readonly (string | null)[]
  /** By index: level, capacity and percent as read. */
  readonly supplies?: readonly (readonly [string, number | null, number | null, number | null])[]
  /** Indexes of the supplies that were replaced since the line before. */
  readonly replaced?: readonly string[]
}

/** What lies in a month's file. */
export interface ReadingsMonth {
  readonly file: string
  readonly lines: number
  /** Numbers of the lines that are not as they were written. */
  readonly damaged: readonly number[]
}

/** Short: 200 printers that print all day must not wear a card out. */
export function historyLine(
  printer: string,
  reading: Reading,
  at: Date,
  replaced: readonly string[] = [],
  clock: 'trusted' | 'untrusted' = 'trusted',
): HistoryLine {
  const mark = clock === 'untrusted' && { clock }
  const line = { at: at.toISOString(), ...mark, printer, ...historyFacts(reading) }
  return replaced.length > 0 ? { ...line, replaced } : line
}

/** Whether the month's file would say something else of it now. */
export function isNewToHistory(before: Known, after: Known): boolean {
  if (before.failures > 0 || after.failures > 0)
    return before.failures === 0 || after.failures === 0 || before.message !== after.message
  const [a, b] = [before.reading, after.reading]
  if (a === null || b === null || before.heardAs === null) return a !== b
  if (a.pageCount !== b.pageCount) return true
  const isSame = a.errors === b.errors && a.alerts === b.alerts && a.supplies === b.supplies
  return !(isSame && a.status === b.status) && !alike(historyFacts(a), historyFacts(b))
}

/** What is worth a new line when it changes; a clock on the panel is not. */
function historyFacts(reading: Reading): Omit<HistoryLine, 'at' | 'clock' | 'printer'> {
  if (!reading.ok) return { ok: false, error: reading.error }
  return {
    ok: true,
    pageCount: reading.pageCount,
    status: reading.status?.name ?? null,
    errors: reading.errors?.flags ?? [],
    alerts: reading.alerts.map(({ codeName, description }) => description ?? codeName),
    supplies: reading.supplies.map(
      ({ index, level, maxCapacity, percent }) => [index, level, maxCapacity, percent] as const,
    ),
  }
}
