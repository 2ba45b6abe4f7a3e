import type { Reading } from '../../core/status/reading.ts'
import { hrDevicePrinter, type Name, type Table } from './oids.ts'
import { readText } from './text.ts'
import { byIndex, indexesOf, numberAt, octetsAt, rowsOf, scalarOf, type Told } from './told.ts'

// Who the printer is: the system group, its device among its devices, serial, name, network addresses.

const hrDeviceStatuses = ['unknown', 'running', 'warning', 'testing', 'down']
const hrPrinterStatuses = ['other', 'unknown', 'idle', 'printing', 'warmup']

/** The tables whose rows belong to a device, by the number of arcs of an index; the first is the device. */
const arcsOf = {
  general: 1,
  covers: 2,
  localization: 2,
  inputs: 2,
  outputs: 2,
  markers: 2,
  supplies: 2,
  colorants: 2,
  console: 2,
  alerts: 2,
} as const satisfies Partial<Record<Table, number>>

/**
 * hrDeviceIndex of the printer: the lowest device typed printer, else the lowest in hrPrinterTable, else
 * in the Printer-MIB, else in hrDeviceTable. HP P1505n types no device; some Officejets number theirs 0.
 */
export function deviceIndex(told: Told): string | null {
  const typed = [...rowsOf(told, 'hrDeviceType')]
    .filter(([, cell]) => cell.kind === 'oid' && cell.oid === hrDevicePrinter)
    .map(([index]) => index)
  return (
    lowest(typed.filter(isOneArc)) ??
    lowest(indexesOf(told, 'printer').filter(isOneArc)) ??
    deviceOfFirst(told, 'hrPrinterEntry') ??
    lowest(printerMibDevices(told)) ??
    deviceOfFirst(told, 'printmib') ??
    lowest(indexesOf(told, 'device').filter(isOneArc)) ??
    deviceOfFirst(told, 'hrDeviceEntry')
  )
}

const isOneArc = (index: string): boolean => !index.includes('.')

/**
 * From the first row of columns that are not read: `1.1.3` of an entry of HOST-RESOURCES-MIB is device 3;
 * `8.2.1.9.1.2` of the Printer-MIB is table, entry, column, device 1 and row 2. Rows of another length
 * have left the device out, and 43.5.2 and 43.5.3 have none.
 */
function deviceOfFirst(told: Told, name: Name): string | null {
  const [first = ''] = rowsOf(told, name).keys()
  const arcs = first.split('.')
  if (name !== 'printmib') return arcs.length === 2 ? (arcs[1] ?? null) : null
  if (/^5\.[23]\./.test(first)) return null
  return arcs.length === (first.startsWith('5.1.') ? 5 : 6) ? (arcs[4] ?? null) : null
}

function printerMibDevices(told: Told): string[] {
  return Object.entries(arcsOf).flatMap(([table, arcs]) =>
    indexesOf(told, table as keyof typeof arcsOf)
      .map((index) => index.split('.'))
      .filter((index) => index.length === arcs)
      .map(([device = '']) => device),
  )
}

const lowest = (indexes: string[]): string | null => indexes.sort(byIndex)[0] ?? null

/** IANA numbers of the printer's own language and of its panel's (RFC 3805, prtLocalizationTable). */
export function charsetsOf(told: Told, device: string | null) {
  const charset = (name: 'prtGeneralCurrentLocalization' | 'prtConsoleLocalization') => {
    const current = device === null ? null : numberAt(told, name, device)
    const [only = ''] = indexesOf(told, 'localization')
    const index = current === null ? only : `${device}.${current}`
    return numberAt(told, 'prtLocalizationCharacterSet', index)
  }
  return {
    general: charset('prtGeneralCurrentLocalization'),
    console: charset('prtConsoleLocalization'),
  }
}

export function readSystem(told: Told, charset: number | null): Reading['system'] {
  const words = (name: 'sysDescr' | 'sysName' | 'sysLocation') => {
    const cell = scalarOf(told, name)
    return cell?.kind === 'octets' ? readText(cell.octets, charset) : null
  }
  const objectId = scalarOf(told, 'sysObjectID')
  const upTime = scalarOf(told, 'sysUpTime')
  return {
    description: words('sysDescr'),
    objectId: objectId?.kind === 'oid' ? objectId.oid : null,
    name: words('sysName'),
    location: words('sysLocation'),
    // Hundredths of a second since the agent began (RFC 3418).
    uptimeSeconds: upTime?.kind === 'number' ? Math.floor(upTime.number / 100) : null,
  }
}

export function readDevice(told: Told, device: string | null, charset: number | null) {
  const at = device ?? ''
  return {
    index: device === null ? null : Number(device),
    model: readText(octetsAt(told, 'hrDeviceDescr', at), charset),
    status: coded(numberAt(told, 'hrDeviceStatus', at), hrDeviceStatuses),
  } satisfies Reading['device']
}

export function readPrinterStatus(told: Told, device: string | null): Reading['status'] {
  return coded(numberAt(told, 'hrPrinterStatus', device ?? ''), hrPrinterStatuses)
}

/** `names` from 1 on. */
function coded(code: number | null, names: readonly string[]): Reading['status'] {
  return code === null ? null : { code, name: names[code - 1] ?? null }
}

export function readIdentity(
  told: Told,
  device: string | null,
  charset: number | null,
): Reading['identity'] {
  const at = device ?? ''
  const serial = readText(octetsAt(told, 'prtGeneralSerialNumber', at), charset)
  return {
    serial,
    printerName: readText(octetsAt(told, 'prtGeneralPrinterName', at), charset),
    macAddresses: readMacAddresses(told),
    model: null,
    firmware: null,
    source: serial === null ? null : 'printer-mib',
  }
}

/** Six octets each; loopback has none, some bridges repeat one, and all zeros or ones are nobody's. */
function readMacAddresses(told: Told): string[] {
  const addresses = new Set<string>()
  for (const index of [...rowsOf(told, 'ifPhysAddress').keys()].sort(byIndex)) {
    const octets = octetsAt(told, 'ifPhysAddress', index)
    if (octets?.length !== 6 || octets.every((octet) => octet === 0 || octet === 0xff)) continue
    addresses.add([...octets].map((octet) => octet.toString(16).padStart(2, '0')).join(':'))
  }
  return [...addresses].map((address) => address.toUpperCase())
}
