import type { Letter } from '../core/outbox/letter.ts'
import { recipientsOf } from '../core/outbox/recipients.ts'
import type { State } from '../core/state.ts'

/** A letter as it is shown to who looks after the box: never what it tells, which may be of a student. */
export interface ListedLetter {
  readonly id: string
  readonly kind: Letter['kind']
  readonly state: Letter['state']
  /** Addresses: those that it reached, or would go to as of now; none where nobody is there to get it. */
  readonly to: readonly string[]
  readonly postedAt: string
  /** Not before this is it tried again; null: it is not. */
  readonly dueAt: string | null
  readonly tries: number
  readonly trouble: string | null
  readonly endedAt: string | null
  readonly maybeTwice: boolean
}

/** Those of one state, the newest first. `fallback`: EMAIL_TO, empty for none. */
export function listLetters(
  state: State,
  of: Letter['state'],
  fallback: string,
): readonly ListedLetter[] {
  return [...(state.by.lettersByState.get(of) ?? [])]
    .flatMap((id) => state.outbox[id] ?? [])
    .sort((a, b) =>
      a.postedAt > b.postedAt || (a.postedAt === b.postedAt && a.id > b.id) ? -1 : 1,
    )
    .map((letter) => listed(state, letter, fallback))
}

export function listed(state: State, letter: Letter, fallback: string): ListedLetter {
  const { id, kind, postedAt, tries, trouble, endedAt, maybeTwice } = letter
  return {
    ...{ id, kind, state: letter.state, postedAt, tries, trouble, endedAt, maybeTwice },
    to: letter.state === 'sent' ? letter.reached : (recipientsOf(state, letter, fallback).to ?? []),
    dueAt: letter.state === 'waiting' ? letter.dueAt : null,
  }
}
