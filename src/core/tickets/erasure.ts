import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import type { Entry } from '../journal/entry.ts'
import { eraseFromJournal } from '../journal/erasure.ts'
import { entriesAbout, note } from '../journal/journal.ts'
import type { Letter } from '../outbox/letter.ts'
import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import { forgetInLetter, tellsOfPerson, withoutPerson } from './forget.ts'
import { whoReported } from './reporter.ts'
import type { Requester, Ticket } from './ticket.ts'

/** How many of each are about that person. */
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
  const wanted = wantedOf(email)
  const [tickets, letters] = [ticketsOf(tx.state, wanted), lettersOf(tx.state, wanted)]
  const forget = <R extends Pick<Ticket, 'requester' | 'words'>>(report: R): R =>
    isFrom(report, wanted) ? withoutPerson(report) : report
  for (const ticket of tickets)
    tx.put('tickets', { ...forget(ticket), meToo: ticket.meToo.map(forget) })
  for (const letter of letters) forgetInLetter(tx, letter)
  const said = saidAt(tx.state, tickets)
  for (const entry of said) tx.put('journal', { ...entry, personal: null })
  const entries = eraseFromJournal(tx, wanted) + said.length
  const erased = { tickets: tickets.length, letters: letters.length, entries }
  // The address itself would be back in the journal with this.
  note(tx, act, { what: 'erased', subject: 'requester', details: erased })
  return erased
}

/** What `eraseRequester` would take. Refuses `invalid` an empty one. */
export function heldAbout(state: State, email: string): Erased {
  const wanted = wantedOf(email)
  const tickets = ticketsOf(state, wanted)
  const named = state.by.journalByPersonalWord.get(wanted)?.size ?? 0
  return {
    tickets: tickets.length,
    letters: lettersOf(state, wanted).length,
    entries: named + saidAt(state, tickets).length,
  }
}

function wantedOf(email: string): string {
  const wanted = email.trim().toLowerCase()
  if (wanted !== '') return wanted
  throw new Refusal('invalid', 'An e-mail address is needed.', { field: 'email' })
}

/** What was said at the receipt bears no name, but the address of the phone. */
const saidAt = (state: State, tickets: readonly Ticket[]): Entry[] =>
  tickets
    .flatMap(({ id }) => entriesAbout(state, id))
    .filter(({ by, personal }) => by === whoReported && personal !== null)

const isFrom = ({ requester }: { readonly requester: Requester }, wanted: string) =>
  requester.email?.toLowerCase() === wanted

const ticketsOf = (state: State, wanted: string): Ticket[] =>
  Object.values(state.tickets).filter(
    (ticket) => isFrom(ticket, wanted) || ticket.meToo.some((each) => isFrom(each, wanted)),
  )

const lettersOf = (state: State, wanted: string): Letter[] =>
  Object.values(state.outbox).filter(
    (letter) =>
      ('email' in letter.to && letter.to.email.toLowerCase() === wanted) || tellsOf(letter, wanted),
  )

/** As `letters.ts` writes it: 'Bo, bo@school.edu', or the address alone. */
function tellsOf(letter: Letter, wanted: string): boolean {
  if (!tellsOfPerson(letter)) return false
  const requester = letter.facts.requester.toLowerCase()
  return requester === wanted || requester.endsWith(`, ${wanted}`)
}
