import { cleanModel } from './model.ts'
import type { Vendor } from './vendor.ts'

// Fuji Xerox until 2021, FUJIFILM since. It has the serial in Printer-MIB and the model in sysDescr.

const makers = ['fujifilm', 'fuji xerox', 'fujixerox']

export const fujifilm: Vendor = {
  name: 'fujifilm',
  enterprises: [297],
  describes: /^fuji ?(?:film|xerox)\b/i,
  constant: [],
  changing: [],

  identity(_told, { system, device }) {
    const [described = ''] = (system.description ?? '').slice(0, 200).split(';')
    const named = makers.some((maker) => described.toLowerCase().startsWith(maker))
    return {
      serial: null,
      model: cleanModel(named ? described : device.model, makers),
      firmware: null,
    }
  },
}
