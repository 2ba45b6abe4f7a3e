import { keepPrevious, logName, snapshotName } from './generations.ts'
import { encodeChanges } from './lines.ts'
import { WriteAheadLog } from './log.ts'
import type { Touched } from './records.ts'
import { Snapshots, type SnapshotsParts, type UpTo } from './snapshots.ts'

export interface LedgerParts extends SnapshotsParts {
  /** Asked before a log is opened; throws where nobody may write. */
  readonly mayWrite: () => Promise<void>
  readonly from: { readonly epoch: number; readonly seq: number; readonly snapshotBytes: number }
}

/**
 * The log and the snapshots together: what is durable, up to which change and of which epoch. Who
 * waits for that, and what becomes of them, is the keeper's; one call at a time, too.
 */
export class Ledger {
  readonly #parts: LedgerParts
  readonly #wal: WriteAheadLog
  readonly #snapshots: Snapshots
  #epoch: number
  /** Of the log that is in place; `#epoch` counts those that could not be begun, too. */
  #placedEpoch: number
  /** The last change that is durable. */
  #seq: number

  /** `onReady` is called when a snapshot that ran beside the changes has ended: see `isLong`. */
  constructor(parts: LedgerParts, onReady: () => void) {
    this.#parts = parts
    this.#wal = new WriteAheadLog(parts.files, parts.folder)
    this.#snapshots = new Snapshots(parts, parts.from.snapshotBytes, onReady)
    this.#epoch = parts.from.epoch
    this.#placedEpoch = parts.from.epoch
    this.#seq = parts.from.seq
  }

  /** Whether changes may be appended. */
  get trusted(): boolean {
    return this.#wal.trusted
  }

  /** Up to which change all is durable; null while that cannot be told. */
  get durable(): UpTo | null {
    return this.trusted ? { epoch: this.#placedEpoch, seq: this.#seq } : null
  }

  /** A snapshot is in place, and the log still holds what is in it. */
  get isLong(): boolean {
    return this.#snapshots.isReady
  }

  get isWritingSnapshot(): boolean {
    return this.#snapshots.isRunning
  }

  /**
   * The lines that were read are written again, into a log of a new epoch: a disk that failed an earlier
   * platen may show them and not have them. The snapshot stays as it is, and so does the log before.
   */
  async carryOn({
    after,
    lines,
  }: {
    readonly after: number
    readonly lines: Buffer
  }): Promise<void> {
    const { files, folder, mayWrite } = this.#parts
    await mayWrite()
    this.#epoch += 1
    await files.flushFolder(folder)
    await this.#wal.begin({ epoch: this.#epoch, after }, lines)
    this.#placedEpoch = this.#epoch
  }

  /**
   * New snapshot, new log, new epoch: whatever older logs hold beyond this is dead. The new log is
   * written first, because it is short: a disk that takes nothing is found out without a snapshot.
   */
  async beginAnew(waitingTouches: () => readonly Touched[]): Promise<void> {
    const { files, folder, mayWrite } = this.#parts
    await mayWrite()
    await this.#snapshots.drop()
    // Also where this fails half-way: no two logs that differ may share an epoch.
    this.#epoch += 1
    const upTo = { epoch: this.#epoch, seq: this.#seq }
    await this.#snapshots.writeNow(upTo, waitingTouches(), async (write) => {
      // What stands here may be younger than the last flush of the folder; `.1` must not outlive it.
      await files.flushFolder(folder)
      await this.#wal.begin({ epoch: upTo.epoch, after: upTo.seq }, '', async () => {
        // Once the snapshot is in place the old log is dead, wherever this stops.
        this.#wal.distrust()
        await write()
        await this.#keepLog()
      })
    })
    this.#placedEpoch = upTo.epoch
  }

  /** Durable when it resolves. Where it throws, `takeBack` comes before anything else. */
  async append(bodies: readonly string[]): Promise<void> {
    const lines = encodeChanges(this.#seq, bodies).join('')
    await this.#wal.append(lines)
    this.#seq += bodies.length
    this.#snapshots.note(lines)
  }

  /** After a failed `append`: what is there now that could bring its lines back at a start. */
  async takeBack(
    waitingTouches: () => readonly Touched[],
  ): Promise<'nothing' | 'a new log' | 'maybe lines'> {
    const isCut = await this.#wal.cut()
    if (!this.#wal.trusted) {
      try {
        await this.beginAnew(waitingTouches)
        return 'a new log'
      } catch (error) {
        this.#parts.log.error({ error }, 'no new log could be begun; it is tried again')
      }
    }
    return isCut ? 'nothing' : 'maybe lines'
  }

  /** Goes on beside the changes. */
  snapshotIfDue(waiting: readonly Touched[]): void {
    if (this.#snapshots.isDue(this.#wal.changeBytes)) this.#snapshot(waiting)
  }

  /** Unless the log holds nothing that is not in one already. */
  snapshotAtTheEnd(): void {
    if (this.#wal.changeBytes > 0) this.#snapshot([])
  }

  /**
   * A snapshot of all that is durable at this moment, under a second name too; changes go on. Not while one
   * is written or the log is long. Throws what the disk threw.
   */
  async copyTo(path: string, waiting: readonly Touched[]): Promise<void> {
    const { files, folder } = this.#parts
    if (this.#wal.changeBytes > 0) this.#snapshot(waiting)
    await this.#snapshots.succeed()
    await files.remove(path)
    await files.link(`${folder}/${snapshotName}`, path)
  }

  /** Lets the log begin after the snapshot that is in place. */
  async shorten(): Promise<void> {
    const ready = this.#snapshots.takeReady()
    if (!ready || !this.#wal.trusted) return
    try {
      const head = { epoch: this.#placedEpoch, after: ready.seq }
      await this.#wal.begin(head, ready.lines, () => this.#keepLog())
    } catch (error) {
      this.#snapshots.postpone()
      this.#parts.log.error({ error }, 'the log could not be begun anew after a snapshot')
    }
  }

  /** Resolves when no snapshot is being written. */
  async rest(): Promise<void> {
    await this.#snapshots.rest()
  }

  async close(): Promise<void> {
    await this.#wal.close()
  }

  #keepLog(): Promise<void> {
    return keepPrevious(this.#parts.files, this.#parts.folder, logName)
  }

  #snapshot(waiting: readonly Touched[]): void {
    this.#snapshots.begin({ epoch: this.#placedEpoch, seq: this.#seq }, waiting)
  }
}
