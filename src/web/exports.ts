import type { Route } from './answer.ts'
import type { BoardParts } from './views.ts'

// Printers and tickets out, as tables.

export interface ExportParts extends BoardParts {}

export function exportRoutes(_parts: ExportParts): Route[] {
  return []
}
