import type { Log } from '../core/log.ts'
import { type Files, type OpenFile, realFiles } from './files.ts'

export interface Readings {
  /** Waits in memory for the next `flush`; the month is that of `at`, in UTC. */
  keepReading(line: object, at: Date): void
  /** Writes what waits, a write a month. Never throws: watching printers goes on without. */
  flush(): Promise<void>
}

/** Letters that wait at most; a caller that never flushes must not fill the memory. */
const mostWaiting = 4_194_304

/**
 * Changed readings as JSON lines, `journal/readings-2026-11.jsonl`. Not flushed to the card: a power
 * cut may cost the last minute of them, which is not worth a write each.
 */
export function createReadings(parts: { folder: string; log: Log; files?: Files }): Readings {
  const { folder, log, files = realFiles } = parts
  /** Lines by month. */
  let waiting = new Map<string, string>()
  let letters = 0
  let failing = false
  let last: Promise<void> = Promise.resolve()

  return {
    keepReading(line, at) {
      const month = at.toISOString().slice(0, 7)
      const text = `${JSON.stringify(line)}\n`
      if (letters + text.length > mostWaiting) return
      letters += text.length
      waiting.set(month, (waiting.get(month) ?? '') + text)
    },
    flush() {
      last = last.then(write)
      return last
    },
  }

  async function write(): Promise<void> {
    const lines = waiting
    waiting = new Map()
    letters = 0
    try {
      for (const [month, text] of lines) await append(`${folder}/journal`, month, text)
      if (failing && lines.size > 0) log.info({}, 'readings are kept again')
      if (lines.size > 0) failing = false
    } catch (error) {
      if (!failing) log.error({ error }, 'readings cannot be kept; the printers are watched on')
      failing = true
    }
  }

  async function append(journal: string, month: string, text: string): Promise<void> {
    const path = `${journal}/readings-${month}.jsonl`
    await files.makeFolder(journal)
    const file = await files.open(path, 'append')
    try {
      await file.append((await isTorn(path, file)) ? `\n${text}` : text)
    } finally {
      await file.close()
    }
  }

  /** A write that was cut off left half a line; the next begins on a line of its own. */
  async function isTorn(path: string, file: OpenFile): Promise<boolean> {
    if (file.length === 0) return false
    const end = await files.read(path, file.length - 1)
    return end !== null && end.length > 0 && end[0] !== 10
  }
}
