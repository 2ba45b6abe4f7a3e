import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import { Refusal } from '../core/refusal.ts'
import type { Collection } from '../core/state.ts'
import { codeOf, type Files } from './files.ts'
import { snapshotName } from './generations.ts'
import type { RawRecord } from './lines.ts'
import { type Migration, migrate, type RawState } from './migrations.ts'
import { collectionNames, mistakeIn, type Records, type Stored } from './records.ts'
import { writeSnapshot } from './snapshot.ts'
import type { Found } from './start.ts'
import { whatDisk } from './unkeepable.ts'

export interface FillParts {
  readonly files: Files
  readonly folder: string
  readonly log: Log
  readonly clock: Clock
  readonly migrations: readonly Migration[]
}

/**
 * Puts what was read into the records: taken to the newest shape, and every record held against its
 * schema. Refuses `invalid` where one does not fit, with its name.
 */
export function fill(
  records: Records,
  found: Pick<Found, 'version' | 'raw'> | null,
  parts: Pick<FillParts, 'folder' | 'log' | 'migrations'>,
): void {
  const path = `${parts.folder}/${snapshotName}`
  const steps = parts.migrations
  const raw: RawState = found?.raw ?? new Map()
  migrate(raw, { version: found?.version ?? 0, path }, { steps, log: parts.log })
  for (const [name, collection] of raw) {
    if (!isCollection(name)) throw unfit(path, `platen keeps no ${name}`)
    for (const record of collection.values()) {
      const mistake = mistakeIn(name, record)
      if (mistake !== null) throw unfit(path, mistake)
      // The schema has just said so.
      records.put(name, record as RawRecord & Stored)
    }
  }
}

/**
 * Keeps a copy of what an older platen has written, with the changes of the log in it: one file is
 * all that is needed to go back. Refuses `unkeepable` where the disk does not take it.
 */
export async function copyIfOlder(
  found: Pick<Found, 'version' | 'epoch' | 'seq' | 'raw'>,
  parts: FillParts,
): Promise<void> {
  if (found.version >= parts.migrations.length) return
  const { files, folder, log, clock } = parts
  const name = `backup/shape-${found.version}-change-${found.seq}.json`
  const { version, epoch, seq, raw } = found
  const head = { version, epoch, seq, writtenAt: clock.now().toISOString() }
  const collections = Array.from(raw, ([name, of]) => [name, of.values()] as const)
  try {
    await files.makeFolder(`${folder}/backup`)
    await writeSnapshot(files, `${folder}/${name}`, { head, collections })
  } catch (error) {
    if (codeOf(error) === '') throw error
    throw new Refusal(
      'unkeepable',
      `This version of platen keeps its files in another shape, and a copy of the old ones has to be there first: ${folder}/${name} cannot be written, the disk ${whatDisk(error)}. Nothing in the folder was changed. Make room, or start the platen that wrote them.`,
      { file: `${folder}/${name}` },
    )
  }
  log.info({ file: name }, 'kept a copy from before this version of platen')
}

function isCollection(name: string): name is Collection {
  return collectionNames.some((known) => known === name)
}

function unfit(path: string, mistake: string): Refusal {
  return new Refusal(
    'invalid',
    `${path} does not fit this platen: ${mistake}. Nothing in it was changed. Start the platen that wrote it, or put back a copy from backup/.`,
    { file: path },
  )
}
