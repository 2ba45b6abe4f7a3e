import { createHash, timingSafeEqual } from 'node:crypto'
import { Refusal } from '../core/refusal.ts'

// The PIN of the consoles: one count of wrong ones for all of them, so that a second terminal gives no more tries.

/** Refuses `forbidden` a wrong one, `too-many` any while it waits. */
export type CheckPin = (typed: string) => void

const freeTries = 5
const firstPauseMs = 60_000
const longestPauseMs = 15 * 60_000

/** null: none is set, and nobody is asked. */
export function createPin(pin: string | null, nowMs = () => performance.now()): CheckPin | null {
  if (pin === null) return null
  let wrong = 0
  let closedUntil = Number.NEGATIVE_INFINITY
  return (typed) => {
    const left = closedUntil - nowMs()
    if (left > 0)
      throw new Refusal(
        'too-many',
        `Too many wrong PINs: try again in ${Math.ceil(left / 60_000)} min.`,
      )
    if (timingSafeEqual(digest(typed), digest(pin))) {
      wrong = 0
      return
    }
    wrong += 1
    if (wrong < freeTries) throw new Refusal('forbidden', 'That is not the PIN.')
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (wrong - freeTries))
    closedUntil = nowMs() + pauseMs
    throw new Refusal(
      'forbidden',
      `That is not the PIN. The next try is in ${pauseMs / 60_000} min.`,
    )
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
