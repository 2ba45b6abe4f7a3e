import type { BackupFacts } from './backup/made.ts'

/** What the appliance says of itself and of the machine that it runs on. */
export interface BoxFacts {
  readonly version: string
  readonly node: string
  readonly startedAt: string
  readonly clockTrusted: boolean
  /** Of the process; null: the system does not tell. */
  readonly memoryBytes: number | null
  /** Of the machine; null: the system does not tell. */
  readonly machineMemory: { readonly freeBytes: number; readonly bytes: number } | null
  /** Of the processor, in degrees Celsius; null: the system does not tell. */
  readonly celsius: number | null
  /**
   * Whether the supply's voltage was too low within the last minute, or before that since platen started;
   * null: the system does not tell.
   */
  readonly underVoltage: 'now' | 'earlier' | 'never' | null
  /** Of this machine, by the interface's name, without its own loop; an IPv6 address only where it has no other. */
  readonly addresses: readonly { readonly name: string; readonly address: string }[]
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
