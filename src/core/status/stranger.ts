import { identityOf, isMisplaced, isStranger, knownIdentity } from '../printers/device.ts'
import type { Printer } from '../printers/printer.ts'
import type { Moment } from './known.ts'
import type { Reading } from './reading.ts'
import type { Judgement } from './status.ts'
import { oneLine } from './supplies.ts'

// Another device that answers in a printer's place: what it said waits apart until a person has said who it is.

export interface Stranger {
  readonly reading: Reading
  readonly readAt: Moment
}

/** A person has said meanwhile that it is the one that belongs there. */
export const isStillStrange = (printer: Printer, { reading }: Stranger): boolean =>
  isStranger(printer, reading.identity)

export function strange(printer: Printer, { reading }: Stranger): Judgement {
  const sentence = isMisplaced(printer, reading.identity)
    ? `Another device answers at this address (${asTold(reading)}); mend the address`
    : `Another device answers at this address (${versus(printer, reading)}): is it a replacement?`
  const reasons = [{ word: 'alert', weight: 'warning', sentence }] as const
  return { verdict: 'warning', attention: true, reasons }
}

/** 'serial CN2, was CN1', else by their network cards. */
function versus(printer: Printer, { identity }: Reading): string {
  const now = identityOf(identity)
  const was = knownIdentity(printer)
  if (now?.serial && was?.serial) return `serial ${short(now.serial)}, was ${short(was.serial)}`
  return `MAC ${short(now?.macAddresses[0])}, was ${short(was?.macAddresses[0])}`
}

/** 'serial CN2', else its network card. */
function asTold({ identity }: Reading): string {
  const told = identityOf(identity)
  return told?.serial ? `serial ${short(told.serial)}` : `MAC ${short(told?.macAddresses[0])}`
}

const short = (text: string | undefined): string => oneLine(text ?? '').slice(0, 40) || 'unknown'
