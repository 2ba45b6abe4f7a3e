import type { BoardParts } from '../views.ts'
import type { Described } from './operation.ts'

export function groupOperations(_parts: BoardParts): Described[] {
  return []
}
