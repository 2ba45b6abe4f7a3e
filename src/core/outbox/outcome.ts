import type { Change } from '../change.ts'
import type { Outcome } from './letter.ts'
import { markFailed, markSent, markWaiting } from './outbox.ts'

/** What the post made of one letter. */
export interface Answered {
  /** Id of the letter. */
  readonly id: string
  /** Whom it was for. */
  readonly to: readonly string[]
  readonly outcome: Outcome
}

/**
 * Marks what the post's answer makes of a letter. Where it did not take some addresses now, the letter
 * goes to those again, and to no other.
 */
export function markOutcome(tx: Change, { id, to, outcome }: Answered, now: Date): void {
  if (outcome.how === 'closed' || outcome.how === 'given-up') {
    if (outcome.how === 'closed') markWaiting(tx, id, outcome.why)
    if (!outcome.maybeTaken) markNotTaken(tx, id)
    return
  }
  if (outcome.how !== 'taken') {
    markFailed(tx, id, outcome, now)
    return
  }
  const missed = outcome.rejected.map(({ address }) => address)
  const reached = to.filter((address) => !missed.includes(address))
  const again = outcome.rejected.find(({ how }) => how === 'not-now')
  const [lost] = outcome.rejected
  if (again) markFailed(tx, id, { how: 'not-now', why: again.why, reached }, now)
  else markSent(tx, id, { reached, trouble: lost ? `${lost.address}: ${lost.why}` : null }, now)
}

function markNotTaken(tx: Change, id: string): void {
  const letter = tx.state.outbox[id]
  if (letter?.state === 'waiting' && letter.handedAt !== null)
    tx.put('outbox', { ...letter, handedAt: null })
}
