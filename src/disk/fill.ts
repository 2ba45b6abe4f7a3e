import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import { Refusal } from '../core/refusal.ts'
import type { Collection } from '../core/state.ts'
import type { Files } from './files.ts'
import { snapshotName } from './generations.ts'
import type { RawRecord } from './lines.ts'
import { type Migration, migrate, type RawState } from './migrations.ts'
import { collectionNames, mistakeIn, type Records, type Stored } from './records.ts'
import { writeSnapshot } from './snapshot.ts'
import type { Found } from './start.ts'

interface Parts {
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
export async function fill(records: Records, found: Found | null, parts: Parts): Promise<void> {
  if (found && found.version < parts.migrations.length) await copyToBackup(found, parts)
  fillInMemory(records, found, parts)
}

/** The same, without the copy of what was there before: nothing is written. */
export function fillInMemory(
  records: Records,
  found: Found | null,
  parts: Pick<Parts, 'folder' | 'log' | 'migrations'>,
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

/** With the changes of the log in it: one file is all that is needed to go back. */
async function copyToBackup(found: Found, { files, folder, log, clock }: Parts): Promise<void> {
  const name = `backup/shape-${found.version}-change-${found.seq}.json`
  await files.makeFolder(`${folder}/backup`)
  const { version, epoch, seq, raw } = found
  const head = { version, epoch, seq, writtenAt: clock.now().toISOString() }
  const collections = Array.from(raw, ([name, of]) => [name, of.values()] as const)
  await writeSnapshot(files, `${folder}/${name}`, { head, collections })
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
