import type { BoardParts } from '../views.ts'
import type { Described } from './operation.ts'

export function ticketOperations(_parts: BoardParts): Described[] {
  return []
}
