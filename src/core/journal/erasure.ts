import type { Change } from '../change.ts'

/**
 * Takes what tells of a person out of every entry that names the address, whatever its case: what was
 * done stays, and by whom; the hash of what is gone stays too, so that the chain holds. Gives how many.
 */
export function eraseFromJournal(tx: Change, email: string): number {
  const naming = [...(tx.state.by.journalByPersonalWord.get(email.toLowerCase()) ?? [])].flatMap(
    (id) => tx.state.journal[id] ?? [],
  )
  for (const entry of naming) tx.put('journal', { ...entry, personal: null })
  return naming.length
}
