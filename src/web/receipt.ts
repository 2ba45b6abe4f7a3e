import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/refusal.ts'
import type { Store } from '../core/store.ts'
import { isAlive } from '../core/tickets/ticket.ts'
import { findByReceipt } from '../core/tickets/tickets.ts'
import { type Answer, type Ask, page, type Route } from './answer.ts'
import { receiptPage } from './pages/receipt.ts'

// What became of a ticket, for whoever has the address: no account, and nothing of a person but the
// name of who works on it.

/** By the browser itself: a page that nobody touches tells the news all the same. */
const refreshSeconds = 30

export function receiptRoutes({ store, clock }: { store: Store; clock: Clock }): Route[] {
  return [{ method: 'GET', path: '/t/:receipt', as: 'page', who: 'anybody', answer: show }]

  function show({ params, query }: Ask): Answer {
    const ticket = findByReceipt(store.state, params.receipt ?? '')
    if (!ticket) throw new Refusal('missing', 'There is no report at this address.')
    const printer = store.state.printers[ticket.printer] ?? null
    const html = receiptPage({ ticket, printer, now: clock.now(), joined: query.has('joined') })
    return page(200, html, isAlive(ticket) ? { Refresh: String(refreshSeconds) } : {})
  }
}
