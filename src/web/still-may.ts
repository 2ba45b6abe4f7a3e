import type { Act } from '../core/act.ts'
import type { Change } from '../core/change.ts'
import { refuseUnless } from '../core/people/access.ts'
import { onAccount } from '../core/people/giver.ts'
import type { Person } from '../core/people/person.ts'
import type { Needs } from '../core/people/rights.ts'
import { Refusal } from '../core/refusal.ts'
import type { Store } from '../core/store.ts'
import type { SignedAsk } from './answer.ts'

/**
 * Who asks, as the account is now: to be called inside the change, for while the form was read somebody
 * may have taken the right away. Refuses `unauthenticated`, `forbidden`.
 */
export function stillMay(ask: Pick<SignedAsk, 'asNow'>, needs: Needs | null): Person {
  const person = ask.asNow()
  if (!person)
    throw new Refusal('unauthenticated', 'You were signed out meanwhile. Sign in again to go on.')
  if (needs) refuseUnless(person, needs)
  return person
}

/** An act on the account of that id, by who asks. Refuses what `onAccount` does. */
export function changeAccount(
  store: Store,
  { ask, id }: { readonly ask: SignedAsk; readonly id: string },
  change: (tx: Change, person: Person, act: Act) => Person | number,
): Promise<void> {
  return store.update((tx) => {
    const giver = stillMay(ask, 'people change')
    onAccount(tx, { giver, person: id }, (person) => change(tx, person, ask.act()))
  })
}
