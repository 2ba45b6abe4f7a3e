import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import { Ledger, type LedgerParts } from './ledger.ts'
import type { UpTo } from './snapshots.ts'
import type { Found } from './start.ts'
import type { Done } from './transaction.ts'
import { standing, stillInFiles, unkeepable } from './unkeepable.ts'

/** A change that shows in memory already and is not on the disk yet. */
export interface Waiting extends Pick<Done<unknown>, 'touches' | 'body'> {
  keep(): void
  refuse(why: Error): void
}

/** Somebody wants all that is durable under a second name. */
interface WantedCopy {
  readonly path: string
  made(): void
  failed(why: unknown): void
}

/** Somebody wants nothing left of what was dropped. */
interface WantedRewrite {
  done(): void
  failed(why: unknown): void
}

export interface KeeperParts extends LedgerParts {
  /** Called when changes were taken back. */
  readonly onUndone: () => void
}

/**
 * Brings changes to the disk, one step at a time: what waits is written and flushed together. Where
 * the disk would not, what waits is taken back and refused.
 */
export class Keeper {
  readonly #parts: KeeperParts
  readonly #ledger: Ledger
  #waiting: Waiting[] = []
  /** What is not durable, in order. */
  readonly #touches = () => this.#waiting.flatMap((waiting) => waiting.touches)
  #copies: WantedCopy[] = []
  #rewrites: WantedRewrite[] = []
  #works: Promise<void> | null = null
  #trouble: string | null = null

  constructor(parts: KeeperParts) {
    this.#parts = parts
    this.#ledger = new Ledger(parts, () => this.#goToWork())
  }

  /** Why nothing can be kept at the moment, in a sentence; null where all is well. */
  get trouble(): string | null {
    return this.#trouble
  }

  get durable(): UpTo | null {
    return this.#ledger.durable
  }

  /** With the log that was read, or `anew`: all of it is written again. */
  async begin(how: 'anew' | NonNullable<Found['log']>): Promise<void> {
    try {
      if (how === 'anew') await this.#ledger.beginAnew(this.#touches)
      else await this.#ledger.carryOn(how)
      this.#isWell()
    } catch (error) {
      this.#trouble = standing(nothingSaved, error)
      throw error
    }
  }

  add(waiting: Waiting): void {
    const nothingToWaitFor = waiting.body === null && this.#waiting.length === 0
    if (nothingToWaitFor) waiting.keep()
    else {
      this.#waiting.push(waiting)
      this.#goToWork()
    }
  }

  /** What `Ledger.copyTo` says, in its turn. */
  copyTo(path: string): Promise<void> {
    return new Promise((made, failed) => {
      this.#copies.push({ path, made, failed })
      this.#goToWork()
    })
  }

  /** All is written anew, in both generations: what was dropped is in none of these files any more. */
  rewrite(): Promise<void> {
    return new Promise((done, failed) => {
      this.#rewrites.push({ done, failed })
      this.#goToWork()
    })
  }

  /** After a failure, finds out whether the disk takes changes again, before somebody has one. */
  async mend(): Promise<void> {
    // A change that is on its way finds out by itself.
    if (this.#trouble === null || this.#works !== null) return
    const tried = this.begin('anew').catch((error: unknown) =>
      this.#parts.log.debug({ error }, 'the disk takes no changes yet'),
    )
    this.#works = tried.then(() => this.#work())
    await this.#works
  }

  /** Resolves when all is on the disk as far as it will go. Nothing may be added any more. */
  async close(): Promise<void> {
    await this.#rest()
    try {
      if (this.#ledger.trusted) this.#ledger.snapshotAtTheEnd()
      else await this.begin('anew')
      await this.#rest()
    } catch (error) {
      this.#parts.log.error({ error }, 'no snapshot at the end; the next start reads the log')
    }
    await this.#ledger.close()
  }

  async #rest(): Promise<void> {
    while (this.#works !== null || this.#ledger.isWritingSnapshot) {
      await this.#works
      await this.#ledger.rest()
    }
  }

  #goToWork(): void {
    this.#works ??= this.#work()
  }

  async #work(): Promise<void> {
    await null
    for (;;) {
      if (this.#ledger.isLong) await this.#ledger.shorten()
      else if (this.#copies.length > 0 && !this.#ledger.isWritingSnapshot) await this.#copy()
      else if (this.#rewrites.length > 0) await this.#rewrite()
      else if (this.#waiting.length > 0) await this.#commit()
      else break
    }
    this.#works = null
  }

  /** Writing it goes on beside the changes. */
  async #copy(): Promise<void> {
    const wanted = this.#copies.shift()
    try {
      if (!this.#ledger.trusted) await this.begin('anew')
    } catch (error) {
      return wanted?.failed(error)
    }
    if (wanted) this.#ledger.copyTo(wanted.path, this.#touches()).then(wanted.made, wanted.failed)
  }

  async #rewrite(): Promise<void> {
    const wanted = this.#rewrites.splice(0)
    try {
      await this.begin('anew')
      await this.begin('anew')
      for (const { done } of wanted) done()
    } catch (error) {
      for (const { failed } of wanted) failed(stillInFiles(error))
    }
  }

  async #commit(): Promise<void> {
    // What came in the same turn of the loop, from many at once, is written and flushed together.
    await turnOfTheLoop()
    const batch = [...this.#waiting]
    const bodies = batch.flatMap(({ body }) => (body === null ? [] : [body]))
    if (bodies.length > 0) {
      let written = false
      try {
        if (!this.#ledger.trusted) await this.begin('anew')
        written = true
        await this.#ledger.append(bodies)
      } catch (error) {
        return this.#lose(error, written ? 'maybe written' : 'not written')
      }
      this.#isWell()
    }
    this.#waiting.splice(0, batch.length)
    for (const waiting of batch) waiting.keep()
    this.#ledger.snapshotIfDue(this.#touches())
  }

  /**
   * The disk would not: everything that waits is taken back, also what came after the failed one and
   * was built upon it. They are refused when it is sure that they cannot come back at a start.
   */
  async #lose(error: unknown, lines: 'maybe written' | 'not written'): Promise<void> {
    const { log, records, onUndone } = this.#parts
    const lost = this.#waiting
    records.undo(this.#touches())
    this.#waiting = []
    onUndone()
    const left = lines === 'not written' ? 'nothing' : await this.#ledger.takeBack(this.#touches)
    const that = left === 'maybe lines' ? 'unsure' : 'sure'
    log.error({ error, changes: lost.length, that }, 'changes were taken back and refused')
    this.#trouble = left === 'a new log' ? null : standing(nothingSaved, error)
    const refusal = unkeepable(error, that)
    for (const waiting of lost) waiting.refuse(refusal)
  }

  #isWell(): void {
    if (this.#trouble !== null) this.#parts.log.info({}, 'the disk takes changes again')
    this.#trouble = null
  }
}

const nothingSaved = 'Nothing can be saved'
