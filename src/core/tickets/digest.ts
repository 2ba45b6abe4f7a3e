import { type Act, actOf } from '../act.ts'
import type { Change } from '../change.ts'
import type { Clock } from '../clock.ts'
import { note } from '../journal/journal.ts'
import { post } from '../outbox/outbox.ts'
import type { CalendarLine } from '../schedule/calendar.ts'
import { markDone } from '../schedule/slots.ts'
import type { Store } from '../store.ts'
import { isWanted, type Summary, type SummaryWish, summaries, summaryName } from './summary.ts'

// The summary is posted: by the calendar once a day, and by hand.

/** By hand: no day's summary is done with it. Refuses `conflict` where nobody gets it. */
export function postSummary(tx: Change, wish: SummaryWish, act: Act): Summary[] {
  return posted(tx, summaries(tx.state, wish, act.now), { slot: null, act })
}

/** That of a day, in the same change as its mark: after it never again, before it nothing has happened. */
export function postDaily(
  tx: Change,
  { slot, recipients }: Pick<SummaryWish, 'recipients'> & { readonly slot: string },
  act: Act,
): void {
  const known = tx.state.schedule[summaryName]
  if (known?.done.includes(slot)) return
  markDone(tx, summaryName, slot)
  // platen was not here yet when that slot began: the first summary is that of the next.
  if (!known) return
  // A site that wants no summary is well.
  if (!isWanted(tx.state, recipients)) return
  const wish = { recipients, lookbackHours: null, includeClosed: false }
  posted(tx, summaries(tx.state, wish, act.now), { slot, act })
}

/** `daily`: PLATEN_SUMMARY_TIME. */
export function summaryLine({
  store,
  clock,
  daily,
  recipients,
}: {
  readonly store: Store
  readonly clock: Pick<Clock, 'now' | 'trusted'>
  readonly daily: string
  readonly recipients: string | null
}): CalendarLine {
  return {
    ...{ name: summaryName, when: { daily } },
    async call(slot) {
      const act = actOf(clock, { by: 'platen', from: 'platen' })
      await store.update((tx) => postDaily(tx, { slot, recipients }, act))
      return true
    },
  }
}

function posted(
  tx: Change,
  letters: readonly Summary[],
  { slot, act }: { readonly slot: string | null; readonly act: Act },
): Summary[] {
  for (const { to, facts } of letters) post(tx, act, { kind: 'summary', to: { email: to }, facts })
  const details = { slot, letters: letters.length }
  if (letters.length > 0) note(tx, act, { what: 'summary posted', subject: summaryName, details })
  return [...letters]
}
