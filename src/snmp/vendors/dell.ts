import type { PrivateOid } from '../mibs/told.ts'
import { readDeviceId } from './device-id.ts'
import { textOf } from './facts.ts'
import { lexmark, unpack } from './lexmark.ts'
import { cleanModel } from './model.ts'
import type { Vendor } from './vendor.ts'

// Lasers that Lexmark, and earlier Fuji Xerox, made for Dell. Objects after LibreNMS (dell-laser).

const firmware: PrivateOid = '1.3.6.1.4.1.674.10898.100.1.1.1'
const deviceId: PrivateOid = '1.3.6.1.4.1.674.10898.100.2.1.2.1.3'

export const dell: Vendor = {
  ...lexmark,
  name: 'dell',
  enterprises: [674],
  describes: /^dell\b/i,
  constant: [...lexmark.constant, firmware, deviceId],

  identity(told, reading) {
    const packed = unpack(reading)
    const { model } = readDeviceId(textOf(told, deviceId))
    return {
      serial: packed.serial,
      model: packed.model ?? cleanModel(model, ['dell']),
      firmware: packed.firmware ?? textOf(told, firmware),
    }
  },
}
