import type { Happening, SweepProgress, Watched } from '../core/status/status.ts'

/** Everything the dashboard knows. It asks for this anew at every drawing and keeps none of it. */
export interface Facts {
  readonly site: string
  /** Where the site is in a browser, as a person would type it; empty where there is none. */
  readonly address: string
  readonly now: Date
  /** null: the system's. */
  readonly timeZone: string | null
  readonly clockTrusted: boolean
  readonly printers: readonly Watched[]
  readonly sweep: SweepProgress
  /** Newest first. */
  readonly activity: readonly Happening[]
  /** Sentences about the box itself, worst first: "The disk is full: nothing can be saved". */
  readonly trouble: readonly string[]
}
