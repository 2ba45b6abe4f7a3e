import type { PrivateOid } from '../mibs/told.ts'
import { readDeviceId } from './device-id.ts'
import { counted, countOf, textOf } from './facts.ts'
import { cleanModel } from './model.ts'
import type { Vendor } from './vendor.ts'

// XEROX-HOST-RESOURCES-EXT-MIB; counters after glpi-agent.

const deviceId: PrivateOid = '1.3.6.1.4.1.253.8.51.1.2.1.20'
/** xcmHrDevDetailValueInteger of device 1, usage counters: 1 impressions, 33 colour, 34 black. */
const impressions: PrivateOid = '1.3.6.1.4.1.253.8.53.13.2.1.6.1.20'

export const xerox: Vendor = {
  name: 'xerox',
  enterprises: [253],
  describes: /^xerox\b/i,
  constant: [deviceId],
  changing: [impressions],
  rows: () => ({ [impressions]: ['1', '33', '34'] }),

  identity(told, { system, device }) {
    const [described = ''] = (system.description ?? '').slice(0, 200).split(';')
    const { model, description } = readDeviceId(textOf(told, deviceId))
    const named = /^xerox /i.test(described) ? described : null
    return {
      serial: null,
      model: cleanModel(named ?? description ?? model ?? device.model, ['xerox']),
      firmware: systemSoftware(system.description),
    }
  },

  counters: (told) =>
    counted({
      total: countOf(told, impressions, '1'),
      mono: countOf(told, impressions, '34'),
      colour: countOf(told, impressions, '33'),
      duplex: null,
    }),
}

/**
 * `Xerox AltaLink C8045; SS 100.002.057.09608, NC …` -> 100.002.057.09608; older models write `System`.
 * Where neither is there, the parts have versions and the whole has none.
 */
function systemSoftware(description: string | null): string | null {
  return /;\s?(?:SS|System) ([\d.]{3,40})(?:[,;]|$)/.exec(description ?? '')?.[1] ?? null
}
