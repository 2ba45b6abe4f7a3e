import type { z } from 'zod'
import type { Log } from '../core/log.ts'
import { type Files, realFiles } from './files.ts'

export interface StatusFile {
  /** Never throws: watching printers goes on without. */
  save(value: unknown): Promise<void>
  /** Null where there is none, or none that fits: a sweep makes it anew. */
  load<T>(schema: z.ZodType<T>): Promise<T | null>
}

/**
 * `status.json`: what the printers last said, so that a start shows something before the first sweep.
 * Not flushed to the card, since it can be lost; never half there, since it is renamed into place.
 */
export function createStatusFile(parts: { folder: string; log: Log; files?: Files }): StatusFile {
  const { folder, log, files = realFiles } = parts
  const path = `${folder}/status.json`
  let failing = false
  let last: Promise<void> = Promise.resolve()

  return {
    save(value) {
      // One after the other: two at once would write into the same new file.
      last = last.then(() => write(JSON.stringify(value)))
      return last
    },
    async load(schema) {
      const bytes = await files.read(path)
      if (bytes === null) return null
      const parsed = schema.safeParse(parse(bytes))
      if (parsed.success) return parsed.data
      log.warn({ file: path }, 'dropped what the printers last said: it cannot be read')
      return null
    },
  }

  async function write(text: string): Promise<void> {
    try {
      const file = await files.open(`${path}.new`, 'anew')
      await file.append(text).finally(() => file.close())
      await files.rename(`${path}.new`, path)
      failing = false
    } catch (error) {
      if (!failing) log.error({ error }, 'what the printers said cannot be kept')
      failing = true
    }
  }
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString())
  } catch {
    return undefined
  }
}
