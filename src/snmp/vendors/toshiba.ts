import type { PrivateOid } from '../mibs/told.ts'
import { serialOf, textOf } from './facts.ts'
import { cleanModel } from './model.ts'
import type { Vendor } from './vendor.ts'

// Toshiba TEC: e-STUDIO copiers, and label printers, which have no Printer-MIB (glpi-agent: BCP-MIB).

const labels = '1.3.6.1.4.1.1129.1.2.1.1.1'
const productNumber: PrivateOid = `${labels}.1.1`
const productVersion: PrivateOid = `${labels}.1.2`
const deviceModel: PrivateOid = `${labels}.2.1`

const makers = ['toshiba tec', 'toshiba']

export const toshiba: Vendor = {
  name: 'toshiba',
  enterprises: [1129],
  describes: /^toshiba\b/i,
  serials: [productNumber],
  constant: [productNumber, productVersion, deviceModel],
  changing: [],

  identity: (told, { system, device }) => ({
    serial: serialOf(told, productNumber),
    model: cleanModel(textOf(told, deviceModel) ?? device.model ?? system.description, makers),
    firmware: textOf(told, productVersion),
  }),
}
