// How much may be done in a while, for what strangers can make us do and for what we do to a network.

export interface Budget {
  /** Whether there is one left; then it is taken. */
  take(): boolean
  /** Until there is one; 0 where there is. */
  waitMs(): number
}

/** `burst` at once where nothing was for a while, and `perSecond` in the long run. */
export function createBudget({ perSecond, burst }: { perSecond: number; burst: number }): Budget {
  let left = burst
  let countedMs = performance.now()
  function count(): void {
    const nowMs = performance.now()
    left = Math.min(burst, left + ((nowMs - countedMs) / 1000) * perSecond)
    countedMs = nowMs
  }
  return {
    take() {
      count()
      if (left < 1) return false
      left -= 1
      return true
    },
    waitMs() {
      count()
      return left < 1 ? ((1 - left) / perSecond) * 1000 : 0
    },
  }
}
