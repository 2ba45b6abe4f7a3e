import type { Clock } from '../../src/core/clock.ts'

export interface TestClock extends Clock {
  /** Wall time and the time that never jumps, both. */
  advance(ms: number): void
  /** Only wall time, as when NTP corrects it. */
  set(now: Date): void
}

/** Time that stands still until the test moves it. */
export function createTestClock(start = '2026-03-02T08:00:00.000Z'): TestClock {
  let wallMs = Date.parse(start)
  let monotonicMs = 1_000_000
  return {
    now: () => new Date(wallMs),
    monotonicMs: () => monotonicMs,
    trusted: () => true,
    advance(ms) {
      wallMs += ms
      monotonicMs += ms
    },
    set(now) {
      wallMs = now.getTime()
    },
  }
}
