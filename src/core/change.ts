import type { Collection, RecordOf, State } from './state.ts'

/**
 * The open transaction that every act works in. What is put or dropped shows in `state` at once and
 * is undone, in reverse, when the act throws.
 */
export interface Change {
  readonly state: State
  put<C extends Collection>(collection: C, record: RecordOf<C>): void
  drop(collection: Collection, id: string): void
}
