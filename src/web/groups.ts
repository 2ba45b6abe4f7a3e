import type { Route } from './answer.ts'
import type { BoardParts } from './views.ts'

// Groups of printers and who looks after them.

export interface GroupParts extends BoardParts {}

export function groupRoutes(_parts: GroupParts): Route[] {
  return []
}
