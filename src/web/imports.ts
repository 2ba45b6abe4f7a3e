import type { Search } from '../core/printers/found.ts'
import type { Route } from './answer.ts'
import type { BoardParts } from './views.ts'

// Printers in: a file or a search of the network, looked over row by row, then taken.

export interface ImportParts extends BoardParts {
  readonly search: Search
}

export function importRoutes(_parts: ImportParts): Route[] {
  return []
}
