import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import type { State } from '../state.ts'
import type { Entry } from './entry.ts'

/** Writes the journal entry of an act, in the act's own change. Never give it a secret. */
export function note(
  tx: Change,
  act: Act,
  words: { what: string; subject: string; details?: Entry['details'] },
): void {
  tx.put('journal', {
    id: act.newId('j'),
    at: act.now.toISOString(),
    by: act.by,
    what: words.what,
    subject: words.subject,
    details: words.details ?? {},
  })
}

/** What was done to it, the oldest first. */
export function entriesAbout(state: State, subject: string): Entry[] {
  return [...(state.by.journalBySubject.get(subject) ?? [])]
    .flatMap((id) => state.journal[id] ?? [])
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}
