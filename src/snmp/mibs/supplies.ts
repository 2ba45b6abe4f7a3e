import type { Supply } from '../../core/status/reading.ts'
import { levelState, percentOf } from './level.ts'
import { colourOf, kindOf } from './supply-words.ts'
import { readText } from './text.ts'
import { indexesOf, numberAt, octetsAt, type Told } from './told.ts'

// RFC 3805, prtMarkerSuppliesTable, with the labels of IANA-PRINTER-MIB.

type Labels = Readonly<Record<number, string>>

/** PrtMarkerSuppliesClassTC. */
const classes: Labels = { 1: 'other', 3: 'supplyThatIsConsumed', 4: 'receptacleThatIsFilled' }

/** PrtMarkerSuppliesTypeTC. */
const types: Labels = {
  1: 'other',
  2: 'unknown',
  3: 'toner',
  4: 'wasteToner',
  5: 'ink',
  6: 'inkCartridge',
  7: 'inkRibbon',
  8: 'wasteInk',
  9: 'opc',
  10: 'developer',
  11: 'fuserOil',
  12: 'solidWax',
  13: 'ribbonWax',
  14: 'wasteWax',
  15: 'fuser',
  16: 'coronaWire',
  17: 'fuserOilWick',
  18: 'cleanerUnit',
  19: 'fuserCleaningPad',
  20: 'transferUnit',
  21: 'tonerCartridge',
  22: 'fuserOiler',
  23: 'water',
  24: 'wasteWater',
  25: 'glueWaterAdditive',
  26: 'wastePaper',
  27: 'bindingSupply',
  28: 'bandingSupply',
  29: 'stitchingWire',
  30: 'shrinkWrap',
  31: 'paperWrap',
  32: 'staples',
  33: 'inserts',
  34: 'covers',
  35: 'matteToner',
  36: 'matteInk',
}

/** PrtMarkerSuppliesSupplyUnitTC. The MIB itself spells it `hundreths`. */
const units: Labels = {
  1: 'other',
  2: 'unknown',
  3: 'tenThousandthsOfInches',
  4: 'micrometers',
  7: 'impressions',
  8: 'sheets',
  11: 'hours',
  12: 'thousandthsOfOunces',
  13: 'tenthsOfGrams',
  14: 'hundrethsOfFluidOunces',
  15: 'tenthsOfMilliliters',
  16: 'feet',
  17: 'meters',
  18: 'items',
  19: 'percent',
}

export function readSupplies(told: Told, charset: number | null): Supply[] {
  return indexesOf(told, 'supplies').map((index) => {
    const number = (name: Parameters<typeof numberAt>[1]) => numberAt(told, name, index)
    const label = (labels: Labels, code: number | null) =>
      code === null ? null : (labels[code] ?? null)
    const level = number('prtMarkerSuppliesLevel')
    const maxCapacity = number('prtMarkerSuppliesMaxCapacity')
    const unit = number('prtMarkerSuppliesSupplyUnit')
    const description = readText(octetsAt(told, 'prtMarkerSuppliesDescription', index), charset)
    const supplyClass = label(classes, number('prtMarkerSuppliesClass'))
    const type = label(types, number('prtMarkerSuppliesType'))
    return {
      index,
      description,
      class: supplyClass,
      type,
      kind: kindOf(type, supplyClass, description),
      colour: colourOf(colorantOf(told, index, charset), description),
      unit: label(units, unit),
      maxCapacity,
      level,
      levelState: levelState(level),
      percent: percentOf(level, maxCapacity, unit),
      source: 'printer-mib',
    }
  })
}

/** prtMarkerSuppliesColorantIndex is a row of the same device's colorants; 0 is none (OKI's drums). */
function colorantOf(told: Told, index: string, charset: number | null): string | null {
  const colorant = numberAt(told, 'prtMarkerSuppliesColorantIndex', index)
  if (colorant === null) return null
  const device = index.split('.').slice(0, -1)
  const row = [...device, colorant].join('.')
  return readText(octetsAt(told, 'prtMarkerColorantValue', row), charset)
}
