import type { State } from '../state.ts'
import type { Reading } from '../status/reading.ts'
import type { Epoch } from './epoch.ts'

// What a page counter says against what it said before: it goes on, or a new epoch begins. Decides only;
// `noticed` keeps it.

export interface Counted {
  readonly pageCount: number
  readonly at: Date
}

/** The fastest cut-sheet printers of offices are sold with 165 pages a minute (RISO ComColor GL9730). */
const mostPagesPerMinute = 200
/** Some count a job when it is over, and a reading may come late. */
const slackMinutes = 5

/** RFC 3805, PrtMarkerCounterUnitTC: impressions and sheets are pages, and so is what has no unit. */
const noPages = new Set([
  ...['tenThousandthsOfInches', 'micrometers', 'feet', 'meters', 'hours'],
  ...['characters', 'lines', 'dotRow'],
])

/** null: it tells no count, or counts something else. */
export function pagesIn({ pageCount, markers }: Reading): number | null {
  if (pageCount === null || !Number.isSafeInteger(pageCount) || pageCount < 0) return null
  return noPages.has(markers[0]?.unit ?? '') ? null : pageCount
}

/** Of one printer, as they were put. */
export const epochsOf = (state: State, printerId: string): Epoch[] =>
  [...(state.by.epochsByPrinter.get(printerId) ?? [])].flatMap((id) => state.epochs[id] ?? [])

/** The last that was put, whatever it says of the time: an earlier one may be of a clock that ran ahead. */
export const newestEpoch = (state: State, printerId: string): Epoch | null =>
  epochsOf(state, printerId).at(-1) ?? null

/** From one reading to a later one. A clock that was set back meanwhile tells nothing of how fast it was. */
export function stepOf(from: Counted, to: Counted): 'on' | 'counter-fell' | 'counter-jumped' {
  const pages = to.pageCount - from.pageCount
  if (pages < 0) return 'counter-fell'
  const minutes = (to.at.getTime() - from.at.getTime()) / 60_000
  if (minutes < 0) return 'on'
  return pages > mostPagesPerMinute * (minutes + slackMinutes) ? 'counter-jumped' : 'on'
}

/**
 * `first`: there was no count before. `held-back`: odd, and true only if the next reading agrees. `begun`: it
 * agrees. `returned`: the counter goes on where it was, and what was odd never happened. `doubted`: odd again
 * while a person is asked, so that the new epoch begins later.
 */
export type CounterNews =
  | { readonly is: 'first' | 'begun' | 'returned' | 'doubted' }
  | {
      readonly is: 'held-back'
      readonly why: 'counter-fell' | 'counter-jumped'
      readonly known: Counted
    }

/** null: it goes on. `isAsked`: the newest epoch is what a person is asked about. */
export function countersHeard(
  { newest, isAsked }: { readonly newest: Epoch | null; readonly isAsked: boolean },
  before: Counted | null,
  now: Counted,
): CounterNews | null {
  if (newest === null || newest.first === null) return { is: 'first' }
  const start = { pageCount: newest.first, at: new Date(newest.startedAt) }
  const old = endBefore(newest)
  if (newest.state === 'held-back') return old && afterOdd(old, start, now)
  // The last reading may be of the epoch before: of the device that was replaced.
  const line = before && before.at >= start.at ? before : start
  if (isAsked && old && isBack(old, { start, line }, now)) return { is: 'returned' }
  const why = stepOf(line, now)
  if (why === 'on') return null
  return isAsked ? { is: 'doubted' } : { is: 'held-back', why, known: line }
}

/** Zero pages, then a big spike (glpi-agent), then the true count: two bad readings and no epoch. */
function afterOdd(old: Counted, odd: Counted, now: Counted): CounterNews {
  const isBeforeOld = now.pageCount < old.pageCount
  const fell = odd.pageCount < old.pageCount
  if (stepOf(odd, now) === 'on' && (!fell || isBeforeOld)) return { is: 'begun' }
  const why = stepOf(old, now)
  return why === 'on' ? { is: 'returned' } : { is: 'held-back', why, known: old }
}

/** A counter that fell grows past where it was in the end; one that returned makes most of it in one step. */
function isBack(
  old: Counted,
  { start, line }: { readonly start: Counted; readonly line: Counted },
  now: Counted,
): boolean {
  if (stepOf(old, now) !== 'on') return false
  const gap = old.pageCount - start.pageCount
  return gap > 0 ? line.pageCount - start.pageCount < gap / 2 : now.pageCount < start.pageCount
}

function endBefore({ last, lastAt }: Epoch): Counted | null {
  return last === null || lastAt === null ? null : { pageCount: last, at: new Date(lastAt) }
}
