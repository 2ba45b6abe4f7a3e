import type { PrivateOid } from '../mibs/told.ts'
import { serialIn, serialOf, textOf } from './facts.ts'
import { cleanModel } from './model.ts'
import type { Vendor } from './vendor.ts'

// Samsung (HP's since 2017). secSysModelName, secSysFWVersion, secSysSerial.

const system = '1.3.6.1.4.1.236.11.5.1.1.1'
const model: PrivateOid = `${system}.1`
const firmware: PrivateOid = `${system}.2`
const serial: PrivateOid = `${system}.4`

export const samsung: Vendor = {
  name: 'samsung',
  enterprises: [236],
  describes: /^samsung\b/i,
  serials: [serial],
  constant: [model, firmware, serial],
  changing: [],

  identity(told, { system, device }) {
    // `Samsung CLX-3170 Series;V1.00.01.64 Sep-27-2010;Engine 1.77.81;NIC V4.01.20(…) 02-05-2010;S/N …`
    const [named = '', ...parts] = (system.description ?? '').slice(0, 300).split(/; ?/)
    const described = /^samsung /i.test(named) ? named : null
    const version = parts.find((part) => /^V\d/.test(part))?.split(' ')[0]
    const number = parts.find((part) => part.startsWith('S/N '))?.slice('S/N '.length)
    return {
      serial: serialOf(told, serial) ?? serialIn(number ?? null),
      model: cleanModel(textOf(told, model) ?? described ?? device.model, ['samsung']),
      firmware: textOf(told, firmware)?.split(' ')[0] ?? version ?? null,
    }
  },
}
