import type { BoardParts } from '../views.ts'
import type { Described } from './operation.ts'

export function personOperations(_parts: BoardParts): Described[] {
  return []
}
