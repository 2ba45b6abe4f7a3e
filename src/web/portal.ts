import { actOf } from '../core/act.ts'
import type { Change } from '../core/change.ts'
import type { Clock } from '../core/clock.ts'
import { randomCode } from '../core/ids.ts'
import { findByToken } from '../core/printers/labels.ts'
import type { Printer } from '../core/printers/printer.ts'
import { Refusal } from '../core/refusal.ts'
import type { Store } from '../core/store.ts'
import { getTicket } from '../core/tickets/find.ts'
import { joinTicket, type Opened, openTicket } from '../core/tickets/open.ts'
import { mistakesIn, type ReportRules, requesterOf } from '../core/tickets/report.ts'
import { printerThenOf } from '../core/tickets/then.ts'
import { type Answer, type Ask, page, type Route, seeOther } from './answer.ts'
import { createBudget } from './budget.ts'
import { answerRefusal } from './errors.ts'
import type { WatchedFleet } from './fleet-view.ts'
import { createKnownTrouble } from './known-trouble.ts'
import { type PortalView, portalPage } from './pages/portal.ts'
import { noPrinterPage, thanksPage } from './pages/thanks.ts'
import { type PortalForm, readPortalForm } from './portal-form.ts'
import { showAgain } from './show-again.ts'

// The page behind the QR code on a printer: anybody's, without account or script.

export interface PortalSettings extends ReportRules {
  /** Whether it tells of the printer's state. */
  readonly status: 'none' | 'coarse'
}

export interface PortalParts {
  readonly store: Store
  readonly clock: Clock
  readonly fleet: WatchedFleet
  readonly portal: PortalSettings
  /** That all QR pages take together. */
  readonly reportsPerHour: number
}

export function portalRoutes(parts: PortalParts): Route[] {
  const { show, take } = createPortal(parts)
  const path = '/p/:token'
  return [
    { method: 'GET', path, as: 'page', who: 'anybody', answer: show },
    { method: 'POST', path, as: 'page', who: 'anybody', answer: take },
  ]
}

/** Of the whole site. A fifth of an hour's may come in a minute: a campus that has lost its paper. */
const windowsOf = (perHour: number) => [
  { seconds: 60, most: Math.ceil(perHour / 5) },
  { seconds: 3600, most: perHour },
]

function createPortal({ store, clock, fleet, portal, reportsPerHour }: PortalParts) {
  const budget = createBudget(clock, windowsOf(reportsPerHour))
  const knownTrouble = createKnownTrouble({ store, fleet })

  function view(printer: Printer, sent: PortalForm | null, trouble: Refusal | null): PortalView {
    return {
      ...{ printer, rules: portal, now: clock.now() },
      known: portal.status === 'coarse' ? knownTrouble(printer) : null,
      // What was not kept is sent again by the same form: it may have been kept after all.
      form: sent?.form ?? randomCode(16),
      sent: sent?.report ?? null,
      trouble: trouble?.message ?? null,
      mistakes: sent?.joins === null ? mistakesIn(sent.report, portal) : {},
    }
  }

  function keep(
    printer: Printer,
    { report, form, joins }: PortalForm,
    address: string,
  ): Promise<Opened> {
    const act = actOf(clock, { by: 'QR page', from: 'QR page', address })
    const { matter, words } = report
    const requester = requesterOf(report, portal)
    const then = printerThenOf(fleet.status(printer.id), fleet.judgement(printer.id))
    return store.update((tx) => {
      const opened = openOrJoin(tx)
      // After what the printer's own limit refuses, which must not shut the other printers; what is
      // thrown here takes back what was put.
      const waitSeconds = opened.how === 'sent-twice' ? null : budget.spend()
      if (waitSeconds !== null) throw tooMany(waitSeconds)
      return opened
    })

    function openOrJoin(tx: Change): Opened {
      if (joins !== null && getTicket(tx.state, joins).printer === printer.id) {
        // The button stands alone: what somebody sends along with it was never asked for.
        const nobody = { name: null, email: null }
        return joinTicket(tx, joins, { form, words: '', requester: nobody }, act)
      }
      if (!matter) throw new Refusal('missing', 'That report is of another printer.')
      return openTicket(tx, printer, { words, form, requester, printerThen: then, ...matter }, act)
    }
  }

  async function file(printer: Printer, sent: PortalForm, address: string): Promise<Answer> {
    if (sent.joins !== null && portal.status !== 'coarse')
      throw new Refusal('missing', 'There is nothing to join here.')
    if (sent.joins === null && Object.keys(mistakesIn(sent.report, portal)).length > 0)
      throw notYet()
    const { ticket, how } = await keep(printer, sent, address)
    const joined = how === 'joined' || (how === 'sent-twice' && ticket.form !== sent.form)
    return seeOther(`/t/${ticket.receipt}${joined ? '?joined' : ''}`)
  }

  return {
    show({ params, query }: Ask): Answer {
      const printer = findByToken(store.state, params.token ?? '')
      if (!printer?.isActive) return noPrinter()
      const html = query.has('thanks') ? thanksPage(printer) : portalPage(view(printer, null, null))
      return page(200, html)
    },
    take({ params, form, address }: Ask): Answer | Promise<Answer> {
      const printer = findByToken(store.state, params.token ?? '')
      if (!printer?.isActive) return noPrinter()
      const sent = readPortalForm(form)
      if (sent.isTrapped) return seeOther(`/p/${encodeURIComponent(printer.token)}?thanks`)
      return showAgain(
        () => file(printer, sent, address),
        // The fourth issue of this printer: to type it again would not help anybody.
        (refusal) =>
          refusal.details.printer === printer.id
            ? thanksPage(printer, refusal.message)
            : portalPage(view(printer, sent, refusal)),
      )
    },
  }
}

function noPrinter(): Answer {
  const refusal = new Refusal('missing', 'This code belongs to no printer that is in use here.')
  return page(answerRefusal(refusal).status, noPrinterPage(refusal.message))
}

const notYet = () => new Refusal('invalid', 'Not sent yet: something is missing or wrong.')
function tooMany(seconds: number): Refusal {
  const wait = seconds <= 60 ? 'a minute' : `${Math.ceil(seconds / 60)} minutes`
  return new Refusal(
    'too-many',
    `Not sent: very many reports are coming in just now. Send it again in ${wait}; what you wrote is still here.`,
    { retryAfterSeconds: seconds },
  )
}
