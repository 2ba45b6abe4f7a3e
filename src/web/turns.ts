/**
 * A few at a time, a few waiting, and no more: what costs much is done in turn. Calls `full` to make
 * what is thrown when the queue is full.
 */
export function createTurns(limits: { atOnce: number; waiting: number; full: () => Error }) {
  const queue: (() => void)[] = []
  let running = 0

  return async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= limits.atOnce) {
      if (queue.length >= limits.waiting) throw limits.full()
      // Whoever ends hands over the place, so that nobody slips in between.
      await new Promise<void>((go) => queue.push(go))
    } else running++
    try {
      return await work()
    } finally {
      const next = queue.shift()
      if (next) next()
      else running--
    }
  }
}
