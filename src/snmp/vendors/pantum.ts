import type { PrivateOid } from '../mibs/told.ts'
import { serialOf } from './facts.ts'
import { cleanModel } from './model.ts'
import type { Vendor } from './vendor.ts'

// Pantum has moved its serial twice (glpi-agent).

const serials: readonly PrivateOid[] = [
  '1.3.6.1.4.1.40093.1.1.1.5',
  '1.3.6.1.4.1.40093.6.1.2',
  '1.3.6.1.4.1.40093.10.1.1.4',
]

export const pantum: Vendor = {
  name: 'pantum',
  enterprises: [40093],
  describes: /^pantum\b/i,
  serials,
  constant: serials,
  changing: [],

  identity: (told, { device }) => ({
    serial: serials.map((oid) => serialOf(told, oid)).find((serial) => serial !== null) ?? null,
    model: cleanModel(device.model, ['pantum']),
    firmware: null,
  }),
}
