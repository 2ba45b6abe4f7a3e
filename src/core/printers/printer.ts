import { z } from 'zod'
import type { DeepReadonly } from '../readonly.ts'

export const snmpVersions = ['auto', '1', '2c', '3'] as const

const text = z.string().nullable()

/** What the office knows better of one supply than the printer tells. */
export const supplyRule = z.object({
  /** The printer counts the other way round: what it calls full is empty. */
  invert: z.boolean(),
  /** Raises no alarm. */
  ignore: z.boolean(),
  /** null: the site's SUPPLY_WARNING_PERCENT, SUPPLY_ERROR_PERCENT. */
  warningPercent: z.int().min(0).max(100).nullable(),
  errorPercent: z.int().min(0).max(100).nullable(),
  /** What stood at this index when it was written; the rule is for no other supply. null: not known. */
  kind: text,
  colour: text,
})
export type SupplyRule = DeepReadonly<z.infer<typeof supplyRule>>

const identity = z.object({ serial: text, macAddresses: z.array(z.string()) })

/** Who a printer is, as it tells: its serial, else its network cards. Never its address. */
export const device = identity.extend({
  /** When it was first heard here. */
  since: z.iso.datetime(),
})
export type Device = DeepReadonly<z.infer<typeof device>>

/** A printer as the office knows it. What it last said of itself is kept apart, in `status`. */
export const printer = z.object({
  id: z.string(),
  label: z.string().min(1),
  assetTag: z.string().nullable(),
  make: z.string().nullable(),
  model: z.string().nullable(),
  building: z.string().nullable(),
  location: z.string().nullable(),
  /** IPv4 address or host name, with an optional `:port` (161 without). */
  ipAddress: z.string().min(1),
  /** Six octets as `AA:BB:CC:DD:EE:FF`. */
  macAddress: z.string().nullable(),
  serial: z.string().nullable(),
  /** Id of its group. */
  group: z.string().nullable(),
  organisation: z.string().nullable(),
  /**
   * null: the site's default. A secret: it never shows in feeds, logs or on the console. Of SNMP 3 the
   * name of a user of SNMP_USERS, with `@CONTEXT` behind it where it has one.
   */
  community: z.string().nullable(),
  /** null: the site's default. */
  snmpVersion: z.enum(snmpVersions).nullable(),
  isActive: z.boolean(),
  /** The device that stands there; null: none was heard yet, or it does not tell who it is. */
  device: device.nullable(),
  /** Another one that a person has said has a wrong address, until the own one is heard again. */
  stranger: identity.nullable(),
  /** By the supply's index, as in a reading. */
  supplies: z.record(z.string(), supplyRule),
  /** What the QR code on it carries. */
  token: z.string().min(1),
  /** Of labels that were replaced: what is printed on paper stays good for ever. */
  formerTokens: z.array(z.string()),
  createdAt: z.iso.datetime(),
})

export type Printer = DeepReadonly<z.infer<typeof printer>>
