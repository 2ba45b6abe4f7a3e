import { ownSerial } from '../../core/printers/device.ts'
import { readText } from '../mibs/text.ts'
import { octetsAt, type PrivateOid, rowsOf, type Told } from '../mibs/told.ts'
import type { VendorCounters } from './vendor.ts'

// One fact out of a vendor's objects: a word without what is no word, a count that can be one.

/** A device ID (IEEE 1284) is the longest that any vendor tells. */
const longestOctets = 1024

/** Of a scalar, or of one row of a column. Control characters go, blanks are one each; none is null. */
export function textOf(told: Told, oid: PrivateOid, index?: string): string | null {
  const [first = ''] = rowsOf(told, oid).keys()
  return cleanText(octetsAt(told, oid, index ?? first))
}

export function cleanText(octets: Buffer | null): string | null {
  const text = readText(octets?.subarray(0, longestOctets) ?? null, null)
  const words = (text ?? '').replaceAll(/[\s\x00-\x1f\x7f-\x9f]+/g, ' ').trim()
  return words === '' ? null : words
}

/** Some printers send `XXXXXXXXXX` or zeros until a technician has set it. */
export function serialOf(told: Told, oid: PrivateOid, index?: string): string | null {
  return serialIn(textOf(told, oid, index))
}

/** A serial is a word or two. */
export function serialIn(text: string | null): string | null {
  return text === null || text.length > 64 ? null : ownSerial(text)
}

/** Of a scalar, or of one row of a column; what is less than nothing is no count. */
export function countOf(told: Told, oid: PrivateOid, index?: string): number | null {
  const rows = rowsOf(told, oid)
  const cell = index === undefined ? rows.values().next().value : rows.get(index)
  return cell?.kind === 'number' && cell.number >= 0 ? cell.number : null
}

/** null where none of them is known. */
export function sum(counts: readonly (number | null)[]): number | null {
  const known = counts.filter((count) => count !== null)
  return known.length === 0 ? null : known.reduce((total, count) => total + count, 0)
}

/** null where nothing was counted at all. */
export function counted(counters: VendorCounters): VendorCounters | null {
  return Object.values(counters).every((count) => count === null) ? null : counters
}
