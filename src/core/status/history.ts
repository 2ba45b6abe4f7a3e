import type { Reading } from './reading.ts'

/** A reading as the month's file keeps it: what counters, levels and faults are looked up from. */
export interface HistoryLine {
  readonly at: string
  readonly printer: string
  readonly ok: boolean
  readonly error?: string | null
  readonly pageCount?: number | null
  readonly status?: string | null
  readonly errors?: readonly string[]
  readonly alerts?: readonly (string | null)[]
  /** By index: level, capacity and percent as read. */
  readonly supplies?: readonly (readonly [string, number | null, number | null, number | null])[]
}

/** Short: 200 printers that print all day must not wear a card out. */
export function historyLine(printer: string, reading: Reading, at: Date): HistoryLine {
  return { at: at.toISOString(), printer, ...historyFacts(reading) }
}

/** What is worth a new line when it changes; a clock on the panel is not. */
export function historyFacts(reading: Reading): Omit<HistoryLine, 'at' | 'printer'> {
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
