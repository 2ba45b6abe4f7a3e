import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
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
