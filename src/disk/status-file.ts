import type { z } from 'zod'
import { capital } from '../core/capital.ts'
import type { Log } from '../core/log.ts'
import { clearAway, type Files, realFiles } from './files.ts'
import { standing } from './unkeepable.ts'

export interface StatusFile {
  /** Never throws: watching printers goes on without. */
  save(value: unknown): Promise<void>
  /** Null where there is none, or none that fits: a sweep makes it anew. */
  load<T>(schema: z.ZodType<T>): Promise<T | null>
  /** Why it cannot be kept at the moment, in a sentence; null where all is well. */
  trouble(): string | null
}

export interface StatusFileParts {
  readonly folder: string
  readonly log: Log
  readonly files?: Files
  /** Of another such file, and what is in it, as in the middle of a sentence. */
  readonly name?: string
  readonly what?: string
}

/**
 * `status.json`: what the printers last said, so that a start shows something before the first sweep.
 * Not flushed to the card, since it can be lost; never half there, since it is renamed into place.
 */
export function createStatusFile(parts: StatusFileParts): StatusFile {
  const { folder, log, files = realFiles } = parts
  const { name = 'status.json', what = 'what the printers last said' } = parts
  const path = `${folder}/${name}`
  let trouble: string | null = null
  let last: Promise<void> = Promise.resolve()

  return {
    save(value) {
      // One after the other: two at once would write into the same new file.
      last = last.then(() => write(JSON.stringify(value)))
      return last
    },
    async load(schema) {
      try {
        const bytes = await files.read(path)
        if (bytes === null) return null
        const parsed = schema.safeParse(parse(bytes))
        if (parsed.success) return parsed.data
        dropped(parsed.error)
      } catch (error) {
        dropped(error)
      }
      return null
    },
    trouble: () => trouble,
  }

  function dropped(error: unknown): void {
    log.warn({ error, file: path }, `dropped ${what}: it cannot be read`)
  }

  async function write(text: string): Promise<void> {
    try {
      const file = await files.open(`${path}.new`, 'anew')
      await file.append(text).finally(() => file.close())
      await files.rename(`${path}.new`, path)
      if (trouble !== null) log.info({}, `${what} is kept again`)
      trouble = null
    } catch (error) {
      if (trouble === null) log.error({ error }, `${what} cannot be kept`)
      trouble = standing(`${capital(what)} cannot be kept`, error)
      await clearAway(files, `${path}.new`)
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
