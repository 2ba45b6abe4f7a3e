import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import { newestEpoch, pagesIn, stepOf } from '../counters/epochs.ts'
import {
  completed,
  type Identity,
  identityOf,
  isListedAnew,
  isMisplaced,
  isSame,
  isStranger,
  knownIdentity,
} from '../printers/device.ts'
import { learnDevice } from '../printers/devices.ts'
import type { Printer } from '../printers/printer.ts'
import type { State } from '../state.ts'
import type { Reading } from '../status/reading.ts'
import { takeOver } from './answers.ts'
import { counterNoticed } from './counter-noticed.ts'
import type { DeviceQuestion } from './question.ts'
import { ask, findOpen, mayAsk, questionsAbout, withdraw, withdrawCounters } from './questions.ts'

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
  if (heard && isListedAnew(printer, heard)) return listedNoticed(state, printer, polled, heard)
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
  if (!device || printer.stranger || device.serial !== serial || !before) return false
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
  polled: Polled,
  heard: Identity,
): Keep | null {
  const kind = 'other-device'
  if (!mayAsk(state, { printer: printer.id, kind }, polled.readAt)) return null
  if (isMisplaced(printer, heard)) return null
  const facts = bothSides(printer, polled, heard)
  return (tx, act) => ask(tx, { printer: printer.id, kind, facts }, act)
}

/** The office's list has answered the question that is open, or would be. */
function listedNoticed(state: State, printer: Printer, polled: Polled, heard: Identity): Keep {
  const asked = questionsAbout(state, printer.id)
    .filter((each) => each.kind === 'other-device')
    .findLast(({ answer, facts }) => answer !== 'withdrawn' && isSame(facts.heard, heard))
  const facts = asked?.facts ?? bothSides(printer, polled, heard)
  const open = findOpen(state, printer.id, 'other-device')
  return (tx, act) => {
    if (open) withdraw(tx, open, act)
    takeOver(tx, printer, { facts, askedAt: polled.readAt.toISOString() }, act)
    withdrawCounters(tx, printer.id, act)
  }
}

function deviceNoticed(state: State, printer: Printer, heard: Identity): Keep | null {
  const { device, stranger } = printer
  const open = findOpen(state, printer.id, 'other-device')
  const known = knownIdentity(printer)
  const isBack = (open ?? stranger) !== null && known !== null && isSame(known, heard)
  const isNew = !device || (isSame(device, heard) && completed(device, heard) !== device)
  if (!isBack && !isNew) return null
  return (tx, act) => {
    const own = isBack && stranger ? { ...printer, stranger: null } : printer
    if (own !== printer) tx.put('printers', own)
    if (isBack && open) withdraw(tx, open, act)
    if (isNew) learnDevice(tx, own, heard, act)
  }
}

const mostOfModel = 120
const mostCardsShown = 8

function bothSides(
  printer: Printer,
  { reading, readAt, before }: Polled,
  heard: Identity,
): DeviceQuestion['facts'] {
  const known = knownIdentity(printer) ?? { serial: null, macAddresses: [] }
  const past = before && !isSame(before.reading.identity, heard) ? before : null
  return {
    known: past
      ? sideOf(known, past.reading, past.readAt)
      : { ...known, model: printer.model, pageCount: null, at: null },
    heard: sideOf(heard, reading, readAt),
  }
}

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
