import type { Supply } from '../../core/status/reading.ts'
import { percentOf } from '../mibs/level.ts'
import { colourOf } from '../mibs/supply-words.ts'
import { numberAt, type PrivateOid, rowsOf } from '../mibs/told.ts'
import { textOf } from './facts.ts'
import type { Vendor } from './vendor.ts'

// LEXMARK-MPS-MIB, currentSuppliesTable. Printer-MIB's level of a low cartridge is -3; this one goes on.

const entry = '1.3.6.1.4.1.641.6.4.4.1.1'
const type: PrivateOid = `${entry}.3`
const colorant: PrivateOid = `${entry}.4`
const capacity: PrivateOid = `${entry}.14`
const level: PrivateOid = `${entry}.16`

/** SupplyTypeTC. */
const kinds: Readonly<Record<number, Supply['kind']>> = {
  3: 'ink',
  4: 'ink',
  6: 'toner',
  7: 'drum',
  8: 'belt',
  9: 'fuser',
  10: 'waste',
  11: 'staples',
}
/** The level of a waste box would have to be turned round, and nobody tells whether. */
const consumed: ReadonlySet<Supply['kind']> = new Set(['ink', 'toner', 'drum', 'belt', 'fuser'])

export const suppliesOf = {
  constant: [type, colorant],
  changing: [capacity, level],
  percents(told, supplies) {
    const known = new Map<string, number | null>()
    for (const row of rowsOf(told, level).keys()) {
      const kind = kinds[numberAt(told, type, row) ?? 0]
      if (kind === undefined) continue
      const name = nameOf(kind, colourOf(textOf(told, colorant, row), null))
      const percent = percentOf(numberAt(told, level, row), numberAt(told, capacity, row), null)
      // Two of a kind: which of them Printer-MIB means is not known.
      known.set(name, known.has(name) ? null : percent)
    }
    const percents = new Map<string, number>()
    for (const { index, kind, colour, percent } of supplies) {
      const told = consumed.has(kind) && percent === null ? known.get(nameOf(kind, colour)) : null
      if (typeof told === 'number') percents.set(index, told)
    }
    return percents
  },
} satisfies Pick<Vendor, 'constant' | 'changing' | 'percents'>

/** A printer of one colour does not always say which. */
const nameOf = (kind: Supply['kind'], colour: string | null) => `${colour ?? 'black'} ${kind}`
