import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import { newestEpoch } from '../counters/epochs.ts'
import { keepApart, replaceDevice } from '../printers/devices.ts'
import type { Printer } from '../printers/printer.ts'
import type { Answer, CounterQuestion, DeviceQuestion, Question } from './question.ts'

interface Answered<Q extends Question = Question> {
  readonly asked: Q
  readonly said: Answer
}

/** What becomes of device and counter once a person has said how it is. */
export function takeEffect(
  tx: Change,
  printer: Printer,
  { asked, said }: Answered,
  act: Act,
): 'other-device' | 'same-device' {
  if (asked.kind !== 'other-device') return settleCounter(tx, printer, { asked, said }, act)
  if (said !== 'replaced') {
    keepApart(tx, printer, asked.facts.heard)
    return 'same-device'
  }
  takeOver(tx, printer, asked, act)
  return 'other-device'
}

/** From when it was first heard: what it printed while nobody answered is its own. */
export function takeOver(
  tx: Change,
  printer: Printer,
  { facts, askedAt }: Pick<DeviceQuestion, 'facts' | 'askedAt'>,
  act: Act,
): void {
  const { known, heard } = facts
  const since = heard.at ?? askedAt
  replaceDevice(tx, printer, { heard, since }, act)
  const newest = newestEpoch(tx.state, printer.id)
  if (newest?.state === 'held-back') tx.drop('epochs', newest.id)
  tx.put('epochs', {
    ...{ id: act.newId('e'), printer: printer.id, state: 'begun', why: 'other-device' },
    ...{ startedAt: since, first: heard.pageCount, last: known.pageCount, lastAt: known.at },
  })
}

function settleCounter(
  tx: Change,
  printer: Printer,
  { asked, said }: Answered<CounterQuestion>,
  act: Act,
): 'other-device' | 'same-device' {
  const epoch = tx.state.epochs[asked.facts.epoch]
  if (said === 'same-counter' && epoch) tx.drop('epochs', epoch.id)
  if (said !== 'replaced' || !epoch) return 'same-device'
  tx.put('epochs', { ...epoch, why: 'other-device' })
  if (printer.device)
    replaceDevice(tx, printer, { heard: printer.device, since: epoch.startedAt }, act)
  return 'other-device'
}
