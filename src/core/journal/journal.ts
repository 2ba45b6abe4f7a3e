import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import { randomCode } from '../ids.ts'
import type { State } from '../state.ts'
import { beginning, linkOf, personalHashOf } from './chain.ts'
import type { ChainEnd, Entry, Value } from './entry.ts'
import type { Deed } from './weight.ts'

export interface Words {
  readonly what: Deed
  readonly subject: string
  readonly details?: Entry['details']
  /** Of `changesBetween`. */
  readonly changes?: Entry['changes']
  /** What tells of a person: a name that was left, an e-mail address. Erased when that person asks. */
  readonly personal?: Readonly<Record<string, Value>>
}

/** Writes the journal entry of an act, in the act's own change. Never give it a secret. */
export function note(tx: Change, act: Act, words: Words): void {
  const end = chainEndOf(tx.state)
  const personal = personalOf(act, words)
  const entry = {
    id: act.newId('j'),
    number: end.number + 1,
    at: act.now.toISOString(),
    clockTrusted: act.clockTrusted,
    by: act.by,
    from: act.from,
    what: words.what,
    subject: words.subject,
    details: words.details ?? {},
    changes: words.changes ?? {},
    personal,
    personalHash: personal && personalHashOf(personal),
    hash: '',
  }
  entry.hash = linkOf(end.hash, entry)
  tx.put('journal', entry)
  tx.put('chain', { id: end.id, number: entry.number, hash: entry.hash })
}

/** Where the chain ends now. */
export function chainEndOf(state: State): ChainEnd {
  return state.chain.journal ?? { id: 'journal', number: 0, hash: beginning }
}

/** The fields that differ, each with what it was and what it is; of what is new, those that say anything. */
export function changesBetween<T extends object, K extends keyof T & string>(
  before: T | null,
  after: T,
  fields: readonly K[],
): Entry['changes'] {
  const both = fields.map(
    (field) => [field, [valueIn(before?.[field]), valueIn(after[field])]] as const,
  )
  return Object.fromEntries(both.filter(([, [was, is]]) => was !== is))
}

/** What was done to it, the oldest first. */
export function entriesAbout(state: State, subject: string): Entry[] {
  return [...(state.by.journalBySubject.get(subject) ?? [])]
    .flatMap((id) => state.journal[id] ?? [])
    .sort((a, b) => a.number - b.number)
}

function personalOf(act: Act, { personal }: Words): Entry['personal'] {
  const fields: Record<string, Value> = {}
  if (act.address !== null) fields.address = act.address
  for (const [name, value] of Object.entries(personal ?? {}))
    if (value !== null) fields[name] = value
  return Object.keys(fields).length === 0 ? null : { salt: randomCode(16), fields }
}

function valueIn(given: unknown): Value {
  if (given === undefined || given === null) return null
  if (typeof given === 'number' || typeof given === 'boolean') return given
  return typeof given === 'string' ? given : JSON.stringify(given)
}
