import { clearAway, type Files, type OpenFile } from './files.ts'
import { logName } from './generations.ts'
import { encodeHead, type LogHead } from './lines.ts'

/**
 * The write-ahead log `platen.log` while it is open. It knows how long it is as far as people were
 * told, and whether it may still be written to. One call at a time; the keeper sees to that.
 */
export class WriteAheadLog {
  readonly #files: Files
  readonly #folder: string
  #file: OpenFile | null = null
  #trusted = false
  #headBytes = 0
  /** Up to here every byte was flushed. */
  #bytes = 0

  constructor(files: Files, folder: string) {
    this.#files = files
    this.#folder = folder
  }

  /** False before there is a log, and from a failed flush on until a new log has begun. */
  get trusted(): boolean {
    return this.#trusted
  }

  /** It is appended to no more, until a new one has begun. */
  distrust(): void {
    this.#trusted = false
  }

  /** Bytes of changes, without the head. */
  get changeBytes(): number {
    return this.#bytes - this.#headBytes
  }

  /** Durable when it resolves. Where it throws, `cut` comes before anything else. */
  async append(lines: string): Promise<void> {
    if (this.#file === null || !this.#trusted) throw new Error('the log cannot be written to')
    const bytes = Buffer.from(lines)
    await this.#file.append(bytes)
    // Linux marks pages that it could not write as clean: a second flush would claim success.
    this.#trusted = false
    await this.#file.flush()
    this.#trusted = true
    this.#bytes += bytes.length
  }

  /**
   * Takes away what a failed `append` left, also from the disk. False where the disk would not: then
   * those lines may be there at the next start, unless a new log begins before.
   */
  async cut(): Promise<boolean> {
    try {
      await this.#file?.truncate(this.#bytes)
      await this.#file?.flush()
      return true
    } catch {
      this.#trusted = false
      return false
    }
  }

  /**
   * A new log with these lines takes the old one's place. `between` happens when the new one is written but
   * not yet in place. Where it throws before that, the old log goes on as it was.
   */
  async begin(
    head: LogHead,
    lines: string | Buffer,
    between: () => Promise<void> = async () => {},
  ): Promise<void> {
    const path = `${this.#folder}/${logName}`
    const headLine = encodeHead(head)
    const next = await this.#files.open(`${path}.new`, 'anew')
    try {
      await next.append(headLine)
      if (lines.length > 0) await next.append(lines)
      await next.flush()
      await between()
    } catch (error) {
      await next.close()
      await clearAway(this.#files, `${path}.new`)
      throw error
    }
    // Nobody can say which of the two a start would find, until the folder is flushed.
    this.#trusted = false
    try {
      await this.#files.rename(`${path}.new`, path)
      await this.#files.flushFolder(this.#folder)
    } catch (error) {
      await next.close()
      throw error
    }
    const old = this.#file
    this.#file = next
    this.#trusted = true
    this.#headBytes = Buffer.byteLength(headLine)
    this.#bytes = this.#headBytes + Buffer.byteLength(lines)
    await old?.close()
  }

  async close(): Promise<void> {
    await this.#file?.close()
    this.#file = null
    this.#trusted = false
  }
}
