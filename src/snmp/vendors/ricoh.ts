import { colourOf } from '../mibs/supply-words.ts'
import { numberAt, type PrivateOid, rowsOf, type Told } from '../mibs/told.ts'
import { counted, countOf, serialOf, sum, textOf } from './facts.ts'
import { cleanModel } from './model.ts'
import type { Described, Vendor } from './vendor.ts'

// Ricoh, and the names it sells under. Ricoh Private MIB Specification 4.050; counters after glpi-agent.

const system = '1.3.6.1.4.1.367.3.2.1.1.1'
const engine = '1.3.6.1.4.1.367.3.2.1.2'
const model: PrivateOid = `${system}.1`
const firmware: PrivateOid = `${system}.2`
const serial: PrivateOid = `${engine}.1.4`
/** ricohEngCounterType and ricohEngCounterValue, row by row; which row counts what differs by model. */
const counterType: PrivateOid = `${engine}.19.5.1.2`
const counter: PrivateOid = `${engine}.19.5.1.9`
/** Types: all there is; what was printed, then what was copied and faxed, without colour and with. */
const total = 10
const black: readonly [readonly number[], readonly number[]] = [[401], [201, 300]]
const coloured: typeof black = [
  [402, 403],
  [202, 203],
]
const tonerName: PrivateOid = `${engine}.24.1.1.2`
const tonerLevel: PrivateOid = `${engine}.24.1.1.5`

const makers = [
  'ricoh',
  'lanier',
  'nrg',
  'gestetner',
  'savin',
  'infotec',
  'rex-rotary',
  'nashuatec',
]

export const ricoh: Vendor = {
  name: 'ricoh',
  enterprises: [367],
  describes: /^(?:ricoh|lanier|nrg|gestetner|savin|infotec|rex-?rotary|nashuatec|aficio)\b/i,
  serials: [serial],
  constant: [model, firmware, serial, counterType, tonerName],
  changing: [counter, tonerLevel],

  identity(told, reading) {
    const packed = unpack(reading)
    return {
      serial: serialOf(told, serial),
      model: cleanModel(textOf(told, model) ?? packed.model ?? reading.device.model, makers),
      firmware: textOf(told, firmware) ?? packed.firmware,
    }
  },

  rows: (told) => ({
    [counter]: rowsOfTypes(told, [total, ...black.flat(), ...coloured.flat()]),
  }),

  counters(told) {
    const all = (types: readonly number[]) =>
      sum(rowsOfTypes(told, types).map((row) => countOf(told, counter, row)))
    const both = ([printed, others]: typeof black) =>
      all(printed) === null ? null : all([...printed, ...others])
    return counted({ total: all([total]), mono: both(black), colour: both(coloured), duplex: null })
  },

  /** Its own rows are in an order of its own (IM C2000: cyan first), and Printer-MIB's has waste at 2. */
  percents(told, supplies) {
    const levels = new Map<string, number>()
    for (const row of rowsOf(told, tonerLevel).keys()) {
      const name = textOf(told, tonerName, row)
      // The first row is black's on some and cyan's on others.
      if (name === null) continue
      const colour = colourOf(null, name) ?? 'black'
      const level = percentOf(numberAt(told, tonerLevel, row))
      if (level !== null && !levels.has(colour)) levels.set(colour, level)
    }
    const percents = new Map<string, number>()
    for (const { index, kind, colour, percent, level } of supplies) {
      if (kind !== 'toner' || percent !== null) continue
      const known = levels.get(colour ?? 'black') ?? (level === nearEmpty ? 0 : undefined)
      if (known !== undefined) percents.set(index, known)
    }
    return percents
  },
}

function rowsOfTypes(told: Told, types: readonly number[]): string[] {
  return [...rowsOf(told, counterType).keys()].filter((row) =>
    types.includes(numberAt(told, counterType, row) ?? 0),
  )
}

/** ricohEngTonerLevel, and Printer-MIB's level too on older models. */
const nearEmpty = -100

function percentOf(level: number | null): number | null {
  if (level === nearEmpty) return 0
  return level !== null && level >= 0 && level <= 100 ? level : null
}

/** `LANIER MP C3501/LD635C 2.01 / LANIER Network Printer C model / …` */
function unpack({ system }: Described): { model: string | null; firmware: string | null } {
  const [first = '', second] = (system.description ?? '').slice(0, 200).split(' / ')
  const blank = first.lastIndexOf(' ')
  const version = first.slice(blank + 1)
  return second !== undefined && blank > 0 && /^\d[\d.]{0,15}$/.test(version)
    ? { model: first.slice(0, blank), firmware: version }
    : { model: null, firmware: null }
}
