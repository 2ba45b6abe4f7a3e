import { writeCsv } from '../csv.ts'
import type { State } from '../state.ts'
import { columns, writeRow } from './csv-columns.ts'
import { type Discovered, recogniseDevices } from './discovered.ts'
import type { FoundDevice } from './found.ts'
import { groupOf } from './printers.ts'

// What was found as the printer CSV, for import to tell what would change before anything does.

/** What the devices are to the office, and the printers among them as CSV. */
export function tellFound(state: State, devices: readonly FoundDevice[]): ToldFound {
  const discovered = recogniseDevices(state, devices)
  return { discovered, csv: writeFound(state, discovered) }
}

export interface ToldFound {
  readonly discovered: readonly Discovered[]
  readonly csv: string
}

/**
 * Known printers as they are, moved ones with their new address, new ones with a label made up of what
 * they call themselves. Left out: what is no printer, and what stands in another's place, which a person
 * decides. Communities included.
 */
function writeFound(state: State, discovered: readonly Discovered[]): string {
  const labels = new Set(Object.values(state.printers).map(({ label }) => label.toLowerCase()))
  const written = new Set<string>()
  const rows = discovered.flatMap(({ device, meaning, label }) => {
    if (label === null) {
      if (meaning !== 'new' || !device.isPrinter) return []
      const own = newLabel(device, labels)
      labels.add(own.toLowerCase())
      return [writeRow({ ...newRow(device), label: own })]
    }
    const [id = ''] = state.by.printersByLabel.get(label.toLowerCase()) ?? []
    const printer = state.printers[id]
    if (!printer || meaning === 'other' || meaning === 'again' || written.has(id)) return []
    written.add(id)
    const ipAddress = meaning === 'moved' ? device.address : printer.ipAddress
    return [writeRow({ ...printer, ipAddress, group: groupOf(state, printer)?.name ?? null })]
  })
  return writeCsv([columns, ...rows])
}

function newRow(device: FoundDevice) {
  return {
    assetTag: null,
    make: cell(device.make),
    model: cell(device.model),
    building: null,
    location: cell(device.location),
    ipAddress: device.address,
    macAddress: device.macAddresses[0] ?? null,
    serial: cell(device.serial),
    group: null,
    organisation: null,
    community: device.community,
    snmpVersion: null,
    isActive: true,
  }
}

/** `NPI3F2A1C-17` of 10.0.3.17; where that is taken `NPI3F2A1C-3-17`, and so on, then counted. */
function newLabel(device: FoundDevice, taken: ReadonlySet<string>): string {
  const stem = cut(cell(device.name) ?? cell(device.model) ?? 'Printer', 60)
  const [host = ''] = device.address.split(':')
  const parts = host.split('.')
  for (let count = 1; count <= parts.length; count++) {
    const label = [stem, ...parts.slice(-count)].join('-')
    if (!taken.has(label.toLowerCase())) return label
  }
  for (let count = 2; ; count++) {
    const label = [stem, ...parts, `(${count})`].join('-')
    if (!taken.has(label.toLowerCase())) return label
  }
}

/** What import would take: seen characters only, on one line, 200 at most. */
function cell(text: string | null): string | null {
  const clean = text
    ?.normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFFFD]+/gu, ' ')
    .trim()
  return clean ? cut(clean, 200) : null
}

/** Never in the middle of a character. */
function cut(text: string, most: number): string {
  return text
    .slice(0, most)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trim()
}
