import type { Change } from '../change.ts'
import type { Letter } from '../outbox/letter.ts'
import type { Requester, Ticket } from './ticket.ts'

// What is left of a report, and of a letter about it, once the person is forgotten.

type Report = Pick<Ticket, 'requester' | 'words'>

/** Name, address and words go; which printer, what was tapped and when stay. */
export const withoutPerson = <R extends Report>(report: R): R => ({
  ...report,
  requester: { name: null, email: null },
  words: '',
})

/** A letter to the person goes; one that tells of the person tells of nobody from now on. */
export function forgetInLetter(tx: Change, letter: Letter): void {
  if ('email' in letter.to) tx.drop('outbox', letter.id)
  else if (tellsOfPerson(letter))
    tx.put('outbox', { ...letter, facts: { ...letter.facts, requester: '', words: '' } })
}

export function tellsOfPerson(
  letter: Letter,
): letter is Extract<Letter, { facts: { requester: string } }> {
  return 'requester' in letter.facts
}

export const isSomebody = ({ name, email }: Requester): boolean => name !== null || email !== null
