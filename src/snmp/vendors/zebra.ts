import type { PrivateOid } from '../mibs/told.ts'
import { serialOf, textOf } from './facts.ts'
import { cleanModel } from './model.ts'
import type { Vendor } from './vendor.ts'

// Label printers: no Printer-MIB. ZEBRA-QL-MIB, and ESI-MIB of the print servers (glpi-agent).

const model: PrivateOid = '1.3.6.1.4.1.10642.1.1'
const firmware: PrivateOid = '1.3.6.1.4.1.10642.1.2'
/** More exact than the print server's where both are there (GK420, ZE500). */
const serial: PrivateOid = '1.3.6.1.4.1.10642.200.19.5'
const serverSerial: PrivateOid = '1.3.6.1.4.1.683.1.5'
const serverFirmware: PrivateOid = '1.3.6.1.4.1.683.1.9'

export const zebra: Vendor = {
  name: 'zebra',
  enterprises: [10642, 683],
  describes: /^zebra/i,
  serials: [serial, serverSerial],
  constant: [model, firmware, serial, serverSerial, serverFirmware],
  changing: [],

  identity: (told, { device }) => ({
    serial: serialOf(told, serial) ?? serialOf(told, serverSerial),
    model: cleanModel(textOf(told, model) ?? device.model, ['ztc', 'zebra']),
    firmware: textOf(told, firmware) ?? textOf(told, serverFirmware),
  }),
}
