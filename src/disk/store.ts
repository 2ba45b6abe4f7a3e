import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import type { Store } from '../core/store.ts'
import { finishExchange } from './backup/exchange.ts'
import { type AsRead, type Claim, claimFolder } from './claim.ts'
import { type Files, realFiles } from './files.ts'
import { copyIfOlder, fill } from './fill.ts'
import { prepareFolder } from './folder.ts'
import { Keeper } from './keeper.ts'
import { type Processes, realProcesses } from './lock.ts'
import { type Migration, migrations } from './migrations.ts'
import { createRecords } from './records.ts'
import { type Found, readFolder } from './start.ts'
import { transact } from './transaction.ts'
import { stopping, unkeepable } from './unkeepable.ts'

export interface StoreParts {
  /** Where everything is kept; made where it is missing. */
  readonly folder: string
  readonly log: Log
  readonly clock: Clock
  readonly files?: Files
  readonly processes?: Processes
  readonly migrations?: readonly Migration[]
  /** How long another process that has the folder is waited for. */
  readonly patienceMs?: number
  /** How long the log grows at least before a snapshot is worth its bytes. */
  readonly leastLogBytes?: number
}

export interface OpenStore extends Store {
  /** Up to which change was read from the disk; null where nothing was kept. */
  readonly found: AsRead | null
  /** Up to which change all is on the disk; null while it takes nothing. */
  durable(): AsRead | null
  /** Why nothing can be kept at the moment, in a sentence; null where all is well. */
  trouble(): string | null
  /** After a failure, tries whether the disk takes changes again. Never throws. */
  mend(): Promise<void>
  /**
   * The whole state as it is durable now, as a snapshot of that name on the same disk; changes go on. Rejects
   * with what the disk threw.
   */
  copyTo(path: string): Promise<void>
  /**
   * Writes all of it anew, twice: what was dropped is in neither generation any more. Refuses `unkeepable`
   * where the disk would not.
   */
  rewrite(): Promise<void>
  /** Resolves when everything is on the disk and another process may open the folder. */
  close(): Promise<void>
}

/**
 * Refuses `conflict` where another process or account has the folder, `invalid` what it cannot read
 * (nothing is written then), `unkeepable` where nothing was ever kept and nothing can be.
 */
export async function openStore(given: StoreParts): Promise<OpenStore> {
  const parts = { ...defaults, ...given }
  await prepareFolder(parts.files, parts.folder, parts.log)
  const claim = await claimFolder(parts)
  try {
    return await open(parts, claim)
  } catch (error) {
    await claim.letGo()
    throw error
  }
}

const defaults = {
  files: realFiles,
  processes: realProcesses,
  migrations,
  /** A command at the keys holds the folder for a moment, a platen that stops for a second or two. */
  patienceMs: 3000,
  /** The daily backup writes a snapshot anyway; a start reads as much in a second or two on a Pi. */
  leastLogBytes: 16_777_216,
}

type AllParts = StoreParts & typeof defaults

async function open(parts: AllParts, claim: Claim): Promise<OpenStore> {
  const { files, folder, log } = parts
  if (claim.isHeld) await finishExchange(files, folder, log)
  const found = await readFolder(files, folder, log)
  if (found && claim.isHeld) await copyIfOlder(found, parts)
  const records = createRecords()
  fill(records, found, parts)
  const asRead = found && { epoch: found.epoch, seq: found.seq }
  const listeners = new Set<() => void>()
  const keeper = new Keeper({
    ...{ ...parts, records, version: parts.migrations.length },
    mayWrite: () => claim.holdAgain(asRead),
    from: found ?? { epoch: 0, seq: 0, snapshotBytes: 0 },
    onUndone: tellListeners,
  })
  await begin(keeper, found, parts)
  let closing: Promise<void> | null = null
  let inChange = false

  return {
    state: records.state,
    found: asRead,
    durable: () => keeper.durable,
    update(change) {
      if (closing) return Promise.reject(stopping())
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
    async mend() {
      if (!closing) await keeper.mend()
    },
    rewrite: () => (closing ? Promise.reject(stopping()) : keeper.rewrite()),
    copyTo: (path) => (closing ? Promise.reject(stopping()) : keeper.copyTo(path)),
    close() {
      closing ??= keeper.close().finally(claim.letGo)
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

/** Goes on with the log, unless what was read has another shape: then all of it is written anew. */
async function begin(keeper: Keeper, found: Found | null, parts: AllParts): Promise<void> {
  try {
    const fits = found !== null && found.version === parts.migrations.length
    await keeper.begin((fits && found.log) || 'anew')
  } catch (error) {
    if (found === null) throw unkeepable(error, 'sure')
    // What was kept can be read, and the printers watched; each change tries again.
    parts.log.error({ error }, 'nothing can be kept at the moment')
  }
}
