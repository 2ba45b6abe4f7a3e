import type { HistoryLine } from '../core/status/history.ts'

/** What a printer said of late: of this month and the one before, the oldest first. */
export function createHistory(_parts: { readonly folder: string }) {
  return async (_printer: string): Promise<readonly HistoryLine[]> => []
}
