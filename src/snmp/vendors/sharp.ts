import type { PrivateOid } from '../mibs/told.ts'
import { counted, countOf, sum, textOf } from './facts.ts'
import { cleanModel } from './model.ts'
import type { Vendor } from './vendor.ts'

// Sharp names its counters beside them (2385.1.1.19.2.1.4): these are of an MX-3570N.

const firmware: PrivateOid = '1.3.6.1.4.1.2385.2.1.1.2.1.2'
const prints: PrivateOid = '1.3.6.1.4.1.2385.1.1.19.2.1.3.1.4'
/** Total Count: 61 black and white, 63 full, 64 two and 80 single colour. */
const totals: PrivateOid = '1.3.6.1.4.1.2385.1.1.19.2.1.3.5.4'
const duplexRow = '75'

export const sharp: Vendor = {
  name: 'sharp',
  enterprises: [2385],
  describes: /^sharp\b/i,
  constant: [firmware],
  changing: [prints, totals],
  rows: () => ({ [prints]: [duplexRow] }),

  identity: (told, { system, device }) => ({
    serial: null,
    model: cleanModel(device.model ?? system.description, ['sharp']),
    firmware: textOf(told, firmware),
  }),

  counters(told) {
    const total = (row: string) => countOf(told, totals, row)
    return counted({
      total: sum(['61', '63', '64', '80'].map(total)),
      mono: total('61'),
      colour: sum(['63', '64', '80'].map(total)),
      duplex: countOf(told, prints, duplexRow),
    })
  },
}
