import type { Epoch } from '../counters/epoch.ts'
import {
  type Counted,
  type CounterNews,
  countersHeard,
  newestEpoch,
  pagesIn,
} from '../counters/epochs.ts'
import { identityOf } from '../printers/device.ts'
import type { Printer } from '../printers/printer.ts'
import type { State } from '../state.ts'
import type { Keep, Polled } from './noticed.ts'
import type { CounterQuestion } from './question.ts'
import { ask, findOpen, mayAsk, withdraw } from './questions.ts'

/** What a count makes worth keeping; null: it goes on, or there is none. */
export function counterNoticed(
  state: State,
  printer: Printer,
  { reading, readAt, before }: Polled,
): Keep | null {
  const pageCount = pagesIn(reading)
  if (pageCount === null) return null
  const now: Counted = { pageCount, at: readAt }
  const pagesBefore = before && pagesIn(before.reading)
  const last =
    pagesBefore === null ? null : { pageCount: pagesBefore, at: before?.readAt ?? readAt }
  const newest = newestEpoch(state, printer.id)
  const question = questionOn(state, newest)
  const news = countersHeard({ newest, isAsked: question !== null }, last, now)
  const serial = identityOf(reading.identity)?.serial ?? null
  return news && keeping(state, { printer, newest, question, now, serial }, news)
}

interface Heard {
  readonly printer: Printer
  readonly newest: Epoch | null
  readonly question: CounterQuestion | null
  readonly now: Counted
  readonly serial: string | null
}

function keeping(state: State, heard: Heard, news: CounterNews): Keep | null {
  const { printer, newest, question, now, serial } = heard
  const from = { first: now.pageCount, startedAt: now.at.toISOString() }
  if (news.is === 'held-back') {
    const { why, known } = news
    const end = { last: known.pageCount, lastAt: known.at.toISOString() }
    const again = newest?.state === 'held-back' ? newest.id : null
    return (tx, act) => {
      const id = again ?? act.newId('e')
      tx.put('epochs', { id, printer: printer.id, state: 'held-back', why, ...from, ...end })
    }
  }
  if (newest === null)
    return (tx, act) => {
      const none = { last: null, lastAt: null }
      const id = act.newId('e')
      tx.put('epochs', { id, printer: printer.id, state: 'begun', why: 'first', ...from, ...none })
    }
  if (news.is === 'first' || news.is === 'doubted')
    return (tx) => tx.put('epochs', { ...newest, ...from })
  if (news.is === 'begun') return beginning(state, newest, { now, serial })
  return (tx, act) => {
    tx.drop('epochs', newest.id)
    if (question) withdraw(tx, question, act)
  }
}

/** It waits as long as a question that was just withdrawn is not asked again. */
function beginning(
  state: State,
  epoch: Epoch,
  { now, serial }: Pick<Heard, 'now' | 'serial'>,
): Keep | null {
  const { printer, why: kind, last, lastAt } = epoch
  if (kind !== 'counter-fell' && kind !== 'counter-jumped') return null
  if (last === null || lastAt === null) return null
  if (!mayAsk(state, { printer, kind }, now.at)) return null
  const facts = {
    known: { pageCount: last, at: lastAt },
    heard: { pageCount: now.pageCount, at: now.at.toISOString() },
    ...{ serial, epoch: epoch.id },
  }
  return (tx, act) => {
    tx.put('epochs', { ...epoch, state: 'begun' })
    ask(tx, { printer, kind, facts }, act)
  }
}

function questionOn(state: State, epoch: Epoch | null): CounterQuestion | null {
  if (epoch === null) return null
  const open =
    findOpen(state, epoch.printer, 'counter-fell') ??
    findOpen(state, epoch.printer, 'counter-jumped')
  return open?.facts.epoch === epoch.id ? open : null
}
