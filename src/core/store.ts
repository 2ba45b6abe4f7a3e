import type { Change } from './change.ts'
import type { State } from './state.ts'

/** An act that waits would hold the state open; such a type cannot be passed. */
type NotAPromise<T> = T extends PromiseLike<unknown> ? never : T

export interface Store {
  readonly state: State
  /**
   * One transaction over all rooms. Resolves when the change is durable, with what the act returned.
   * Rejects with what the act threw (nothing was changed), or with Refusal `unkeepable` when the
   * disk would not take it (undone).
   */
  update<T>(change: (tx: Change) => NotAPromise<T>): Promise<T>
  /** Called after each change; returns how to stop being called. */
  onChange(listener: () => void): () => void
}
