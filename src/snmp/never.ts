import type { Walked } from './walk.ts'

// What a printer never answers. To be silent to one name costs it seconds of a whole reading, and to a table
// of them more than it has: what it was silent to in two readings in a row is left out for a day.

const dayMs = 86_400_000

export class Never {
  readonly #lately = new Set<string>()
  /** Until when each is left out, on the monotonic clock. */
  readonly #until = new Map<string, number>()

  /** Whether a column is left out now. */
  has(oid: string): boolean {
    return performance.now() < (this.#until.get(oid) ?? 0)
  }

  /** What a walk heard. A column of which one row came is asked on: the others cost what they cost. */
  note({ silent, told, cells }: Pick<Walked, 'silent' | 'told' | 'cells'>): void {
    for (const oid of told) {
      this.#lately.delete(oid)
      this.#until.delete(oid)
    }
    for (const oid of silent) {
      if (cells.has(oid)) continue
      // One that was left out before is silent still.
      if (this.#lately.has(oid) || this.#until.has(oid)) this.leaveOut(oid)
      this.#lately.add(oid)
    }
  }

  /** A little apart, or the reading that asks for all of them again would have no time for it. */
  leaveOut(oid: string): void {
    this.#until.set(oid, performance.now() + dayMs * (0.75 + Math.random() / 2))
  }

  /** Another printer stands there, or it was switched off and on. */
  forget(): void {
    this.#lately.clear()
    this.#until.clear()
  }

  get isEmpty(): boolean {
    return this.#until.size === 0
  }
}
