import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import { note } from '../journal/journal.ts'
import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import type { Letter } from './letter.ts'

// What a person may do with a letter that waits or was given up.

/** It is due now, and has all its tries before it. Refuses `missing`; `conflict` once it was sent. */
export function sendAgain(tx: Change, id: string, act: Act): Letter {
  const letter = getUnsent(tx.state, id)
  const again: Letter = {
    ...letter,
    ...{ state: 'waiting', tries: 0, dueAt: act.now.toISOString(), endedAt: null },
  }
  tx.put('outbox', again)
  note(tx, act, { what: 'letter sent again', ...about(letter) })
  return again
}

/**
 * It goes nowhere any more; the post may have had it in its hands. Refuses `missing`; `conflict` once it
 * was sent.
 */
export function dropLetter(tx: Change, id: string, act: Act): void {
  const letter = getUnsent(tx.state, id)
  tx.drop('outbox', id)
  note(tx, act, { what: 'letter dropped', ...about(letter) })
}

/** Days that a letter stays after its end: for `check`, and for who asks whether it went. */
export const lettersStay = { sent: 30, 'given-up': 90 } as const

/** A log takes a change in one line. */
const mostAtOnce = 500

/** Once a day: drops what ended long ago; some of it, where there is much. Answers how many. */
export function dropEnded(tx: Change, now: Date): number {
  const ended = (['sent', 'given-up'] as const).flatMap((state) => {
    const before = new Date(now.getTime() - lettersStay[state] * 86_400_000).toISOString()
    return [...(tx.state.by.lettersByState.get(state) ?? [])].filter(
      (id) => (tx.state.outbox[id]?.endedAt ?? before) < before,
    )
  })
  const gone = ended.slice(0, mostAtOnce)
  for (const id of gone) tx.drop('outbox', id)
  return gone.length
}

function getUnsent(state: State, id: string): Letter {
  const letter = state.outbox[id]
  if (!letter) throw new Refusal('missing', 'There is no such letter; it may have been dropped.')
  if (letter.state === 'sent') throw new Refusal('conflict', 'The letter was sent by now.')
  return letter
}

/** Whom it was for tells of a person, and goes when that person asks. */
function about({ id, kind, to, state, facts }: Letter) {
  const ticket = 'receipt' in facts ? facts.ticket : null
  return {
    subject: id,
    details: { kind, ticket, was: state },
    ...('email' in to && { personal: { email: to.email } }),
  }
}
