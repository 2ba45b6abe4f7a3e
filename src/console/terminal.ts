import type { Readable, Writable } from 'node:stream'
import type { Drawn } from './fence.ts'
import type { Key } from './view.ts'

// What stands between a console and its terminal library: streams below, drawings and keys above.

/** A terminal's size comes with its stream; who feeds a socket sets both and emits 'resize'. */
export type Output = Writable & { readonly columns?: number; readonly rows?: number }

export interface Terminal {
  readonly input: Readable
  readonly output: Output
  /** TERM of that terminal. */
  readonly terminal: string
  readonly noColor: boolean
}

export interface Screen {
  size(): { readonly columns: number; readonly rows: number }
  /** Lays panels out; nothing is sent before `send`. What is no longer there is hidden. */
  lay(panels: readonly Drawn[]): void
  /** Sends what changed. */
  send(): void
  /** The next `send` sends everything. */
  forget(): void
  /** The terminal's bell. */
  ring(): void
  close(): void
}

export interface Heard {
  key(key: Key): void
  /** Lay out anew; it is sent at once. */
  resized(): void
  /** No more keys will come. */
  deaf(): void
  /** The terminal is not there any more. */
  gone(): void
  /** Drawing failed; the next one tries again. */
  broke(error: unknown): void
}
