import type { BoardParts } from '../views.ts'
import type { Described } from './operation.ts'

export function reportOperations(_parts: BoardParts): Described[] {
  return []
}
