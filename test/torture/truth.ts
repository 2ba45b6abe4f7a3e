import { type Reading, reading as schema } from '../../src/core/status/reading.ts'
import { columns } from '../../src/snmp/mibs/oids.ts'
import { readStrictly } from './strict.ts'

// What a printer truly said, datagram by datagram, and whether a reading says anything else.

export interface Said {
  /** Takes note of every number in it, whether or not anybody reads the answer. */
  note(datagram: Buffer): void
  /** null: each number of the reading is one that was sent for that very cell. */
  untruthIn(reading: Reading): string | null
}

type ColumnName = keyof typeof columns
type Checked = readonly [name: ColumnName, index: string | number | null, value: number | null]

export function createSaid(): Said {
  /** By OID: every number that was ever sent for it. */
  const numbers = new Map<string, Set<number>>()

  return {
    note(datagram) {
      for (const { oid, cell } of readStrictly(datagram)?.bindings ?? [])
        if (cell?.kind === 'number')
          numbers.set(oid, (numbers.get(oid) ?? new Set()).add(cell.number))
    },
    untruthIn(reading) {
      const parsed = schema.safeParse(reading)
      if (!parsed.success) return `is no reading: ${parsed.error.message}`
      if (!reading.ok) return isEmpty(reading) ? null : 'failed, and says something all the same'
      const untrue = numbersOf(reading).find(
        ([name, index, value]) =>
          value !== null && !numbers.get(`${columns[name]}.${index}`)?.has(value),
      )
      if (untrue) return `${untrue.join(' ')} was never sent`
      return impossibleIn(reading)
    },
  }
}

const isEmpty = ({ supplies, alerts, trays, pageCount, console }: Reading): boolean =>
  supplies.length + alerts.length + trays.length + console.length === 0 && pageCount === null

function numbersOf({ device, status, ...reading }: Reading): Checked[] {
  const supplies = reading.supplies.flatMap(({ index, level, maxCapacity }): Checked[] => [
    ['prtMarkerSuppliesLevel', index, level],
    ['prtMarkerSuppliesMaxCapacity', index, maxCapacity],
  ])
  const trays = reading.trays.flatMap(({ index, level, maxCapacity }): Checked[] => [
    ['prtInputCurrentLevel', index, level],
    ['prtInputMaxCapacity', index, maxCapacity],
  ])
  const outputs = reading.outputs.flatMap(({ index, level, maxCapacity }): Checked[] => [
    ['prtOutputRemainingCapacity', index, level],
    ['prtOutputMaxCapacity', index, maxCapacity],
  ])
  const alerts = reading.alerts.flatMap(({ index, code, groupIndex, location }): Checked[] => [
    ['prtAlertCode', index, code],
    ['prtAlertGroupIndex', index, groupIndex],
    ['prtAlertLocation', index, location],
  ])
  const markers = reading.markers.map(
    ({ index, lifeCount }): Checked => ['prtMarkerLifeCount', index, lifeCount],
  )
  return [
    ...[...supplies, ...trays, ...outputs, ...alerts, ...markers],
    ['hrDeviceStatus', device.index, device.status?.code ?? null],
    ['hrPrinterStatus', device.index, status?.code ?? null],
  ]
}

/** A percentage is reckoned, and must be what level and capacity make; counters are a maker's own sums. */
function impossibleIn({ supplies, trays, outputs, counters, pageCount, markers }: Reading) {
  for (const { percent, level, maxCapacity, ...row } of [...supplies, ...trays, ...outputs]) {
    if (percent === null) continue
    if (!Number.isInteger(percent) || percent < 0 || percent > 100) return `${percent} percent`
    const isOwn = !('source' in row) || row.source === 'printer-mib'
    const exact = (100 * (level ?? Number.NaN)) / (maxCapacity ?? Number.NaN)
    const isReckoned = Math.abs(Math.min(100, exact) - percent) <= 0.5
    if (isOwn && !isReckoned && !(row.unit === 'percent' && level === percent))
      return `${percent} percent of ${level} of ${maxCapacity}`
  }
  const { source: _source, ...counts } = counters ?? { source: '' }
  const isWrong = Object.values(counts).some((count) => count !== null && (count ?? 0) < 0)
  if (isWrong) return `counts ${JSON.stringify(counts)}`
  return pageCount === (markers[0]?.lifeCount ?? null) ? null : `${pageCount} pages`
}
