import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import { changesBetween, note } from '../journal/journal.ts'
import type { Deed } from '../journal/weight.ts'
import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import { columns } from './csv-columns.ts'
import { newToken } from './labels.ts'
import { newPrinter } from './new-printer.ts'
import type { Printer } from './printer.ts'
import { groupOf } from './printers.ts'
import {
  readTyped,
  refuseOutside,
  refuseSameDevice,
  refuseTaken,
  type Typed,
  type Within,
} from './typed.ts'

// What a person does with one printer. Whether it is within reach, who calls has decided.

/** Refuses `invalid`, `conflict` (label, address, serial or network card of another one). */
export function addPrinter(
  tx: Change,
  { typed, within }: { readonly typed: Typed; readonly within: Within },
  act: Act,
): Printer {
  const facts = readTyped({ ...typed, label: typed.label ?? '', ipAddress: typed.ipAddress ?? '' })
  const printer = { ...newPrinter(act), ...facts }
  refuseOutside(tx.state, printer.group, within)
  refuseTaken(tx.state, printer)
  refuseSameDevice(tx.state, null, printer)
  keepPrinter(tx, act, 'added', { before: null, after: printer })
  return printer
}

/** What is not told stays. A change that changes nothing is none. Refuses as `addPrinter` does. */
export function changePrinter(
  tx: Change,
  before: Printer,
  { typed, within }: { readonly typed: Typed; readonly within: Within },
  act: Act,
): Printer {
  const after = { ...before, ...readTyped(typed) }
  if (columns.every((column) => before[column] === after[column])) return before
  if (after.group !== before.group) refuseOutside(tx.state, after.group, within)
  refuseTaken(tx.state, after)
  refuseSameDevice(tx.state, before, after)
  keepPrinter(tx, act, 'changed', { before, after })
  return after
}

/** It is asked no more, and in no list but that of the retired. Nothing is forgotten. */
export function retirePrinter(tx: Change, printer: Printer, act: Act): Printer {
  return changePrinter(tx, printer, { typed: { isActive: 'false' }, within: anywhere }, act)
}

export function takeUpPrinter(tx: Change, printer: Printer, act: Act): Printer {
  return changePrinter(tx, printer, { typed: { isActive: 'true' }, within: anywhere }, act)
}

/**
 * Its settled tickets stay, and what the journal has of it. Refuses `conflict` one that is not retired, and one
 * that somebody waits for: without it nobody but who looks after all would see that ticket.
 */
export function removePrinter(tx: Change, printer: Printer, act: Act): void {
  if (printer.isActive)
    throw new Refusal('conflict', `${printer.label} is still asked; retire it first.`)
  refuseWaitedFor(tx.state, printer)
  // About nothing but this printer, and of no use to anybody without it.
  for (const id of [...(tx.state.by.questionsByPrinter.get(printer.id) ?? [])])
    tx.drop('questions', id)
  for (const id of [...(tx.state.by.epochsByPrinter.get(printer.id) ?? [])]) tx.drop('epochs', id)
  tx.drop('printers', printer.id)
  const { label, ipAddress, serial } = printer
  note(tx, act, { what: 'removed', subject: printer.id, details: { label, ipAddress, serial } })
}

function refuseWaitedFor(state: State, { id, label }: Printer): void {
  const tickets = [...(state.by.ticketsByPrinter.get(id) ?? [])].flatMap(
    (each) => state.tickets[each] ?? [],
  )
  const alive = tickets.filter(
    (ticket) => ticket.state === 'open' || ticket.state === 'taken',
  ).length
  if (alive === 0) return
  const words =
    alive === 1
      ? `A ticket of ${label} waits for somebody; resolve it first.`
      : `${alive} tickets of ${label} wait for somebody; resolve them first.`
  throw new Refusal('conflict', words)
}

/** More labels than one printer ever wears; its record is written whole each time. */
const mostCodes = 50

/** For the next label. The old code is printed on paper, and goes on working for ever. */
export function renewCode(tx: Change, printer: Printer, act: Act): Printer {
  const { token, formerTokens } = printer
  if (formerTokens.length >= mostCodes)
    throw new Refusal('conflict', `${printer.label} has had ${mostCodes} codes, which all work.`)
  const after = { ...printer, token: newToken(act), formerTokens: [...formerTokens, token] }
  tx.put('printers', after)
  const details = { label: printer.label, formerCodes: after.formerTokens.length }
  note(tx, act, { what: 'code renewed', subject: printer.id, details })
  return after
}

const anywhere: Within = () => true

/** A community is a secret: that it changed is told, and no more. */
const open = columns.filter((column) => column !== 'community')

/** Puts it, with what became different in the journal: of an import, of a form. */
export function keepPrinter(
  tx: Change,
  act: Act,
  what: Deed,
  { before, after }: { readonly before: Printer | null; readonly after: Printer },
): void {
  tx.put('printers', after)
  // The group by its name: its id says nothing to anybody.
  const written = (of: Printer) => ({ ...of, group: groupOf(tx.state, of)?.name ?? null })
  const isChanged = (before?.community ?? null) !== after.community
  note(tx, act, {
    what,
    subject: after.id,
    details: { label: after.label, ...(isChanged && { community: 'changed' }) },
    changes: changesBetween(before && written(before), written(after), open),
  })
}
