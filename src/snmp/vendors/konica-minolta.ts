import type { PrivateOid } from '../mibs/told.ts'
import { counted, countOf, sum, textOf } from './facts.ts'
import { cleanModel } from './model.ts'
import type { Vendor } from './vendor.ts'

// Konica Minolta, and Develop that it makes. Objects after glpi-agent and LibreNMS.

const system = '1.3.6.1.4.1.18334.1.1.1.1.6'
const version: PrivateOid = `${system}.1`
const model: PrivateOid = `${system}.2.1`
const pages = '1.3.6.1.4.1.18334.1.1.1.5.7.2'
/** 1 all, 3 both sides. */
const totals: PrivateOid = `${pages}.1`
/** By colour (1 black, 2 full, 3 single) and by what made them (1 copier, 2 printer). */
const byFunction: PrivateOid = `${pages}.2.1.5`

export const konicaMinolta: Vendor = {
  name: 'konica-minolta',
  enterprises: [18334],
  describes: /^(?:konica ?minolta|develop)\b/i,
  constant: [version, model],
  changing: [totals, byFunction],
  rows: () => ({ [totals]: ['1.0', '3.0'] }),

  /** hrDeviceDescr may be an engine's name: `Generic 28C-1`. */
  identity: (told, { system, device }) => ({
    serial: null,
    model: cleanModel(textOf(told, model) ?? named(device.model) ?? named(system.description), [
      'konica minolta',
      'develop',
    ]),
    firmware: textOf(told, version),
  }),

  counters(told) {
    const cells = (...rows: readonly string[]) =>
      sum(rows.map((row) => countOf(told, byFunction, row)))
    return counted({
      total: countOf(told, totals, '1.0'),
      mono: cells('1.1', '1.2'),
      colour: cells('2.1', '2.2', '3.1', '3.2'),
      duplex: countOf(told, totals, '3.0'),
    })
  },
}

const named = (text: string | null) => (/^generic\b/i.test(text ?? '') ? null : text)
