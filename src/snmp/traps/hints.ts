import { createBudget } from '../budget.ts'

// A printer with a loose cover sends a trap a second, and a power cut has all of them send at once. To
// poll each soon after is enough; and the last of a burst counts, for it tells how the burst ended.

export interface Hints {
  /** One that is not given now is given when its printer has rested. */
  hint(address: string): void
  stop(): void
}

/** For all printers together: a whole building coming back is read within a minute or two. */
const allOfThem = { perSecond: 10, burst: 50 }

export function paceHints({
  restMs,
  onHint,
}: {
  /** Between two hints of one printer. */
  readonly restMs: number
  readonly onHint: (address: string) => void
}): Hints {
  const budget = createBudget(allOfThem)
  /** By address, those that end first in front; no more than there are printers. */
  const resting = new Map<string, { readonly untilMs: number; again: boolean }>()
  /** Addresses in the order in which they are to be hinted at. */
  const due = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  function give(): void {
    const nowMs = performance.now()
    for (const [address, rest] of resting) {
      if (rest.untilMs > nowMs) break
      resting.delete(address)
      if (rest.again) due.add(address)
    }
    for (const address of due) {
      if (!budget.take()) break
      due.delete(address)
      resting.set(address, { untilMs: nowMs + restMs, again: false })
      onHint(address)
    }
    waitForNext(nowMs)
  }

  function waitForNext(nowMs: number): void {
    clearTimeout(timer)
    const [rest] = resting.values()
    if (stopped || (due.size === 0 && !rest)) return
    const waitMs = due.size > 0 ? budget.waitMs() : (rest?.untilMs ?? nowMs) - nowMs
    timer = setTimeout(give, Math.ceil(waitMs) + 1).unref()
  }

  return {
    hint(address) {
      const rest = resting.get(address)
      if (rest) rest.again = true
      else if (!stopped && !due.has(address)) {
        due.add(address)
        give()
      }
    },
    stop() {
      stopped = true
      clearTimeout(timer)
      due.clear()
      resting.clear()
    },
  }
}
