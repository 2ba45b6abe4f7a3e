import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import type { Files } from './files.ts'
import { keepPrevious, snapshotName } from './generations.ts'
import { collectionNames, type Frozen, type Records, type Touched } from './records.ts'
import { writeSnapshot } from './snapshot.ts'

export interface SnapshotsParts {
  readonly files: Files
  readonly folder: string
  readonly log: Log
  readonly clock: Clock
  readonly records: Records
  /** Below this no snapshot is written but at the end. */
  readonly leastLogBytes: number
  /** Of the shape of what is kept. */
  readonly version: number
}

/** Up to which change, and in which epoch. */
export interface UpTo {
  readonly epoch: number
  readonly seq: number
}

/** Where the log may begin anew: after this change, with these lines. */
export interface Ready {
  readonly seq: number
  readonly lines: string
}

/**
 * When a snapshot is worth its bytes, and writing it beside the changes that go on meanwhile. When it
 * is in place the keeper is told, and shortens the log between two changes.
 */
export class Snapshots {
  readonly #parts: SnapshotsParts
  readonly #onReady: () => void
  /** The length of the last one. */
  #bytes: number
  #logBytes = 0
  /** The lines that became durable since the running one was begun; null where none runs. */
  #since: string[] | null = null
  /** Ends with what it came to nothing by, null where it is in place. */
  #runs: Promise<{ why: unknown } | null> | null = null
  /** One that is in place, where the log does not begin after it yet. */
  #inPlace: { seq: number } | null = null
  /** None before the log is this long: one that failed is not tried again at once. */
  #notBefore = 0

  constructor(parts: SnapshotsParts, bytes: number, onReady: () => void) {
    this.#parts = parts
    this.#bytes = bytes
    this.#onReady = onReady
  }

  get isRunning(): boolean {
    return this.#runs !== null
  }

  get isReady(): boolean {
    return this.#inPlace !== null
  }

  /** When the log has grown twice as long as the snapshot. */
  isDue(logBytes: number): boolean {
    this.#logBytes = logBytes
    return logBytes > Math.max(this.#parts.leastLogBytes, 2 * this.#bytes, this.#notBefore)
  }

  /** Of the state without the touches that wait for the disk. One at a time: another is not begun. */
  begin(upTo: UpTo, waiting: readonly Touched[]): void {
    if (this.#runs !== null || this.#inPlace !== null) return
    this.#since = []
    this.#runs = this.#run(upTo, this.#parts.records.freeze(waiting))
  }

  /** These lines became durable, after what the running one holds. */
  note(lines: string): void {
    this.#since?.push(lines)
  }

  /** Once for each that came into its place. */
  takeReady(): Ready | null {
    if (this.#inPlace === null) return null
    const ready = { seq: this.#inPlace.seq, lines: (this.#since ?? []).join('') }
    this.#since = null
    this.#inPlace = null
    this.#notBefore = 0
    return ready
  }

  /** The next one comes when the log has grown by as much as makes one due at least. */
  postpone(): void {
    this.#notBefore = this.#logBytes + this.#parts.leastLogBytes
  }

  /** One that is waited for: `around` writes it within what it does. None may be running. */
  async writeNow(
    upTo: UpTo,
    waiting: readonly Touched[],
    around: (write: () => Promise<void>) => Promise<void>,
  ): Promise<void> {
    const frozen = this.#parts.records.freeze(waiting)
    try {
      await around(() => this.#write(frozen, upTo))
    } finally {
      frozen.thaw()
    }
  }

  /** Resolves when none runs. */
  async rest(): Promise<void> {
    await this.#runs
  }

  /** Resolves when the one that runs is in its place; throws what it came to nothing by. */
  async succeed(): Promise<void> {
    const failed = await this.#runs
    if (failed) throw failed.why
  }

  /** Lets the running one end; the log does not begin after it. */
  async drop(): Promise<void> {
    await this.#runs
    this.#since = null
    this.#inPlace = null
  }

  async #run(upTo: UpTo, frozen: Frozen): Promise<{ why: unknown } | null> {
    let failed: { why: unknown } | null = null
    try {
      await this.#write(frozen, upTo)
      this.#inPlace = { seq: upTo.seq }
    } catch (error) {
      this.#since = null
      failed = { why: error }
      this.postpone()
      this.#parts.log.error({ error }, 'no snapshot could be written; the log grows on')
    }
    frozen.thaw()
    this.#runs = null
    this.#onReady()
    return failed
  }

  async #write(frozen: Frozen, upTo: UpTo): Promise<void> {
    const { files, folder, clock, version } = this.#parts
    const head = { version, ...upTo, writtenAt: clock.now().toISOString() }
    const collections = collectionNames.map((name) => [name, frozen.of(name)] as const)
    const snapshot = { head, collections }
    const keepLast = () => keepPrevious(files, folder, snapshotName)
    this.#bytes = await writeSnapshot(files, `${folder}/${snapshotName}`, snapshot, keepLast)
  }
}
