import type { Clock } from '../core/clock.ts'

/** How often something may be done by everybody together. */
export interface Budget {
  /** Spends one. Seconds until there is something to spend again, null where it was spent now. */
  spend(): number | null
}

export interface Window {
  readonly seconds: number
  readonly most: number
}

/**
 * Counts nobody's address: a campus stands behind one. The clock is the one that never jumps, so that
 * setting the time neither opens nor shuts the door.
 */
export function createBudget(clock: Clock, windows: readonly Window[]): Budget {
  const kept = Math.max(...windows.map(({ most }) => most))
  /** Monotonic milliseconds of what was spent, oldest first. */
  let spent: number[] = []

  return {
    spend() {
      const now = clock.monotonicMs()
      const waits = windows.map(({ seconds, most }) => {
        const first = spent.at(-most)
        return first === undefined ? 0 : first + seconds * 1000 - now
      })
      const waitMs = Math.max(...waits)
      if (waitMs > 0) return Math.ceil(waitMs / 1000)
      spent.push(now)
      if (spent.length > 2 * kept) spent = spent.slice(-kept)
      return null
    },
  }
}
