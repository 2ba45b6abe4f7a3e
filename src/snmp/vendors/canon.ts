import type { PrivateOid } from '../mibs/told.ts'
import { counted, countOf, serialOf, sum, textOf } from './facts.ts'
import { cleanModel } from './model.ts'
import type { Described, Vendor } from './vendor.ts'

// CANON-MIB; serial and counters after glpi-agent and glpi's printer templates.

const model: PrivateOid = '1.3.6.1.4.1.1602.1.1.1.1'
const firmware: PrivateOid = '1.3.6.1.4.1.1602.1.1.1.4'
const serial: PrivateOid = '1.3.6.1.4.1.1602.1.2.1.4'
/** canServInfoSerialNumberDeviceNumber. */
const deviceNumber: PrivateOid = '1.3.6.1.4.1.1602.1.2.1.8.1.3'
/** By the number that the panel's counter check shows beside each. */
const counters: PrivateOid = '1.3.6.1.4.1.1602.1.11.1.3.1.4'

/** Black and colour come apart for large and small paper; some have black in all instead. */
const number = {
  total: '101',
  black: '108',
  largeBlack: '112',
  smallBlack: '113',
  largeColour: '122',
  smallColour: '123',
}

export const canon: Vendor = {
  name: 'canon',
  enterprises: [1602],
  describes: /^canon\b/i,
  serials: [serial, deviceNumber],
  constant: [model, firmware, serial, deviceNumber],
  changing: [counters],
  rows: () => ({ [counters]: Object.values(number) }),

  identity: (told, reading) => ({
    serial: serialOf(told, serial) ?? serialOf(told, deviceNumber),
    model: cleanModel(textOf(told, model) ?? described(reading), ['canon']),
    firmware: textOf(told, firmware),
  }),

  counters(told) {
    const count = (row: string) => countOf(told, counters, row)
    return counted({
      total: count(number.total),
      mono: sum([number.largeBlack, number.smallBlack].map(count)) ?? count(number.black),
      colour: sum([number.largeColour, number.smallColour].map(count)),
      duplex: null,
    })
  },
}

/** `Canon iR-ADV C5235 /P` */
function described({ system, device }: Described): string | null {
  const text = device.model ?? system.description
  return text?.endsWith(' /P') ? text.slice(0, -' /P'.length) : text
}
