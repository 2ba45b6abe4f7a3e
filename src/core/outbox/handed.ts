import type { Change } from '../change.ts'
import type { State } from '../state.ts'
import type { Letter } from './letter.ts'
import { isDue, markWaiting, waitingLetters } from './outbox.ts'
import { recipientsOf } from './recipients.ts'

// A letter is marked before the post is asked, and the mark goes with the post's answer. One that
// waits with its mark on was in the post's hands when platen died: it may have been taken.

/** In the post's hands from now on. */
export interface Handed {
  readonly letter: Letter
  /** Whom it has not reached yet; empty where that is nobody. */
  readonly to: readonly string[]
}

/**
 * Marks the first that is due, has not had its turn (`seen`, ids) in this round, and has somebody to go
 * to; those before it that have nobody say so. Hand it in when the mark is durable. Only while no other
 * letter is in the post's hands.
 */
export function handNext(
  tx: Change,
  { seen, fallback, now }: { seen: ReadonlySet<string>; fallback: string | null; now: Date },
): Handed | null {
  for (const letter of waitingLetters(tx.state)) {
    if (seen.has(letter.id) || !isDue(letter, now)) continue
    const recipients = recipientsOf(tx.state, letter, fallback)
    if (recipients.to === null) {
      markWaiting(tx, letter.id, recipients.missing)
      continue
    }
    const maybeTwice = letter.maybeTwice || letter.handedAt !== null
    const handed = { ...letter, handedAt: now.toISOString(), maybeTwice }
    tx.put('outbox', handed)
    return {
      letter: handed,
      to: recipients.to.filter((address) => !letter.reached.includes(address)),
    }
  }
  return null
}

/** How many letters of the last seven days may have come twice. */
export function countMaybeTwice(state: State, now: Date): number {
  const lately = [...(state.by.lettersByState.get('sent') ?? [])].filter((id) => {
    const { maybeTwice, endedAt } = state.outbox[id] ?? {}
    return maybeTwice && now.getTime() - Date.parse(endedAt ?? '') < latelyMs
  })
  return lately.length
}

const latelyMs = 7 * 86_400_000
