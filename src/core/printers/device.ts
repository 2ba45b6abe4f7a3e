import type { Device, Printer } from './printer.ts'

// Which device it is: by its serial, else by its network cards; never by its address, which moves.

export type Identity = Pick<Device, 'serial' | 'macAddresses'>

/** What comes from the network is bounded: no serial is longer, no printer has more cards. */
const mostOfSerial = 64
export const mostCards = 8

/** Blanked, unset and factory serials that many devices share: 'X0X0X0', '0000 0000', '<private>'. */
const nobodys = /^(?:<.*>|n\/?a|none|unknown|not (?:available|set)|default|null|[-_.x*?0\s]*)$/i

/** null: it is nobody's own. */
export function ownSerial(text: string): string | null {
  const serial = text.trim().slice(0, mostOfSerial)
  return nobodys.test(serial) ? null : serial
}

/** null: it tells neither a serial nor a network card that is anybody's. */
export function identityOf({ serial, macAddresses }: Identity): Identity | null {
  const own = serial === null ? null : ownSerial(serial)
  return own === null && macAddresses.length === 0 ? null : { serial: own, macAddresses }
}

/** As the office's own list has it. */
export function listedIdentity({ serial, macAddress }: Listed): Identity {
  return { serial, macAddresses: macAddress === null ? [] : [macAddress] }
}

type Listed = Pick<Printer, 'serial' | 'macAddress'>

/** Who is to stand there: the device that was heard; what it did not tell, as listed. null: nobody knows. */
export function knownIdentity(printer: Printer): Identity | null {
  const { device } = printer
  const listed = listedIdentity(printer)
  return identityOf({
    serial: device?.serial ?? listed.serial,
    macAddresses:
      device && device.macAddresses.length > 0 ? device.macAddresses : listed.macAddresses,
  })
}

/**
 * Whether another device is heard than `known`. Where both tell a serial, the serial decides; else one
 * shared network card makes them the same, for a printer may have two. What cannot be told is no other.
 */
export function isOther(known: Identity, heard: Identity): boolean {
  return compared(known, heard) === 'other'
}

/** Whether what is heard is surely the device that is known. */
export function isSame(known: Identity, heard: Identity): boolean {
  return compared(known, heard) === 'same'
}

/** Whether another device answers than the one that is to stand there. */
export function isStranger(printer: Printer, heard: Identity): boolean {
  return isUnlike(printer, heard) && !isListed(printer, heard)
}

/**
 * Whether the office has written down meanwhile that this one stands there. A list that named another device
 * than the one learned would have been asked about then, so the list is the newer word; where it names
 * neither, what was heard is the truer one.
 */
export function isListedAnew(printer: Printer, heard: Identity): boolean {
  return isUnlike(printer, heard) && isListed(printer, heard)
}

/** Whether a person has said of this very device that it has a wrong address. */
export function isMisplaced({ stranger }: Printer, heard: Identity): boolean {
  return stranger !== null && isSame(stranger, heard)
}

function isUnlike(printer: Printer, heard: Identity): boolean {
  const known = knownIdentity(printer)
  return known !== null && isOther(known, heard)
}

/** By a card alone only where it tells no serial: cards are moved from one printer to the next. */
function isListed({ serial, macAddress }: Printer, heard: Identity): boolean {
  const told = identityOf(heard)
  if (told?.serial) return serial !== null && isSame({ serial, macAddresses: [] }, told)
  return macAddress !== null && (told?.macAddresses.includes(macAddress) ?? false)
}

/** What is known and heard of one device together; the very same object where nothing is new. */
export function completed<T extends Identity>(known: T, heard: Identity): T {
  const serial = known.serial ?? heard.serial
  const more = heard.macAddresses.filter((mac) => !known.macAddresses.includes(mac))
  const room = Math.max(0, mostCards - known.macAddresses.length)
  if (serial === known.serial && (more.length === 0 || room === 0)) return known
  return { ...known, serial, macAddresses: [...known.macAddresses, ...more.slice(0, room)] }
}

function compared(known: Identity, heard: Identity): 'same' | 'other' | 'untold' {
  const before = identityOf(known)
  const now = identityOf(heard)
  if (before === null || now === null) return 'untold'
  if (before.serial !== null && now.serial !== null)
    return before.serial.toUpperCase() === now.serial.toUpperCase() ? 'same' : 'other'
  if (before.macAddresses.length === 0 || now.macAddresses.length === 0) return 'untold'
  return before.macAddresses.some((mac) => now.macAddresses.includes(mac)) ? 'same' : 'other'
}
