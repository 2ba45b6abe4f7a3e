import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import { codeOf, type Files } from './files.ts'
import { keepPrevious, snapshotName } from './generations.ts'
import { encodeChanges } from './lines.ts'
import { WriteAheadLog } from './log.ts'
import { collectionNames, type Records, type Touched } from './records.ts'
import { writeSnapshot } from './snapshot.ts'
import { unkeepable } from './unkeepable.ts'

/** A change that shows in memory already and is not on the disk yet. */
export interface Waiting {
  /** Its puts and drops as JSON; null where it changed nothing, and only waits for what it saw. */
  readonly body: string | null
  readonly touches: readonly Touched[]
  keep(): void
  refuse(why: Error): void
}

export interface KeeperParts {
  readonly files: Files
  readonly folder: string
  readonly log: Log
  readonly clock: Clock
  readonly records: Records
  /** Below this no snapshot is written but at the end. */
  readonly leastLogBytes: number
  /** Called when changes were taken back. */
  readonly onUndone: () => void
  /** Of the shape of what is kept. */
  readonly version: number
  readonly from: {
    readonly epoch: number
    readonly seq: number
    readonly snapshotBytes: number
  }
}

/**
 * Brings changes to the disk, one step at a time: what waits is written and flushed together, and
 * when the log has grown as long as the snapshot a new snapshot is written beside it. Changes go on
 * meanwhile.
 */
export class Keeper {
  readonly #parts: KeeperParts
  readonly #wal: WriteAheadLog
  #waiting: Waiting[] = []
  #epoch: number
  /** The last change that is durable. */
  #seq: number
  #snapshotBytes: number
  /** The lines that became durable since the running snapshot was begun; null where none runs. */
  #since: string[] | null = null
  #snapshotRuns: Promise<void> | null = null
  /** A snapshot that is in place, where the log does not begin after it yet. */
  #inPlace: { seq: number } | null = null
  /** No snapshot before the log is this long: one that failed is not tried again at once. */
  #notBefore = 0
  #works: Promise<void> | null = null
  #trouble: string | null = null

  constructor(parts: KeeperParts) {
    this.#parts = parts
    this.#wal = new WriteAheadLog(parts.files, parts.folder)
    this.#epoch = parts.from.epoch
    this.#seq = parts.from.seq
    this.#snapshotBytes = parts.from.snapshotBytes
  }

  /** Why nothing can be kept at the moment, in a sentence; null where all is well. */
  get trouble(): string | null {
    return this.#trouble
  }

  /** Touches that are not durable, in order. */
  get #waitingTouches(): readonly Touched[] {
    return this.#waiting.flatMap((waiting) => waiting.touches)
  }

  async goOn(): Promise<void> {
    await this.#wal.goOn()
  }

  /**
   * New snapshot, new log, new epoch: whatever older logs hold beyond this is dead. The new log is
   * written first, because it is short: a disk that takes nothing is found out without a snapshot.
   */
  async beginAnew(): Promise<void> {
    await this.#snapshotRuns
    this.#inPlace = null
    this.#since = null
    // Also where this fails half-way: no two logs that differ may share an epoch.
    this.#epoch += 1
    const head = { epoch: this.#epoch, after: this.#seq }
    const frozen = this.#parts.records.freeze(this.#waitingTouches)
    try {
      // What stands here may be younger than the last flush of the folder; `.1` must not outlive it.
      await this.#parts.files.flushFolder(this.#parts.folder)
      await this.#wal.begin(head, '', () => this.#write(frozen, head.after))
    } catch (error) {
      this.#trouble = unkeepable(codeOf(error), 'sure').message
      throw error
    } finally {
      frozen.thaw()
    }
  }

  add(waiting: Waiting): void {
    const nothingToWaitFor = waiting.body === null && this.#waiting.length === 0
    if (nothingToWaitFor) waiting.keep()
    else {
      this.#waiting.push(waiting)
      this.#works ??= this.#work()
    }
  }

  /** Resolves when all is on the disk as far as it will go. Nothing may be added any more. */
  async close(): Promise<void> {
    await this.#rest()
    try {
      if (!this.#wal.trusted) await this.beginAnew()
      else if (this.#wal.changeBytes > 0) {
        this.#beginSnapshot()
        await this.#rest()
      }
    } catch (error) {
      this.#parts.log.error({ error }, 'no snapshot at the end; the next start reads the log')
    }
    await this.#wal.close()
  }

  async #rest(): Promise<void> {
    while (this.#works !== null || this.#snapshotRuns !== null) {
      await this.#works
      await this.#snapshotRuns
    }
  }

  async #work(): Promise<void> {
    // What is changed in the same turn of the loop waits together.
    await null
    while (this.#inPlace !== null || this.#waiting.length > 0) {
      if (this.#inPlace !== null) await this.#shortenLog(this.#inPlace.seq)
      else await this.#commit([...this.#waiting])
    }
    this.#works = null
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    const bodies = batch.flatMap(({ body }) => (body === null ? [] : [body]))
    if (bodies.length > 0) {
      const lines = encodeChanges(this.#seq, bodies).join('')
      let written = false
      try {
        if (!this.#wal.trusted) await this.beginAnew()
        written = true
        await this.#wal.append(lines)
      } catch (error) {
        return this.#lose(error, written ? 'maybe written' : 'not written')
      }
      this.#seq += bodies.length
      this.#since?.push(lines)
      if (this.#trouble !== null) this.#parts.log.info({}, 'the disk takes changes again')
      this.#trouble = null
    }
    this.#waiting.splice(0, batch.length)
    for (const waiting of batch) waiting.keep()
    const limit = Math.max(this.#parts.leastLogBytes, this.#snapshotBytes, this.#notBefore)
    if (this.#wal.changeBytes > limit) this.#beginSnapshot()
  }

  /**
   * The disk would not: everything that waits is taken back, also what came after the failed one and
   * was built upon it. They are refused when it is sure that they cannot come back at a start.
   */
  async #lose(error: unknown, lines: 'maybe written' | 'not written'): Promise<void> {
    const { log, records, onUndone } = this.#parts
    const lost = this.#waiting
    records.undo(this.#waitingTouches)
    this.#waiting = []
    onUndone()
    let sure = lines === 'not written' || (await this.#wal.cut())
    let recovered = false
    if (lines === 'maybe written' && !this.#wal.trusted) {
      try {
        await this.beginAnew()
        sure = true
        recovered = true
      } catch (error) {
        log.error({ error }, 'no new log could be begun; it is tried again with the next change')
      }
    }
    const refusal = unkeepable(codeOf(error), sure ? 'sure' : 'unsure')
    log.error({ error, changes: lost.length, sure }, 'changes were taken back and refused')
    this.#trouble = recovered ? null : refusal.message
    for (const waiting of lost) waiting.refuse(refusal)
  }

  /** Goes on beside the changes; when it is in place, the log is shortened between two of them. */
  #beginSnapshot(): void {
    if (this.#snapshotRuns !== null || this.#inPlace !== null) return
    const seq = this.#seq
    const frozen = this.#parts.records.freeze(this.#waitingTouches)
    this.#since = []
    const run = async () => {
      try {
        await this.#write(frozen, seq)
        this.#inPlace = { seq }
      } catch (error) {
        this.#since = null
        this.#notBefore = this.#wal.changeBytes + this.#parts.leastLogBytes
        this.#parts.log.error({ error }, 'no snapshot could be written; the log grows on')
      }
      frozen.thaw()
      this.#snapshotRuns = null
      this.#works ??= this.#work()
    }
    this.#snapshotRuns = run()
  }

  async #write(frozen: ReturnType<Records['freeze']>, seq: number): Promise<void> {
    const { files, folder, clock, version } = this.#parts
    const head = { version, epoch: this.#epoch, seq, writtenAt: clock.now().toISOString() }
    const collections = collectionNames.map((name) => [name, frozen.of(name)] as const)
    this.#snapshotBytes = await writeSnapshot(
      files,
      `${folder}/${snapshotName}`,
      { head, collections },
      () => keepPrevious(files, folder, snapshotName),
    )
  }

  async #shortenLog(seq: number): Promise<void> {
    const lines = (this.#since ?? []).join('')
    this.#since = null
    this.#inPlace = null
    this.#notBefore = 0
    if (!this.#wal.trusted) return
    try {
      await this.#wal.begin({ epoch: this.#epoch, after: seq }, lines)
    } catch (error) {
      this.#notBefore = this.#wal.changeBytes + this.#parts.leastLogBytes
      this.#parts.log.error({ error }, 'the log could not be begun anew after a snapshot')
    }
  }
}
