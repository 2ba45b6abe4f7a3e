import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import {
  asArchived,
  type Due,
  type DueEntries,
  dropArchived,
  dueSteps,
} from '../core/journal/archive.ts'
import { type ArchivedMonth, archivedEntry } from '../core/journal/entry.ts'
import type { Log } from '../core/log.ts'
import type { Store } from '../core/store.ts'
import { appendLines } from './append-lines.ts'
import { type Files, realFiles } from './files.ts'
import { readSealed, seal } from './sealed-lines.ts'
import { standing } from './unkeepable.ts'

// Where old entries of the journal go: `journal/entries-2026-03.jsonl`, by the month of each, in UTC.

/** One write each: a change of more would hold the others up. */
const mostAtOnce = 200

export interface Archive {
  /** Moves what has stayed long enough. `now` is known to be right. Never throws: the next call tries again. */
  archive(now: Date): Promise<boolean>
  /** Why old entries stay in the state, in a sentence; null where all is well. */
  trouble(): string | null
}

export function createArchive(parts: {
  readonly folder: string
  readonly store: Store
  readonly log: Log
  readonly files?: Files
}): Archive {
  const { store, log, files = realFiles } = parts
  const folder = `${parts.folder}/journal`
  let trouble: string | null = null
  let last: Promise<unknown> = Promise.resolve()

  return {
    archive(now) {
      const moved = last.then(() => moveAll(now))
      last = moved
      return moved
    },
    trouble: () => trouble,
  }

  async function moveAll(now: Date): Promise<boolean> {
    let count = 0
    try {
      // Looked for once: it takes as long as the journal is.
      const { due, runs } = await lookedFor(now)
      while (count < due.length) {
        const some = due.slice(count, count + mostAtOnce)
        await keep(some)
        // Only now: a power cut before this leaves them in both places, and they are written again.
        await store.update((tx) => dropArchived(tx, some, runs))
        count += some.length
      }
      if (count > 0) log.info({ count }, 'old entries of the journal are in its archive')
      trouble = null
      return true
    } catch (error) {
      log.error({ error }, 'old entries of the journal cannot be archived; they stay')
      trouble = standing('Old entries of the journal cannot be archived', error)
      return false
    }
  }

  async function lookedFor(now: Date): Promise<DueEntries> {
    const steps = dueSteps(store.state, now)
    for (;;) {
      const { done, value } = steps.next()
      if (done) return value
      await turnOfTheLoop()
    }
  }

  async function keep(some: readonly Due[]): Promise<void> {
    const months = new Map<string, string>()
    for (const each of some)
      months.set(each.month, (months.get(each.month) ?? '') + seal(asArchived(each)))
    for (const [month, lines] of months)
      await appendLines(files, `${folder}/entries-${month}.jsonl`, { lines, until: 'flushed' })
    await files.flushFolder(folder)
  }
}

/** A month at a time: years of them would fill the memory. */
export async function* readArchive(
  dataFolder: string,
  files: Pick<Files, 'list' | 'read'> = realFiles,
): AsyncGenerator<ArchivedMonth> {
  const folder = `${dataFolder}/journal`
  for (const file of await files.list(folder)) {
    if (!/^entries-\d{4}-\d\d\.jsonl$/.test(file)) continue
    const bytes = await files.read(`${folder}/${file}`)
    if (bytes === null) continue
    const { lines, damaged } = readSealed(bytes)
    // A line that is whole and yet no entry is missed where it stood.
    yield {
      file,
      damaged,
      entries: lines.flatMap((line) => archivedEntry.safeParse(line).data ?? []),
    }
  }
}
