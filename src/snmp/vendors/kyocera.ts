import { type PrivateOid, rowsOf } from '../mibs/told.ts'
import { counted, countOf, serialOf, sum, textOf } from './facts.ts'
import { cleanModel } from './model.ts'
import type { Vendor } from './vendor.ts'

// Kyocera, and UTAX, Triumph-Adler and Olivetti that it makes. Counters after glpi-agent.

const model: PrivateOid = '1.3.6.1.4.1.1347.43.5.1.1.1'
const serial: PrivateOid = '1.3.6.1.4.1.1347.43.5.1.1.28'
const firmware: PrivateOid = '1.3.6.1.4.1.1347.43.5.4.1.5'
const total: PrivateOid = '1.3.6.1.4.1.1347.43.10.1.1.12'
/** Pages by what made them (1 printer, 2 copier, 4 fax) and colour (1 none, 2 one or any, 3 full). */
const byFunction: PrivateOid = '1.3.6.1.4.1.1347.42.3.1.2.1.1'
/** Of plain printers, which lack the other: 1.1 without colour, 1.2 with. */
const byColour: PrivateOid = '1.3.6.1.4.1.1347.42.2.2.1.1.3'

export const kyocera: Vendor = {
  name: 'kyocera',
  enterprises: [1347],
  describes: /^(?:kyocera|ta_utax|utax|triumph.?adler|ta triumph)/i,
  serials: [serial],
  constant: [model, serial, firmware],
  changing: [total, byFunction, byColour],

  identity: (told, { device }) => ({
    serial: serialOf(told, serial),
    model: cleanModel(textOf(told, model) ?? device.model, [
      'kyocera',
      'utax',
      'triumph-adler',
      'ta triumph-adler',
      'olivetti',
    ]),
    firmware: textOf(told, firmware),
  }),

  counters(told) {
    const cells = (...rows: readonly string[]) =>
      sum(rows.map((row) => countOf(told, byFunction, row)))
    const multi = rowsOf(told, byFunction).size > 0
    return counted({
      total: countOf(told, total),
      mono: multi ? cells('1.1', '2.1', '4.1') : countOf(told, byColour, '1.1'),
      colour: multi ? cells('1.2', '1.3', '2.2', '2.3') : countOf(told, byColour, '1.2'),
      duplex: null,
    })
  },
}
