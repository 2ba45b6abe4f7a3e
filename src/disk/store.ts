import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import type { Store } from '../core/store.ts'
import { codeOf, type Files, realFiles } from './files.ts'
import { fill } from './fill.ts'
import { Keeper } from './keeper.ts'
import { type Processes, realProcesses, takeLock } from './lock.ts'
import { type Migration, migrations } from './migrations.ts'
import { createRecords } from './records.ts'
import { type Found, readFolder } from './start.ts'
import { transact } from './transaction.ts'
import { unkeepable } from './unkeepable.ts'

export interface StoreParts {
  /** Where everything is kept; made where it is missing. */
  readonly folder: string
  readonly log: Log
  readonly clock: Clock
  readonly files?: Files
  readonly processes?: Processes
  readonly migrations?: readonly Migration[]
  /** How long the log grows at least before a snapshot is worth its bytes. */
  readonly leastLogBytes?: number
}

export interface OpenStore extends Store {
  /** Why nothing can be kept at the moment, in a sentence; null where all is well. */
  trouble(): string | null
  /** Resolves when everything is on the disk and another process may open the folder. */
  close(): Promise<void>
}

/**
 * Refuses `conflict` where another process has the folder, `invalid` what it cannot read (nothing is
 * written then), `unkeepable` where nothing was ever kept and nothing can be.
 */
export async function openStore(parts: StoreParts): Promise<OpenStore> {
  const files = parts.files ?? realFiles
  await files.makeFolder(parts.folder)
  const release = await takeLock(files, parts.folder, parts.processes ?? realProcesses)
  try {
    return await open({ migrations, ...parts, files }, release)
  } catch (error) {
    await release()
    throw error
  }
}

/** An SD card wears by what is written to it, and a start reads a megabyte in no time. */
const leastLogBytes = 1_048_576

type AllParts = StoreParts & { files: Files; migrations: readonly Migration[] }

async function open(parts: AllParts, release: () => Promise<void>): Promise<OpenStore> {
  const { files, folder, log, clock } = parts
  const steps = parts.migrations
  const found = await readFolder(files, folder, log)
  const records = createRecords()
  await fill(records, found, parts)
  const listeners = new Set<() => void>()
  const keeper = new Keeper({
    ...{ files, folder, log, clock, records },
    leastLogBytes: parts.leastLogBytes ?? leastLogBytes,
    version: steps.length,
    from: found ?? { epoch: 0, seq: 0, snapshotBytes: 0 },
    onUndone: tellListeners,
  })
  await begin(keeper, found, parts)
  let closing: Promise<void> | null = null
  let inChange = false

  return {
    state: records.state,
    update(change) {
      if (closing) return Promise.reject(unkeepable('ECANCELED', 'sure'))
      if (inChange) return Promise.reject(new Error('a change cannot begin inside another'))
      return new Promise((resolve, reject) => {
        inChange = true
        try {
          const { result, touches, body } = transact(records, change)
          keeper.add({ touches, body, keep: () => resolve(result), refuse: reject })
          if (body === null) return
        } finally {
          inChange = false
        }
        tellListeners()
      })
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    trouble: () => keeper.trouble,
    close() {
      closing ??= keeper.close().finally(release)
      return closing
    },
  }

  /** One that fails is its own fault: the change stands, and the others are told. */
  function tellListeners(): void {
    for (const listener of listeners) {
      try {
        listener()
      } catch (error) {
        log.error({ error }, 'somebody who is told of changes failed')
      }
    }
  }
}

/** Goes on with an empty log of the same shape; after anything else a new one begins. */
async function begin(keeper: Keeper, found: Found | null, parts: AllParts): Promise<void> {
  try {
    if (found?.logIsEmpty && found.version === parts.migrations.length) await keeper.goOn()
    else await keeper.beginAnew()
  } catch (error) {
    if (found === null) throw unkeepable(codeOf(error), 'sure')
    // What was kept can be read, and the printers watched; each change tries again.
    parts.log.error({ error }, 'nothing can be kept at the moment')
  }
}
