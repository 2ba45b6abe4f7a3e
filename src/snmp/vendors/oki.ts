import type { PrivateOid } from '../mibs/told.ts'
import { readDeviceId } from './device-id.ts'
import { serialOf, textOf } from './facts.ts'
import { cleanModel } from './model.ts'
import type { Vendor } from './vendor.ts'

// OKI. Objects after glpi-agent; it answers HP's device ID as well.

const model: PrivateOid = '1.3.6.1.4.1.2001.1.1.1.1.11.1.10.25'
const serial: PrivateOid = '1.3.6.1.4.1.2001.1.1.1.1.11.1.10.45'
const deviceId: PrivateOid = '1.3.6.1.4.1.11.2.3.9.1.1.7'

export const oki: Vendor = {
  name: 'oki',
  enterprises: [2001],
  describes: /^oki\b/i,
  serials: [serial],
  constant: [model, serial, deviceId],
  changing: [],

  identity(told, { system, device }) {
    // `OKI OkiLAN 9450g Rev.00.69 … PrintServer: Attached to MC873 Rev.07.87 : Copyright …`
    const attached = /Attached to (\S{1,40}) Rev\.([\d.]{1,20})/.exec(system.description ?? '')
    return {
      serial: serialOf(told, serial),
      model: cleanModel(
        textOf(told, model) ??
          attached?.[1] ??
          readDeviceId(textOf(told, deviceId)).model ??
          device.model,
        ['oki', 'oki data corp'],
      ),
      firmware: attached?.[2] ?? null,
    }
  },
}
