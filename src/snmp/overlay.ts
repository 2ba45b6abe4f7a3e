import type { Reading } from '../core/status/reading.ts'
import type { Told } from './mibs/told.ts'
import type { Vendor } from './vendors/vendor.ts'

/**
 * The reading with what the printer's maker tells of its own: who it is, counters, and percentages of
 * which Printer-MIB has none. Rows, levels and texts stay the MIB's.
 */
export function overlay(reading: Reading, vendor: Vendor | null, told: Told): Reading {
  if (vendor === null || !reading.ok) return reading
  const counters = vendor.counters?.(told) ?? null
  return {
    ...reading,
    identity: identityOf(reading, vendor, told),
    counters: counters && { ...counters, source: vendor.name },
    supplies: suppliesOf(reading, vendor, told),
  }
}

function identityOf(reading: Reading, vendor: Vendor, told: Told): Reading['identity'] {
  const { identity } = reading
  const said = vendor.identity?.(told, reading)
  const serial = identity.serial || (said?.serial ?? identity.serial)
  const model = said?.model ?? null
  const firmware = said?.firmware ?? null
  const isVendors = model !== null || firmware !== null || serial !== identity.serial
  return {
    ...identity,
    serial,
    model,
    firmware,
    source: isVendors ? vendor.name : identity.source,
  }
}

function suppliesOf({ supplies }: Reading, vendor: Vendor, told: Told): Reading['supplies'] {
  const percents = supplies.length === 0 ? undefined : vendor.percents?.(told, supplies)
  if (percents === undefined || percents.size === 0) return supplies
  return supplies.map((supply) => {
    const percent = percents.get(supply.index)
    return percent === undefined ? supply : { ...supply, percent, source: vendor.name }
  })
}
