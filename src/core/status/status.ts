import type { Alert, Reading, Supply, Tray } from './reading.ts'

/** Worst first. */
export const verdicts = ['error', 'offline', 'warning', 'unknown', 'ok'] as const
export type Verdict = (typeof verdicts)[number]

/** One short word a reason: what the console shows in capitals before the printer's name. */
export type ReasonWord =
  | 'jam'
  | 'door'
  | 'empty'
  | 'paper'
  | 'full'
  | 'waste'
  | 'parts'
  | 'service'
  | 'alert'
  | 'low'
  | 'silent'

/** Why a printer needs somebody: a sentence that a student worker can act on. */
export interface Reason {
  readonly word: ReasonWord
  readonly weight: 'error' | 'warning'
  readonly sentence: string
}

export interface Judgement {
  readonly verdict: Verdict
  /** Somebody has to go there, or look. */
  readonly attention: boolean
  /** Worst first. */
  readonly reasons: readonly Reason[]
}

/** A supply as it is judged and shown: the printer's words, and what the office knows better. */
export interface WatchedSupply extends Supply {
  /** Its percent is a stage (full, low, empty), heard to be so: no forecast can be made of it. */
  readonly coarse: boolean
  /** The office says that it counts the other way round: the percent is what is left to a hundred. */
  readonly inverted: boolean
}

/** The one status payload (B5): the feed, the pages, the console and the API show this. */
export interface Status {
  readonly printer: {
    readonly id: string
    readonly label: string
    readonly assetTag: string | null
    readonly make: string | null
    readonly model: string | null
    readonly building: string | null
    readonly location: string | null
    readonly ipAddress: string
    readonly macAddress: string | null
    readonly serial: string | null
    readonly group: { readonly id: string; readonly name: string } | null
    readonly organisation: string | null
    readonly isActive: boolean
  }
  readonly verdict: Verdict
  readonly attention: boolean
  readonly reasons: readonly string[]
  readonly status: Reading['status']
  readonly device: Reading['device']
  readonly errors: Reading['errors']
  readonly alerts: readonly Alert[]
  readonly supplies: readonly WatchedSupply[]
  readonly trays: readonly Tray[]
  readonly console: readonly string[]
  readonly pageCount: number | null
  readonly snmp: {
    /** Whether the last poll was answered; null before the first. */
    readonly ok: boolean | null
    readonly version: string | null
    /** One sentence where it was not. */
    readonly message: string | null
  }
  /** When the values above were read; null when never. */
  readonly fetchedAt: string | null
  readonly ageSeconds: number | null
  /** Older than one and a half intervals, or the last poll failed. */
  readonly stale: boolean
}

/** A status with what a screen needs beside it. */
export interface Watched {
  readonly status: Status
  readonly reasons: readonly Reason[]
  /** Of the last good reading; nothing before the first. */
  readonly covers: Reading['covers']
  readonly counters: Reading['counters']
  /** Being asked, or waiting for its turn, at this moment. */
  readonly asking: boolean
}

/** One line of the activity: something that changed in the fleet, or was done there. */
export interface Happening {
  readonly at: Date
  readonly printer: string
  readonly label: string
  readonly verdict: Verdict
  readonly sentence: string
}

/** How the sweep stands. */
export interface SweepProgress {
  readonly intervalSeconds: number
  /** Being asked now; waiting for their turn now. */
  readonly running: number
  readonly waiting: number
  /** Since the newest answer or silence of any printer; null before the first, and with none to ask. */
  readonly lastHeardSecondsAgo: number | null
}
