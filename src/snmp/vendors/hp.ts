import { octetsAt, type PrivateOid, rowsOf, type Told } from '../mibs/told.ts'
import { readDeviceId } from './device-id.ts'
import { cleanText, counted, countOf, serialIn, textOf } from './facts.ts'
import { cleanModel } from './model.ts'
import type { Vendor } from './vendor.ts'

// HP-LASERJET-COMMON-MIB, JETDIRECT3-MIB.

const deviceId: PrivateOid = '1.3.6.1.4.1.11.2.3.9.1.1.7'
const id = '1.3.6.1.4.1.11.2.3.9.4.2.1.1.3'
const modelName: PrivateOid = `${id}.2`
const serialNumber: PrivateOid = `${id}.3`
const romDate: PrivateOid = `${id}.5`
const romRevision: PrivateOid = `${id}.6`
const engine = '1.3.6.1.4.1.11.2.3.9.4.2.1.4.1.2'
const pages: PrivateOid = `${engine}.5`
const monoPages: PrivateOid = `${engine}.6`
const colourPages: PrivateOid = `${engine}.7`
const duplexPages: PrivateOid = `${engine}.22`

const makers = ['hewlett-packard', 'hp']

export const hp: Vendor = {
  name: 'hp',
  // 29999 and 26696: some Officejets and LaserJet Pro (glpi-agent).
  enterprises: [11, 29999, 26696],
  describes: /^(?:hp|hewlett-packard)\b/i,
  serials: [serialNumber],
  constant: [deviceId, modelName, serialNumber, romDate, romRevision],
  changing: [pages, monoPages, colourPages, duplexPages],

  identity(told, { system, device }) {
    const { model, description } = readDeviceId(textOf(told, deviceId))
    return {
      serial: serialIn(marked(told, serialNumber)) ?? packedSerial(system.description),
      // MDL names a family on LaserJet Pro (`M129-M134`), the others this printer.
      model: cleanModel(device.model ?? description ?? model ?? marked(told, modelName), makers),
      firmware: marked(told, romRevision) ?? marked(told, romDate),
    }
  },

  counters: (told) =>
    counted({
      total: countOf(told, pages),
      mono: countOf(told, monoPages),
      colour: countOf(told, colourPages),
      duplex: countOf(told, duplexPages),
    }),
}

/** PML texts begin with two octets for the symbol set: 0115 56…  -> V… */
function marked(told: Told, oid: PrivateOid): string | null {
  const [index = ''] = rowsOf(told, oid).keys()
  const octets = octetsAt(told, oid, index)
  const first = octets?.[0]
  return cleanText(octets?.subarray(first !== undefined && first < 0x20 ? 2 : 0) ?? null)
}

/** `HP ETHERNET MULTI-ENVIRONMENT,SN:VNCRC48198,FN:4Q817L4,…` of printers with the network built in. */
function packedSerial(description: string | null): string | null {
  return serialIn(/,SN:([A-Z\d]{6,20}),/.exec(description ?? '')?.[1] ?? null)
}
