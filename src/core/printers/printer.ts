import { z } from 'zod'
import type { DeepReadonly } from '../readonly.ts'

export const snmpVersions = ['auto', '1', '2c'] as const

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
  /** null: the site's default. A secret: it never shows in feeds, logs or on the console. */
  community: z.string().nullable(),
  /** null: the site's default. */
  snmpVersion: z.enum(snmpVersions).nullable(),
  isActive: z.boolean(),
  /** What the QR code on it carries. */
  token: z.string().min(1),
  createdAt: z.iso.datetime(),
})

export type Printer = DeepReadonly<z.infer<typeof printer>>
