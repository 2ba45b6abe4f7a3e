import type { Supply } from '../../core/status/reading.ts'
import { octetsAt, type PrivateOid, rowsOf, type Told } from '../mibs/told.ts'
import { readDeviceId } from './device-id.ts'
import { counted, serialOf, textOf } from './facts.ts'
import { cleanModel } from './model.ts'
import type { Vendor } from './vendor.ts'

// BROTHER-MIB; the kinds of records after bieniu/brother and saper-2/BRN-Printer-sCounters-Info.

const printerInfo = '1.3.6.1.4.1.2435.2.3.9.4.2.1.5.5'
const serial: PrivateOid = `${printerInfo}.1`
const maintenance: PrivateOid = `${printerInfo}.8`
const pages: PrivateOid = `${printerInfo}.10`
const firmware: PrivateOid = `${printerInfo}.17`
const deviceId: PrivateOid = '1.3.6.1.4.1.2435.2.3.9.1.1.7'
/** brpsFirmwareDescription, `Firmware Ver.Q`: of those that lack the other. */
const olderFirmware: PrivateOid = '1.3.6.1.4.1.2435.2.4.3.1240.6.5'

export const brother: Vendor = {
  name: 'brother',
  enterprises: [2435],
  describes: /^brother\b/i,
  serials: [serial],
  constant: [serial, firmware, deviceId, olderFirmware],
  changing: [maintenance, pages],

  identity(told, { device }) {
    const described = /^brother /i.test(device.model ?? '') ? device.model : null
    return {
      serial: serialOf(told, serial),
      model: cleanModel(described ?? readDeviceId(textOf(told, deviceId)).model, ['brother']),
      firmware: textOf(told, firmware) ?? olderVersion(textOf(told, olderFirmware)),
    }
  },

  counters(told) {
    const records = recordsOf(told, pages)
    const count = (kind: number) => records.get(kind) ?? null
    return counted({
      total: count(0x00),
      mono: count(0x01),
      colour: count(0x02),
      duplex: count(0x06),
    })
  },

  percents(told, supplies) {
    const records = recordsOf(told, maintenance)
    const percents = new Map<string, number>()
    for (const supply of supplies) {
      const percent = supply.percent === null || isStage(supply) ? percentOf(records, supply) : null
      if (percent !== null) percents.set(supply.index, percent)
    }
    return percents
  },
}

/** Toners of some models give 0 to 3 for full, low, empty and nearly empty (LibreNMS, PrinterSupplies). */
function isStage({ kind, level }: Supply): boolean {
  return (kind === 'toner' || kind === 'ink') && level !== null && level >= 0 && level <= 3
}

/** Hundredths of a percent; by colour, in the order of `colours`. */
const toners = [0x6f, 0x70, 0x71, 0x72]
/** Percent in steps of ten. */
const coarseToners = [0x81, 0x82, 0x83, 0x84]
const drums = [0x80, 0x79, 0x7a, 0x7b]
const onlyDrum = 0x41
const belt = 0x69
const fuser = 0x6a
/** Inks of old models: a share of a share, percent already (`shortRecords`). */
const oldInks = [0xa1, 0xa2, 0xa3, 0xa4]
const colours = ['black', 'cyan', 'magenta', 'yellow']

function percentOf(records: ReadonlyMap<number, number>, supply: Supply): number | null {
  // A printer of one colour does not always say which.
  const at = colours.indexOf(supply.colour ?? 'black')
  const fine = (kind: number | undefined) => within(records.get(kind ?? -1), 100)
  const whole = (kind: number | undefined) => within(records.get(kind ?? -1), 1)
  switch (supply.kind) {
    case 'toner':
    case 'ink':
      return fine(toners[at]) ?? whole(coarseToners[at]) ?? whole(oldInks[at])
    case 'drum':
      return fine(drums[at]) ?? (supply.colour === null || at === 0 ? fine(onlyDrum) : null)
    case 'belt':
      return fine(belt)
    case 'fuser':
      return fine(fuser)
    default:
      return null
  }
}

function within(number: number | undefined, ofOnePercent: number): number | null {
  if (number === undefined || number > 100 * ofOnePercent) return null
  return Math.floor(number / ofOnePercent + 0.5)
}

/**
 * By kind. Records of 7 octets: kind, two octets, a number of four; 0xff ends them.
 * 6f0104 00001e14 81... ff -> 0x6f: 7700, …
 */
function recordsOf(told: Told, oid: PrivateOid): ReadonlyMap<number, number> {
  const [index = ''] = rowsOf(told, oid).keys()
  const octets = octetsAt(told, oid, index)?.subarray(0, 1024) ?? Buffer.alloc(0)
  const records = new Map<number, number>()
  if (areShort(octets)) {
    for (let at = 0; at + 5 <= octets.length; at += 5) {
      // a1 0102 04 14 -> 4 of 20.
      const [level = 0, most = 0] = octets.subarray(at + 3)
      if (most > 0) records.set(octets[at] ?? 0, Math.floor((100 * level) / most + 0.5))
    }
    return records
  }
  for (let at = 0; at + 7 <= octets.length && octets[at] !== 0xff; at += 7) {
    if (octets[at + 1] === 0x01 && octets[at + 2] === 0x04)
      records.set(octets[at] ?? 0, octets.readUInt32BE(at + 3))
  }
  return records
}

/** MFC-5490CN: records of 5 octets, each ending in 0x14. */
function areShort(octets: Buffer): boolean {
  if (octets.length < 5 || octets.length % 5 > 1) return false
  for (let at = 4; at < octets.length; at += 5) if (octets[at] !== 0x14) return false
  return true
}

/** `Firmware Ver.1.33 (06.07.21)` -> 1.33 */
function olderVersion(text: string | null): string | null {
  return /Ver\.(\S{1,40})/.exec(text ?? '')?.[1] ?? null
}
