import type { Reading, Supply } from '../../core/status/reading.ts'
import type { PrivateOid, Told } from '../mibs/told.ts'

/**
 * What one maker tells in objects of its own, and nothing that Printer-MIB tells as well. Objects stand
 * without instance, as in `mibs/oids`: both scalars and columns are walked.
 */
export interface Vendor {
  /** What `source` says: 'brother'. */
  readonly name: string
  /** Numbers under 1.3.6.1.4.1 that sysObjectID begins with. */
  readonly enterprises: readonly number[]
  /** Of sysDescr, where sysObjectID names nobody here (net-snmp's own agent, a print server). */
  readonly describes: RegExp
  /** Asked at first contact and when something changed: serial, model, firmware. */
  readonly constant: readonly PrivateOid[]
  /** Asked at every poll: counters, levels. */
  readonly changing: readonly PrivateOid[]
  /** Serial, model and firmware as a person would write them; null where it does not tell. */
  identity?(told: Told): Pick<Reading['identity'], 'serial' | 'model' | 'firmware'>
  counters?(told: Told): Omit<NonNullable<Reading['counters']>, 'source'> | null
  /** By the supply's index: percent, for those of which Printer-MIB has none. */
  percents?(told: Told, supplies: readonly Supply[]): ReadonlyMap<string, number>
}
