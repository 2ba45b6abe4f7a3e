import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import { eraseFromJournal } from '../journal/erasure.ts'
import { note } from '../journal/journal.ts'
import type { Letter } from '../outbox/letter.ts'
import { Refusal } from '../refusal.ts'
import type { Requester, Ticket } from './ticket.ts'

/** How many of each were about that person. */
export interface Erased {
  readonly tickets: number
  readonly letters: number
  readonly entries: number
}

/**
 * Forgets who left this address: name, address and words go out of tickets and letters, letters to it are
 * dropped, the journal keeps what was done. What staff wrote in notes stays. Refuses `invalid` an empty one.
 */
export function eraseRequester(tx: Change, email: string, act: Act): Erased {
  const wanted = email.trim().toLowerCase()
  if (wanted === '')
    throw new Refusal('invalid', 'An e-mail address is needed.', { field: 'email' })
  const erased = {
    tickets: eraseFromTickets(tx, wanted),
    letters: eraseFromLetters(tx, wanted),
    entries: eraseFromJournal(tx, wanted),
  }
  // The address itself would be back in the journal with this.
  note(tx, act, { what: 'erased', subject: 'requester', details: erased })
  return erased
}

function eraseFromTickets(tx: Change, wanted: string): number {
  const isTheirs = ({ requester }: { readonly requester: Requester }) =>
    requester.email?.toLowerCase() === wanted
  const forget = <T extends Pick<Ticket, 'requester' | 'words'>>(report: T): T =>
    isTheirs(report) ? { ...report, requester: { name: null, email: null }, words: '' } : report
  const theirs = Object.values(tx.state.tickets).filter(
    (ticket) => isTheirs(ticket) || ticket.meToo.some(isTheirs),
  )
  for (const ticket of theirs)
    tx.put('tickets', { ...forget(ticket), meToo: ticket.meToo.map(forget) })
  return theirs.length
}

function eraseFromLetters(tx: Change, wanted: string): number {
  let count = 0
  for (const letter of Object.values(tx.state.outbox)) {
    if ('email' in letter.to && letter.to.email.toLowerCase() === wanted)
      tx.drop('outbox', letter.id)
    else if (tellsOf(letter, wanted))
      tx.put('outbox', { ...letter, facts: { ...letter.facts, requester: '', words: '' } })
    else continue
    count += 1
  }
  return count
}

/** As `letters.ts` writes it: 'Bo, bo@school.edu', or the address alone. */
function tellsOf(
  letter: Letter,
  wanted: string,
): letter is Extract<Letter, { facts: { requester: string } }> {
  if (!('requester' in letter.facts)) return false
  const requester = letter.facts.requester.toLowerCase()
  return requester === wanted || requester.endsWith(`, ${wanted}`)
}
