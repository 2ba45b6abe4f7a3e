import { pastOf } from '../core/counters/past.ts'
import { entriesAbout } from '../core/journal/journal.ts'
import { getVisiblePrinter } from '../core/people/access.ts'
import { wallMs } from '../core/schedule/local.ts'
import { type Answer, page, type SignedAsk } from './answer.ts'
import { printerHistoryPage } from './pages/printer-history.ts'
import { readQuery } from './query.ts'
import { stillMay } from './still-may.ts'
import { type BoardParts, viewOf } from './views.ts'

// What became of one printer: pages and levels by day, silences, what was replaced, who changed what.

export async function answerHistory(parts: BoardParts, ask: SignedAsk): Promise<Answer> {
  readQuery(ask.query, {})
  const { store, fleet } = parts
  const { id } = getVisiblePrinter(store.state, ask.person, ask.params.printer ?? '')
  const lines = await parts.history(id)
  const view = viewOf(parts, ask)
  const printer = getVisiblePrinter(store.state, stillMay(ask, 'printers look'), id)
  const epochs = [...(store.state.by.epochsByPrinter.get(id) ?? [])].flatMap(
    (each) => store.state.epochs[each] ?? [],
  )
  return page(
    200,
    printerHistoryPage(view, {
      printer,
      past: pastOf(lines, epochs, daysUntil(view.now, view.timeZone)),
      supplies: fleet.status(id).supplies,
      entries: entriesAbout(store.state, id).slice(-mostEntries).reverse(),
    }),
  )
}

const mostEntries = 50
const shownDays = 30
const dayMs = 86_400_000

/** The midnights of that zone before the last thirty days, each, and the one to come. */
export function daysUntil(now: Date, timeZone: string | null): Date[] {
  const today = Math.floor(wallMs(now, timeZone) / dayMs) * dayMs
  return Array.from({ length: shownDays + 1 }, (_, at) =>
    instantOf(today + (at - shownDays + 1) * dayMs, timeZone),
  )
}

/**
 * The second look is for a day on which the clocks were changed; one that has no midnight, for it is then that
 * they are, begins with the first time that there is.
 */
function instantOf(wall: number, timeZone: string | null): Date {
  const off = (at: number) => wallMs(new Date(at), timeZone) - at
  const first = wall - off(wall)
  const second = wall - off(first)
  return new Date(wallMs(new Date(second), timeZone) < wall ? first : second)
}
