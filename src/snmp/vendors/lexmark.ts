import { numberAt, type PrivateOid, rowsOf, type Told } from '../mibs/told.ts'
import { counted, countOf, serialIn, serialOf, textOf } from './facts.ts'
import { suppliesOf } from './lexmark-supplies.ts'
import { cleanModel } from './model.ts'
import type { Described, Vendor, VendorIdentity } from './vendor.ts'

// LEXMARK-PVT-MIB and LEXMARK-MPS-MIB: Lexmark itself, and what it makes for Toshiba. Dell's are `dell`.

const general = '1.3.6.1.4.1.641.2.1.2.1'
const revision: PrivateOid = `${general}.4`
const serial: PrivateOid = `${general}.6`
/** deviceModel, deviceSerialNumber. */
const deviceModel: PrivateOid = '1.3.6.1.4.1.641.6.2.3.1.4'
const deviceSerial: PrivateOid = '1.3.6.1.4.1.641.6.2.3.1.5'
/** paperGeneralCountTable: what each row counts, in sheets or sides, and how many. */
const papers = '1.3.6.1.4.1.641.6.4.2.1.1'
const paperType: PrivateOid = `${papers}.2`
const paperUnit: PrivateOid = `${papers}.3`
const paperCount: PrivateOid = `${papers}.4`

const makers = ['lexmark', 'toshiba', 'dell', 'source technologies', 'infoprint']

export const lexmark: Vendor = {
  name: 'lexmark',
  enterprises: [641],
  describes: /^lexmark\b/i,
  serials: [deviceSerial, serial],
  constant: [
    ...[revision, serial, deviceModel, deviceSerial, paperType, paperUnit],
    ...suppliesOf.constant,
  ],
  changing: [paperCount, ...suppliesOf.changing],

  rows: (told) => ({
    [paperCount]: Object.values(paperCounts).flatMap((type) => rowsOfType(told, type)),
  }),

  identity(told, reading) {
    const packed = unpack(reading)
    return {
      serial: packed.serial ?? serialOf(told, deviceSerial) ?? serialOf(told, serial),
      model: packed.model ?? cleanModel(textOf(told, deviceModel), makers),
      firmware: packed.firmware ?? textOf(told, revision),
    }
  },

  counters: (told) =>
    counted({
      total: sides(told, paperCounts.total),
      mono: sides(told, paperCounts.mono),
      colour: sides(told, paperCounts.colour),
      duplex: null,
    }),

  percents: suppliesOf.percents,
}

/** PaperGeneralCountType: totalSafe, totalMonoSafe, totalColorSafe; safe is what came out. */
const paperCounts = { total: 2, mono: 3, colour: 4 }
/** UnitsTC. */
const unitSides = 4

function sides(told: Told, type: number): number | null {
  const [row] = rowsOfType(told, type)
  return row === undefined ? null : countOf(told, paperCount, row)
}

function rowsOfType(told: Told, type: number): string[] {
  return [...rowsOf(told, paperType).keys()].filter(
    (row) =>
      numberAt(told, paperType, row) === type &&
      (numberAt(told, paperUnit, row) ?? unitSides) === unitSides,
  )
}

/**
 * hrDeviceDescr: `Lexmark CS310dn 502730946C0PY LW63.VYL.P638`; sysDescr: `Dell S5830dn version
 * NH62.YS.N636 kernel 3.0.0 All-N-1`.
 */
export function unpack({ system, device }: Described): VendorIdentity {
  const words = (device.model ?? '').slice(0, 200).trim().split(/\s+/)
  const [serial = '', firmware = ''] = words.slice(-2)
  if (words.length > 3 && isSerial(serial) && isFirmware(firmware)) {
    return {
      serial: serialIn(serial),
      model: cleanModel(words.slice(0, -2).join(' '), makers),
      firmware,
    }
  }
  const [model = '', rest = ''] = (system.description ?? '').slice(0, 200).split(' version ')
  const [version = ''] = rest.split(' ')
  return {
    serial: null,
    model: cleanModel(device.model ?? (isFirmware(version) ? model : null), makers),
    firmware: isFirmware(version) ? version : null,
  }
}

const isSerial = (word: string): boolean => /^[A-Z\d-]{6,20}$/.test(word) && /\d/.test(word)
const isFirmware = (word: string): boolean => /^[A-Z\d]{2,12}\.[A-Z\d.]{2,20}$/.test(word)
