import type { PrivateOid } from '../mibs/told.ts'
import { counted, countOf, serialOf, textOf } from './facts.ts'
import { cleanModel } from './model.ts'
import type { Vendor } from './vendor.ts'

// Epson. Identity after glpi-agent; the counters of a printer where black and colour add up to all.

const model: PrivateOid = '1.3.6.1.4.1.1248.1.2.2.1.1.1.2'
const serial: PrivateOid = '1.3.6.1.4.1.1248.1.2.2.1.1.1.5'
const pages = '1.3.6.1.4.1.1248.1.2.2.27.1.1'
const total: PrivateOid = `${pages}.33`
const colour: PrivateOid = `${pages}.4`
const mono: PrivateOid = `${pages}.6`

export const epson: Vendor = {
  name: 'epson',
  enterprises: [1248],
  describes: /^epson\b/i,
  serials: [serial],
  constant: [model, serial],
  changing: [total, colour, mono],

  identity: (told, { device }) => ({
    serial: serialOf(told, serial),
    model: cleanModel(textOf(told, model) ?? device.model, ['epson', 'seiko epson']),
    firmware: null,
  }),

  counters: (told) =>
    counted({
      total: countOf(told, total),
      mono: countOf(told, mono),
      colour: countOf(told, colour),
      duplex: null,
    }),
}
