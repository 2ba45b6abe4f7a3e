import type { Reading, Supply } from '../../core/status/reading.ts'
import type { PrivateOid, Told } from '../mibs/told.ts'

/**
 * What one maker tells in objects of its own, and nothing that Printer-MIB tells as well. Objects stand
 * without instance, as in `mibs/oids`: both scalars and columns are walked. `told` holds what was told of
 * both lists, of the constant ones whenever that was.
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
  /** Of the constant ones those of its serial: one is asked at every poll, for another may stand there. */
  readonly serials?: readonly PrivateOid[]
  /** Asked at every poll: counters, levels. */
  readonly changing: readonly PrivateOid[]
  /** By changing object: the rows that count, where its table is long. The others need not be asked again. */
  rows?(told: Told): Readonly<Partial<Record<PrivateOid, readonly string[]>>>
  /** Serial, model and firmware as a person would write them; null where it does not tell. */
  identity?(told: Told, reading: Described): VendorIdentity
  counters?(told: Told): VendorCounters | null
  /** By the supply's index: percent, for those of which Printer-MIB has none, or a stage in its place. */
  percents?(told: Told, supplies: readonly Supply[]): ReadonlyMap<string, number>
}

/** What the MIBs say of the device: many makers pack model, serial and firmware into one of these. */
export type Described = Pick<Reading, 'system' | 'device'>
export type VendorIdentity = Pick<Reading['identity'], 'serial' | 'model' | 'firmware'>
export type VendorCounters = Omit<NonNullable<Reading['counters']>, 'source'>
