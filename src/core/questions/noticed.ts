import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import { newestEpoch, pagesIn, stepOf } from '../counters/epochs.ts'
import {
  completed,
  type Identity,
  identityOf,
  isSame,
  isStranger,
  knownIdentity,
} from '../printers/device.ts'
import { learnDevice } from '../printers/devices.ts'
import type { Printer } from '../printers/printer.ts'
import type { State } from '../state.ts'
import type { Reading } from '../status/reading.ts'
import { counterNoticed } from './counter-noticed.ts'
import type { DeviceQuestion } from './question.ts'
import { ask, findOpen, mayAsk, questionsAbout, withdraw } from './questions.ts'

// What a good reading makes worth keeping: which device stands there, and where its counter begins anew.

/** `before`: the last good reading of the same printer; null: none is known. */
export interface Polled {
  readonly reading: Reading
  readonly readAt: Date
  readonly before: { readonly reading: Reading; readonly readAt: Date } | null
}

export type Keep = (tx: Change, act: Act) => void

/** null: nothing to keep, which is so nearly always; asked after every good poll of every printer. */
export function noticed(state: State, printer: Printer, polled: Polled): Keep | null {
  if (isAsKnown(state, printer, polled)) return null
  const heard = identityOf(polled.reading.identity)
  if (heard && isStranger(printer, heard)) return strangerNoticed(state, printer, polled, heard)
  const device = heard && deviceNoticed(state, printer, heard)
  const counter = counterNoticed(state, printer, polled)
  if (!device || !counter) return device ?? counter
  return (tx, act) => {
    device(tx, act)
    counter(tx, act)
  }
}

/** The same device, and its counter goes on. */
function isAsKnown(state: State, printer: Printer, { reading, readAt, before }: Polled): boolean {
  const { device } = printer
  const { serial, macAddresses } = reading.identity
  if (!device || device.serial !== serial || !before) return false
  if (!macAddresses.every((mac) => device.macAddresses.includes(mac))) return false
  if (state.by.openQuestionsByPrinter.has(printer.id)) return false
  const [from, to] = [pagesIn(before.reading), pagesIn(reading)]
  if (to === null) return true
  if (from === null) return false
  const newest = newestEpoch(state, printer.id)
  if (newest === null || newest.first === null || newest.state === 'held-back') return false
  return (
    from === to ||
    stepOf({ pageCount: from, at: before.readAt }, { pageCount: to, at: readAt }) === 'on'
  )
}

function strangerNoticed(
  state: State,
  printer: Printer,
  { reading, readAt, before }: Polled,
  heard: Identity,
): Keep | null {
  const kind = 'other-device'
  if (!mayAsk(state, { printer: printer.id, kind }, readAt)) return null
  const isAnswered = questionsAbout(state, printer.id).some(
    (each) => each.answer === 'wrong-address' && isSame(each.facts.heard, heard),
  )
  if (isAnswered) return null
  const known = knownIdentity(printer) ?? { serial: null, macAddresses: [] }
  const facts: DeviceQuestion['facts'] = {
    known: before
      ? sideOf(known, before.reading, before.readAt)
      : { ...known, model: printer.model, pageCount: null, at: null },
    heard: sideOf(heard, reading, readAt),
  }
  return (tx, act) => ask(tx, { printer: printer.id, kind, facts }, act)
}

function deviceNoticed(state: State, printer: Printer, heard: Identity): Keep | null {
  const { device } = printer
  const open = findOpen(state, printer.id, 'other-device')
  const known = knownIdentity(printer)
  const isBack = open !== null && known !== null && isSame(known, heard)
  const isNew = !device || (isSame(device, heard) && completed(device, heard) !== device)
  if (!isBack && !isNew) return null
  return (tx, act) => {
    if (isBack) withdraw(tx, open, act)
    if (isNew) learnDevice(tx, printer, heard, act)
  }
}

const mostOfModel = 120
const mostCardsShown = 8

function sideOf(
  { serial, macAddresses }: Identity,
  reading: Reading,
  at: Date,
): DeviceQuestion['facts']['heard'] {
  const model = reading.device.model ?? reading.identity.model
  return {
    serial,
    macAddresses: macAddresses.slice(0, mostCardsShown),
    model: model?.slice(0, mostOfModel) ?? null,
    pageCount: pagesIn(reading),
    at: at.toISOString(),
  }
}
