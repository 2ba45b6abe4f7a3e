import type { Route } from './answer.ts'
import type { BoardParts } from './views.ts'

// Figures of the fleet and of tickets.

export interface ReportParts extends BoardParts {}

export function reportRoutes(_parts: ReportParts): Route[] {
  return []
}
