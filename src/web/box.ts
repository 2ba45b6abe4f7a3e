import type { BackupFacts } from '../core/backup/made.ts'

/** What the machine says of itself. */
export interface BoxFacts {
  readonly version: string
  readonly node: string
  readonly startedAt: string
  readonly clockTrusted: boolean
  /** Of the process. */
  readonly memoryBytes: number
  /** To the card; null: not known. */
  readonly written: { readonly today: number; readonly aDay: number | null } | null
  /** Of the disk that the data folder is on; null: not known. */
  readonly disk: { readonly freeBytes: number; readonly bytes: number } | null
  readonly backup: BackupFacts
  readonly sweep: {
    readonly intervalSeconds: number
    readonly running: number
    readonly waiting: number
    readonly lastHeardSecondsAgo: number | null
  }
  /** Sentences, worst first. */
  readonly trouble: readonly string[]
}
