import type { Reading, Tray } from '../../core/status/reading.ts'
import { levelState, percentOf } from './level.ts'
import { readText } from './text.ts'
import { indexesOf, numberAt, octetsAt, type Told } from './told.ts'

// RFC 3805: prtInputTable, prtOutputTable, prtCoverTable, whole. A tray without a name is still a tray.

/** PrtCapacityUnitTC (IANA-PRINTER-MIB). */
const capacityUnits: Readonly<Record<number, string>> = {
  1: 'other',
  2: 'unknown',
  3: 'tenThousandthsOfInches',
  4: 'micrometers',
  8: 'sheets',
  16: 'feet',
  17: 'meters',
  18: 'items',
  19: 'percent',
}

/** PrtCoverStatusTC. */
const coverStatuses: Readonly<Record<number, string>> = {
  1: 'other',
  2: 'unknown',
  3: 'coverOpen',
  4: 'coverClosed',
  5: 'interlockOpen',
  6: 'interlockClosed',
}

export function readTrays(told: Told, charset: number | null): Tray[] {
  return indexesOf(told, 'inputs').map((index) => ({
    index,
    name: readText(octetsAt(told, 'prtInputName', index), charset),
    description: readText(octetsAt(told, 'prtInputDescription', index), charset),
    media: readText(octetsAt(told, 'prtInputMediaName', index), charset),
    ...filled(
      numberAt(told, 'prtInputCurrentLevel', index),
      numberAt(told, 'prtInputMaxCapacity', index),
      numberAt(told, 'prtInputCapacityUnit', index),
    ),
  }))
}

/** `level` is prtOutputRemainingCapacity: what still fits, so that 0 is a full tray. */
export function readOutputs(told: Told, charset: number | null): Reading['outputs'] {
  return indexesOf(told, 'outputs').map((index) => ({
    index,
    name: readText(octetsAt(told, 'prtOutputName', index), charset),
    description: readText(octetsAt(told, 'prtOutputDescription', index), charset),
    ...filled(
      numberAt(told, 'prtOutputRemainingCapacity', index),
      numberAt(told, 'prtOutputMaxCapacity', index),
      numberAt(told, 'prtOutputCapacityUnit', index),
    ),
  }))
}

export function readCovers(told: Told, charset: number | null): Reading['covers'] {
  return indexesOf(told, 'covers').map((index) => {
    const status = numberAt(told, 'prtCoverStatus', index)
    return {
      index,
      description: readText(octetsAt(told, 'prtCoverDescription', index), charset),
      status: status === null ? null : (coverStatuses[status] ?? null),
    }
  })
}

function filled(level: number | null, maxCapacity: number | null, unit: number | null) {
  return {
    unit: unit === null ? null : (capacityUnits[unit] ?? null),
    maxCapacity,
    level,
    levelState: levelState(level),
    percent: percentOf(level, maxCapacity, unit),
  }
}
