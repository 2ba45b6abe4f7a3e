import type { Reading } from '../../core/status/reading.ts'
import { indexesOf, numberAt, type Told } from './told.ts'

// RFC 3805, prtMarkerTable. A life count may be sheets, impressions or a length: the unit says which.

/** PrtMarkerCounterUnitTC. */
const counterUnits: Readonly<Record<number, string>> = {
  1: 'other',
  2: 'unknown',
  3: 'tenThousandthsOfInches',
  4: 'micrometers',
  5: 'characters',
  6: 'lines',
  7: 'impressions',
  8: 'sheets',
  9: 'dotRow',
  11: 'hours',
  16: 'feet',
  17: 'meters',
}

export function readMarkers(told: Told): Reading['markers'] {
  return indexesOf(told, 'markers').map((index) => {
    const unit = numberAt(told, 'prtMarkerCounterUnit', index)
    return {
      index,
      lifeCount: numberAt(told, 'prtMarkerLifeCount', index),
      unit: unit === null ? null : (counterUnits[unit] ?? null),
    }
  })
}
