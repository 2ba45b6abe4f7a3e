import type { Log } from '../core/log.ts'
import type { ReadingsMonth } from '../core/status/history.ts'
import { appendLines } from './append-lines.ts'
import { type Files, realFiles } from './files.ts'
import { readSealed, seal } from './sealed-lines.ts'
import { standing } from './unkeepable.ts'

export interface Readings {
  /** Waits in memory for the next `flush`; the month is that of `at`, in UTC. */
  keepReading(line: object, at: Date): void
  /** Writes what waits, a write a month. Never throws: watching printers goes on without. */
  flush(): Promise<void>
  /** Why they cannot be kept at the moment, in a sentence; null where all is well. */
  trouble(): string | null
}

/** Letters that wait at most: a disk that is full for days must not fill the memory too. */
const mostWaiting = 4_194_304

/**
 * Changed readings as sealed JSON lines, `journal/readings-2026-11.jsonl`. Not flushed to the card: a power
 * cut may cost the last minute of them, which is not worth a write each.
 */
export function createReadings(parts: { folder: string; log: Log; files?: Files }): Readings {
  const { folder, log, files = realFiles } = parts
  /** Lines by month. */
  let waiting = new Map<string, string>()
  let letters = 0
  let dropped = 0
  let trouble: string | null = null
  let last: Promise<void> = Promise.resolve()

  return {
    keepReading(line, at) {
      const text = seal(line)
      if (letters + text.length <= mostWaiting) return wait(at.toISOString().slice(0, 7), text)
      if (dropped === 0) log.warn({ letters }, 'too many readings wait; the next ones are dropped')
      dropped += 1
    },
    flush() {
      last = last.then(write)
      return last
    },
    trouble: () => trouble,
  }

  function wait(month: string, text: string): void {
    letters += text.length
    waiting.set(month, (waiting.get(month) ?? '') + text)
  }

  async function write(): Promise<void> {
    const lines = waiting
    waiting = new Map()
    letters = 0
    try {
      for (const [month, text] of lines) {
        const path = `${folder}/journal/readings-${month}.jsonl`
        await appendLines(files, path, { lines: text, until: 'written' })
        lines.delete(month)
      }
      if (trouble !== null || dropped > 0) log.info({ dropped }, 'readings are kept again')
      trouble = null
      dropped = 0
    } catch (error) {
      if (trouble === null)
        log.error({ error }, 'readings cannot be kept; the printers are watched on')
      trouble = standing('Readings cannot be kept', error)
      goBehind(lines)
    }
  }

  /** What was not written waits again, before what has come since. */
  function goBehind(lines: Map<string, string>): void {
    const since = waiting
    waiting = new Map()
    letters = 0
    for (const [month, text] of [...lines, ...since]) wait(month, text)
  }
}

/** What lies there, a month at a time: whether every line is as it was written. */
export async function* lookAtReadings(
  folder: string,
  files: Pick<Files, 'list' | 'read'> = realFiles,
): AsyncGenerator<ReadingsMonth> {
  for (const file of await files.list(`${folder}/journal`)) {
    const bytes = file.startsWith('readings-') && (await files.read(`${folder}/journal/${file}`))
    if (!bytes) continue
    const { lines, damaged } = readSealed(bytes)
    yield { file, lines: lines.length, damaged }
  }
}
