import type { Device } from './printer.ts'

// Which device it is: by its serial, else by its network cards; never by its address, which moves.

export type Identity = Pick<Device, 'serial' | 'macAddresses'>

/** Blanked, unset and factory serials that many devices share: 'XXXXXXXX', '0000', '<private>'. */
const nobodys = /^(?:<.*>|n\/?a|none|unknown|default|null|([x0\-.*?])\1*)$/i

/** null: it tells neither a serial nor a network card that is anybody's. */
export function identityOf({ serial, macAddresses }: Identity): Identity | null {
  const own = serial?.trim() ?? ''
  const known = own === '' || nobodys.test(own) ? null : own
  return known === null && macAddresses.length === 0 ? null : { serial: known, macAddresses }
}

/**
 * Whether another device is heard than `known`. Where both tell a serial, the serial decides; else one
 * shared network card makes them the same, for a printer may have two. What cannot be told is no other.
 */
export function isOther(known: Identity, heard: Identity): boolean {
  const before = identityOf(known)
  const now = identityOf(heard)
  if (before === null || now === null) return false
  if (before.serial !== null && now.serial !== null)
    return before.serial.toUpperCase() !== now.serial.toUpperCase()
  if (before.macAddresses.length === 0 || now.macAddresses.length === 0) return false
  return !before.macAddresses.some((mac) => now.macAddresses.includes(mac))
}
