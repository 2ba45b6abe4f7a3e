import type { Change } from '../change.ts'
import type { Outcome } from './letter.ts'
import { markFailed, markSent } from './outbox.ts'

/**
 * What the post's answer makes of a letter that was for the addresses `to`. Where it did not take some
 * of them now, the letter goes to those again, and to no other.
 */
export function markOutcome(
  tx: Change,
  id: string,
  {
    to,
    outcome,
  }: { readonly to: readonly string[]; readonly outcome: Exclude<Outcome, { how: 'closed' }> },
  now: Date,
): void {
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
