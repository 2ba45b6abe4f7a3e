import { z } from 'zod'
import { alert, reading, supply, tray } from '../../core/status/reading.ts'
import { verdicts } from '../../core/status/status.ts'

// The one status payload (B5) as scripts are told of it.

const text = z.string().nullable()

/** What is told of a printer beside its status. */
export const printerFacts = {
  id: z.string(),
  label: z.string(),
  assetTag: text,
  make: text,
  model: text,
  building: text,
  location: text,
  ipAddress: z.string(),
  macAddress: text,
  serial: text,
  group: z.object({ id: z.string(), name: z.string() }).nullable(),
  organisation: text,
  isActive: z.boolean(),
} as const

const { status, device, errors } = reading.shape

export const statusSchema = z.object({
  printer: z.object(printerFacts),
  verdict: z.enum(verdicts),
  attention: z.boolean(),
  reasons: z.array(z.string()),
  status,
  device,
  errors,
  alerts: z.array(alert),
  supplies: z.array(supply.extend({ coarse: z.boolean(), inverted: z.boolean() })),
  trays: z.array(tray),
  console: z.array(z.string()),
  pageCount: z.number().nullable(),
  snmp: z.object({ ok: z.boolean().nullable(), version: text, message: text }),
  fetchedAt: z.iso.datetime().nullable(),
  ageSeconds: z.int().nullable(),
  stale: z.boolean(),
})

export const feedSchema = z.object({
  schema: z.literal(1),
  generatedAt: z.iso.datetime(),
  clockTrusted: z.boolean(),
  printers: z.array(statusSchema),
})
