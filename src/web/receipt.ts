import { actOf } from '../core/act.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/refusal.ts'
import type { Store } from '../core/store.ts'
import { findByReceipt } from '../core/tickets/find.ts'
import { mayStillSay, noteOfReporter, type Said } from '../core/tickets/reporter.ts'
import { isAlive, type Ticket } from '../core/tickets/ticket.ts'
import { type Answer, type Ask, page, type Route, seeOther } from './answer.ts'
import { createBudget } from './budget.ts'
import { receiptPage } from './pages/receipt.ts'
import type { PortalSettings } from './portal.ts'
import { showAgain } from './show-again.ts'

// What became of a ticket, for whoever has the address: no account, and nothing of a person but the
// name of who works on it.

export interface ReceiptParts {
  readonly store: Store
  readonly clock: Clock
  /** With `none` the page tells nothing of the printer's state, as the one behind the code. */
  readonly portal: Pick<PortalSettings, 'status'>
}

/** By the browser itself: a page that nobody touches tells the news all the same. */
const refreshSeconds = 30

/** Of the whole site. Each ticket takes two at most, so this only slows who tries addresses. */
const saidWindows = [
  { seconds: 60, most: 60 },
  { seconds: 3600, most: 300 },
]

export function receiptRoutes({ store, clock, portal }: ReceiptParts): Route[] {
  const budget = createBudget(clock, saidWindows)
  const path = '/t/:receipt'
  return [
    { method: 'GET', path, as: 'page', who: 'anybody', answer: show },
    { method: 'POST', path, as: 'page', who: 'anybody', answer: say },
  ]

  function show(ask: Ask): Answer {
    const ticket = ticketOf(ask)
    const html = shown(ask, ticket, null)
    return page(200, html, isAlive(ticket) ? { Refresh: String(refreshSeconds) } : {})
  }

  function say(ask: Ask): Promise<Answer> {
    const { params, form, address } = ask
    const says = saidIn(form.get('says'))
    return showAgain(
      async () => {
        const act = actOf(clock, { by: 'QR page', from: 'QR page', address })
        await store.update((tx) => {
          const ticket = ticketOf(ask)
          if (mayStillSay(ticket, says)) spend()
          noteOfReporter(tx, ticket, says, act)
        })
        return seeOther(`/t/${encodeURIComponent(params.receipt ?? '')}?said`)
      },
      ({ message }) => shown(ask, ticketOf(ask), message),
    )
  }

  function spend(): void {
    const waitSeconds = budget.spend()
    if (waitSeconds === null) return
    const sentence = 'Not noted: very much is said just now. Try again in a minute.'
    throw new Refusal('too-many', sentence, { retryAfterSeconds: waitSeconds })
  }

  function shown({ params, query }: Ask, ticket: Ticket, refused: string | null) {
    return receiptPage({
      ...{ ticket, refused, now: clock.now() },
      receipt: params.receipt ?? '',
      printer: store.state.printers[ticket.printer] ?? null,
      news: query.has('said') ? 'said' : query.has('joined') ? 'joined' : null,
      tellsState: portal.status === 'coarse',
    })
  }

  function ticketOf({ params }: Ask): Ticket {
    const ticket = findByReceipt(store.state, params.receipt ?? '')
    if (ticket) return ticket
    throw new Refusal('missing', 'There is no report at this address.')
  }
}

function saidIn(says: string | null): Said {
  if (says === 'works' || says === 'broken') return says
  throw new Refusal('invalid', 'Say it by one of the two buttons of the page.', { field: 'says' })
}
