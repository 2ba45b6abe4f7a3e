import type { LevelState } from '../../core/status/reading.ts'

/** PrtCapacityUnitTC and PrtMarkerSuppliesSupplyUnitTC, percent(19): IANA-PRINTER-MIB, after RFC 3805. */
const percentUnit = 19

/**
 * RFC 3805, prtMarkerSuppliesLevel, prtInputCurrentLevel, prtOutputRemainingCapacity.
 * -3 -> someRemaining, -2 -> unknown, -100 (Ricoh, empty) -> invalid.
 */
export function levelState(level: number | null): LevelState {
  if (level === null) return 'absent'
  if (level >= 0) return 'value'
  if (level === -1) return 'noRestriction'
  if (level === -2) return 'unknown'
  return level === -3 ? 'someRemaining' : 'invalid'
}

/**
 * 1800 of 3000 -> 60; 9 of -2 -> null; 9 of -2 in percent -> 9. Rounded half up, 100 at most: some
 * report more than the capacity they claim.
 */
export function percentOf(
  level: number | null,
  maxCapacity: number | null,
  unit: number | null,
): number | null {
  if (level === null || level < 0) return null
  if (maxCapacity !== null && maxCapacity > 0) {
    return Math.min(100, Math.floor((200 * level + maxCapacity) / (2 * maxCapacity)))
  }
  return unit === percentUnit && level <= 100 ? level : null
}
