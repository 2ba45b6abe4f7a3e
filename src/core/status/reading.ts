import { z } from 'zod'
import type { Printer } from '../printers/printer.ts'
import type { DeepReadonly } from '../readonly.ts'

// What SNMP heard of one printer, as `probe --json` prints it. Units and rules: RFC 2790, RFC 3805.
// A thing not answered is null; nothing is ever made up. Tables are the MIB's: whole, in its order.

/** RFC 3805: -1 no restriction, -2 unknown, -3 something remains; other negatives mean nothing. */
export const levelStates = [
  'value',
  'noRestriction',
  'unknown',
  'someRemaining',
  'invalid',
  'absent',
] as const

const text = z.string().nullable()
const number = z.number().nullable()
const coded = z.object({ code: z.number(), name: text }).nullable()
const level = {
  unit: text,
  maxCapacity: number,
  level: number,
  levelState: z.enum(levelStates),
  /** 0..100, rounded half up; null where the printer gives no percentage. */
  percent: number,
}

export const supplyKinds = [
  'toner',
  'ink',
  'drum',
  'waste',
  'fuser',
  'belt',
  'developer',
  'staples',
  'other',
] as const

export const supply = z.object({
  /** `hrDeviceIndex.prtMarkerSuppliesIndex`, as the printer sent it. */
  index: z.string(),
  description: text,
  /** prtMarkerSuppliesClass: a receptacle's level is the space that is left (RFC 3805). */
  class: text,
  type: text,
  kind: z.enum(supplyKinds),
  /** 'black', 'cyan', … as far as colorant or description tell. */
  colour: text,
  ...level,
  /** Whose percent it is: 'printer-mib' or a vendor. */
  source: z.string(),
})

export const alert = z.object({
  index: z.string(),
  severity: text,
  code: number,
  codeName: text,
  group: text,
  groupIndex: number,
  location: number,
  description: text,
})

export const tray = z.object({
  index: z.string(),
  name: text,
  description: text,
  media: text,
  ...level,
})

export const output = z.object({ index: z.string(), name: text, description: text, ...level })
export const cover = z.object({ index: z.string(), description: text, status: text })

export const reading = z.object({
  ok: z.boolean(),
  address: z.string(),
  /** One sentence, where the printer was not read. */
  error: text,
  snmp: z.object({ version: text, context: text, requests: z.number(), ms: z.number() }),
  system: z.object({
    description: text,
    objectId: text,
    name: text,
    location: text,
    uptimeSeconds: number,
  }),
  device: z.object({ index: number, model: text, status: coded }),
  identity: z.object({
    serial: text,
    printerName: text,
    macAddresses: z.array(z.string()),
    model: text,
    firmware: text,
    source: text,
  }),
  status: coded,
  /** `raw`: the octets in hex, `flags`: names of RFC 2790's hrPrinterDetectedErrorState. */
  errors: z.object({ raw: z.string(), flags: z.array(z.string()) }).nullable(),
  pageCount: number,
  markers: z.array(z.object({ index: z.string(), lifeCount: number, unit: text })),
  counters: z
    .object({ total: number, mono: number, colour: number, duplex: number, source: z.string() })
    .nullable(),
  supplies: z.array(supply),
  alerts: z.array(alert),
  console: z.array(z.string()),
  trays: z.array(tray),
  outputs: z.array(output),
  covers: z.array(cover),
})

export type Reading = DeepReadonly<z.infer<typeof reading>>
export type Supply = Reading['supplies'][number]
export type Alert = Reading['alerts'][number]
export type Tray = Reading['trays'][number]
export type LevelState = (typeof levelStates)[number]

/** How one printer is asked: where, and what answered the last time. */
export interface Target {
  /** Address or host name, with an optional `:port`. */
  readonly address: string
  /** Of SNMP 3 the name of a user of SNMP_USERS. */
  readonly community: string
  /** What may be asked; `auto` finds out between 2c and 1. */
  readonly version: NonNullable<Printer['snmpVersion']>
  /** The version that answered the last time, where one did: asked at once, without finding out. */
  readonly known: KnownVersion | null
  /** A part of the printer that answers apart (RFC 3411, 3.3.1); of 1 and 2c what follows `@`. */
  readonly context?: string | null
  /** A person asked for it: everything is read, also what hardly changes. One under way is joined as it is. */
  readonly isWanted?: boolean
  /** Polls in a row that were silent: from the second on one small question must do. */
  readonly silentPolls?: number
}

export type KnownVersion = '1' | '2c' | '3'

/** Reads one printer whole. Never throws for what a printer does: that is a Reading with `ok: false`. */
export type ReadPrinter = (target: Target) => Promise<Reading>

/** The reading of a printer that could not be read: every fact null, every table empty. */
export function noReading(
  target: Target,
  error: string,
  asked: Partial<Reading['snmp']> = {},
): Reading {
  return {
    ok: false,
    address: target.address,
    error,
    snmp: { version: null, context: null, requests: 0, ms: 0, ...asked },
    system: { description: null, objectId: null, name: null, location: null, uptimeSeconds: null },
    device: { index: null, model: null, status: null },
    identity: {
      serial: null,
      printerName: null,
      macAddresses: [],
      model: null,
      firmware: null,
      source: null,
    },
    status: null,
    errors: null,
    pageCount: null,
    markers: [],
    counters: null,
    supplies: [],
    alerts: [],
    console: [],
    trays: [],
    outputs: [],
    covers: [],
  }
}
