import { epochsOf } from '../core/counters/epochs.ts'
import { pastOf } from '../core/counters/past.ts'
import { entriesAbout } from '../core/journal/journal.ts'
import { getVisiblePrinter } from '../core/people/access.ts'
import { lastDays } from '../core/schedule/days.ts'
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
  const days = lastDays(view.now, view.timeZone)
  return page(
    200,
    printerHistoryPage(view, {
      printer,
      past: pastOf(lines, epochsOf(store.state, id), days, printer.supplies),
      supplies: fleet.status(id).supplies,
      entries: entriesAbout(store.state, id).slice(-mostEntries).reverse(),
    }),
  )
}

const mostEntries = 50
