import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import { note } from '../journal/journal.ts'
import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import { identityKey, type Person } from './person.ts'

// Who somebody of the OpenID provider is here. The accounts are the list: nobody is added by signing in.

/** What the provider told of whoever signed in there. */
export interface Told {
  readonly issuer: string
  readonly subject: string
  readonly email: string | null
  /** Whether the provider says that the address is really theirs. */
  readonly isVerified: boolean
}

/**
 * The account that is bound to the identity; else, the first time, the one that has the e-mail address,
 * which is bound then. Refuses `forbidden` in the same words whether there is no account, more than one,
 * one that is disabled, bound to somebody else, or not meant for this.
 */
export function signInByIdentity(
  tx: Change,
  { told, trusts }: { readonly told: Told; readonly trusts: 'verified' | 'any' },
  act: Act,
): Person {
  const bound = findByIdentity(tx.state, told)
  if (bound) return isWelcome(bound) ? bound : refuse()
  if (told.email === null)
    throw new Refusal('forbidden', 'No e-mail address was told with it, and none can be looked up.')
  // Before anything is looked up: it is said to everybody alike.
  if (trusts === 'verified' && !told.isVerified)
    throw new Refusal(
      'forbidden',
      `The address ${told.email} is not verified there: verify it, then sign in again.`,
    )
  const [person, ...more] = withEmail(tx.state, told.email)
  if (!person || more.length > 0 || person.identity || !isWelcome(person)) return refuse()
  const { issuer, subject } = told
  const after: Person = { ...person, identity: { issuer, subject } }
  tx.put('people', after)
  note(tx, act, {
    ...{ what: 'openid bound', subject: person.id },
    details: { name: person.name, issuer },
    personal: { email: told.email, identity: subject },
  })
  return after
}

/** All that might be meant, disabled or bound ones too: an address of two people is nobody's. */
function withEmail(state: State, email: string): Person[] {
  const wanted = plain(email)
  return Object.values(state.people).filter(
    (person) => person.openId && person.email !== null && plain(person.email) === wanted,
  )
}

function findByIdentity(state: State, told: Told): Person | undefined {
  for (const id of state.by.peopleByIdentity.get(identityKey(told)) ?? []) return state.people[id]
  return undefined
}

const isWelcome = ({ openId, disabledAt }: Person) => openId && disabledAt === null

/** Of A to Z alone: the sign of Kelvin is a small k to Unicode as well, and somebody else's mailbox. */
const plain = (email: string) => email.trim().replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())

function refuse(): never {
  throw new Refusal('forbidden', 'No account here is yours.')
}
