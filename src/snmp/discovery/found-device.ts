import type { FoundDevice } from '../../core/printers/found.ts'
import type { Reading } from '../../core/status/reading.ts'
import type { LinkDevice } from './announced.ts'

// What a search tells of a device: out of its reading, and out of what it says to its own link.

/** `community`: what it answered to, where that is not the site's. */
export function deviceOf(reading: Reading, community: string | null): FoundDevice {
  const { address, system, identity, device } = reading
  const isPrinter = isOfAPrinter(reading)
  return {
    ...{ address, isPrinter, community, answers: true },
    name: system.name || identity.printerName,
    make: null,
    model: isPrinter ? (identity.model ?? device.model) : null,
    description: system.description,
    location: system.location || null,
    serial: identity.serial,
    macAddresses: identity.macAddresses,
  }
}

/** Whether it told anything that only Printer-MIB or a printer's maker has; every server has devices. */
function isOfAPrinter({ status, errors, identity, ...tables }: Reading): boolean {
  const { supplies, trays, outputs, covers, markers, alerts, console } = tables
  const rows = [supplies, trays, outputs, covers, markers, alerts, console]
  return (
    status !== null ||
    errors !== null ||
    identity.source !== null ||
    identity.printerName !== null ||
    rows.some(({ length }) => length > 0)
  )
}

/** What it says of itself to its link fills what it did not tell by SNMP. */
export function together(device: FoundDevice | undefined, link: LinkDevice): FoundDevice {
  const { address, name, make, model, location } = link
  const told = { name, make, model, location }
  if (!device)
    return {
      ...{ address, ...told, isPrinter: true, answers: false },
      ...{ description: null, serial: null, macAddresses: [], community: null },
    }
  return {
    ...device,
    isPrinter: true,
    name: device.name ?? name,
    make: device.make ?? make,
    model: device.model ?? model,
    location: device.location ?? location,
  }
}
