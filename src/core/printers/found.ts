import { z } from 'zod'
import type { DeepReadonly } from '../readonly.ts'

const text = z.string().nullable()

/** A device that was found on the network, as far as it told who it is. */
export const foundDevice = z.object({
  /** As a printer's: IPv4 address, with `:port` where that is not 161. */
  address: z.string(),
  /** Whether it told of a printer: Printer-MIB, a device typed printer, or a printer's service. */
  isPrinter: z.boolean(),
  /** sysName, or what it calls itself on its own link. */
  name: text,
  /** null: only the model is told, which mostly begins with it. */
  make: text,
  model: text,
  /** sysDescr: of what is no printer, all that there is to see. */
  description: text,
  location: text,
  serial: text,
  macAddresses: z.array(z.string()),
  /** What it answered to, where that is not the site's default. A secret. */
  community: text,
  /** Whether it answered to SNMP; else only its own link knows of it. */
  answers: z.boolean(),
})
export type FoundDevice = DeepReadonly<z.infer<typeof foundDevice>>

/** What became of a search. It may be broken off; what was found by then is found. */
export interface Found {
  readonly devices: readonly FoundDevice[]
  /** What kept it from asking, as the network says it: 'ENETUNREACH'. */
  readonly trouble: string | null
}

/** How a search gets on. */
export interface SearchProgress {
  /** Questions, of those that there are where nobody answers. */
  readonly asked: number
  readonly of: number
  /** Devices. */
  readonly answered: number
}

export interface SearchOrder {
  /** `10.0.0.0/24`, `10.0.0.7`, with `:port` behind where that is not 161; null: only the own link. */
  readonly range: string | null
  /** Also by mDNS, what announces itself on the own link. */
  readonly link: boolean
  /** Tried beside the site's. */
  readonly community: string | null
  readonly stop: AbortSignal
  readonly onProgress: (progress: SearchProgress) => void
}

/** Refuses `invalid` what is no range, or too large a one. */
export type Search = (order: SearchOrder) => Promise<Found>
