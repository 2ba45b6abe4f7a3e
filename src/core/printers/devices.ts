import type { Act } from '../act.ts'
import type { Change } from '../change.ts'
import { changesBetween, note } from '../journal/journal.ts'
import type { Deed } from '../journal/weight.ts'
import { completed, type Identity, identityOf, mostCards } from './device.ts'
import type { Device, Printer } from './printer.ts'

// What is kept of the device that stands where a printer is.

/** A person has said that this one stands there by a wrong address. */
export function keepApart(tx: Change, printer: Printer, { serial, macAddresses }: Identity): void {
  tx.put('printers', { ...printer, stranger: { serial, macAddresses } })
}

/** The device that was heard first, or more of it: a second card, a serial that came later. */
export function learnDevice(tx: Change, printer: Printer, heard: Identity, act: Act): void {
  const told = identityOf(heard)
  if (told === null) return
  const { device } = printer
  if (device) {
    const next = completed(device, told)
    if (next !== device) keep(tx, act, 'device completed', printer, { ...printer, device: next })
    return
  }
  const since = act.now.toISOString()
  keep(tx, act, 'device learned', printer, { ...printer, device: deviceOf(told, since) })
}

/**
 * Another device stands there from now on. What the office's list says of the old one's serial and card goes
 * with it; label and place stay, and what the office knows of supplies, where the new one has the like.
 */
export function replaceDevice(
  tx: Change,
  printer: Printer,
  { heard, since }: { readonly heard: Identity; readonly since: string },
  act: Act,
): void {
  const told = identityOf(heard) ?? { serial: null, macAddresses: [] }
  const [firstCard = null] = told.macAddresses
  const isListed = printer.macAddress !== null && told.macAddresses.includes(printer.macAddress)
  const next = {
    ...printer,
    device: deviceOf(told, since),
    stranger: null,
    serial: printer.serial && told.serial,
    macAddress: isListed ? printer.macAddress : printer.macAddress && firstCard,
  }
  keep(tx, act, 'device replaced', printer, next)
}

const deviceOf = ({ serial, macAddresses }: Identity, since: string): Device => ({
  ...{ serial, since },
  macAddresses: macAddresses.slice(0, mostCards),
})

/** What the journal tells of it: the device, and what the office's list says. */
const written = ({ device, serial, macAddress }: Printer) => ({
  serial: device?.serial,
  macAddresses: device?.macAddresses.join(' '),
  listedSerial: serial,
  listedMacAddress: macAddress,
})
const fields = ['serial', 'macAddresses', 'listedSerial', 'listedMacAddress'] as const

function keep(tx: Change, act: Act, what: Deed, before: Printer, after: Printer): void {
  tx.put('printers', after)
  const changes = changesBetween(written(before), written(after), fields)
  note(tx, act, { what, subject: after.id, changes })
}
