import type { FileHandle } from 'node:fs/promises'
import { countInside, newerThan, type WouldRestore } from '../../core/backup/made.ts'
import { chainEndOf } from '../../core/journal/journal.ts'
import { verifyJournal } from '../../core/journal/verify.ts'
import type { Log } from '../../core/log.ts'
import type { State } from '../../core/state.ts'
import { type Files, realFiles } from '../files.ts'
import { fill } from '../fill.ts'
import { lookAt } from '../look.ts'
import { migrations } from '../migrations.ts'
import { createRecords } from '../records.ts'
import { readSnapshot } from '../snapshot.ts'
import type { Manifest } from './manifest.ts'
import { unsound } from './unsound.ts'
import { openBackup, readOpened, stateName } from './verify.ts'

export interface BackupParts {
  /** It, opened by whoever may read it: root may, where the account that the folder belongs to may not. */
  readonly opened?: FileHandle
  /** The backup. */
  readonly file: string
  /** The data folder. */
  readonly folder: string
  readonly log: Log
  readonly files?: Files
}

/**
 * Reads a backup whole, with every record of its state, and tells what would come back. Writes nothing.
 * Refuses `invalid` what is no good backup, or is of a newer platen.
 */
export async function lookIntoBackup(parts: BackupParts): Promise<WouldRestore> {
  return withOpened(parts, async (opened) => (await lookInto({ ...parts, opened })).would)
}

export async function withOpened<T>(
  { file, opened }: BackupParts,
  use: (opened: FileHandle) => Promise<T>,
): Promise<T> {
  if (opened) return use(opened)
  const own = await openBackup(file)
  return use(own).finally(() => own.close())
}

export interface Looked {
  readonly would: WouldRestore
  readonly manifest: Manifest
}

export async function lookInto(
  parts: BackupParts & { readonly opened: FileHandle },
): Promise<Looked> {
  const { file, opened, folder, log, files = realFiles } = parts
  const chunks: Buffer[] = []
  const manifest = await readOpened(file, opened, async (name, body) => {
    if (name === stateName) for await (const chunk of body) chunks.push(chunk)
  })
  const then = await stateIn(file, Buffer.concat(chunks), log)
  // What is here may be damaged: that is no reason not to restore.
  const here = await lookAt(folder, log, files).catch(() => null)
  const proof = verifyJournal(then)
  const would: WouldRestore = {
    ...{ file, site: manifest.site, madeAt: manifest.madeAt, version: manifest.platen },
    clockTrusted: manifest.clockTrusted,
    inside: countInside(then, Object.keys(manifest.files)),
    journalTrouble: proof.ok ? null : proof.sentence,
    newerHere: here && newerThan(here, then, chainEndOf(then).number),
  }
  return { would, manifest }
}

/** As a start would read it, with every migration and every schema. */
async function stateIn(file: string, bytes: Buffer, log: Log): Promise<State> {
  const snapshot = await readSnapshot({ ...realFiles, read: async () => bytes }, file)
  if (!snapshot?.ok) throw unsound(file, `its ${stateName} cannot be read: ${snapshot?.why}`)
  const raw = new Map(
    Array.from(
      snapshot.collections,
      ([name, records]) =>
        [name, new Map(Array.from(records, (record) => [record.id, record]))] as const,
    ),
  )
  const { version } = snapshot.head
  const records = createRecords()
  fill(records, { version, raw }, { folder: file, log, migrations })
  return records.state
}
