/** Time as the edges tell it. The core never asks it by itself, but for the sweep's intervals. */
export interface Clock {
  /** Wall time: for what is written down. */
  now(): Date
  /** Milliseconds that never jump: for every duration. */
  monotonicMs(): number
  /** False until something says that wall time is right, and again after it was set back. */
  trusted(): boolean
  /** Something kept is of that time: it is not earlier now. */
  wasAt?(time: Date): void
}
