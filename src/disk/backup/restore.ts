import type { FileHandle } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { type Actor, actOf } from '../../core/act.ts'
import type { Restored, WouldRestore } from '../../core/backup/made.ts'
import type { Clock } from '../../core/clock.ts'
import { note } from '../../core/journal/journal.ts'
import { waitingLetters } from '../../core/outbox/outbox.ts'
import { Refusal } from '../../core/refusal.ts'
import { lastKnownTime } from '../../core/schedule/known-time.ts'
import { layCanaryAnew } from '../canary.ts'
import { codeOf, type Files, realFiles } from '../files.ts'
import { prepareFolder } from '../folder.ts'
import { logName, snapshotName } from '../generations.ts'
import { type Processes, realProcesses, takeLock } from '../lock.ts'
import { readSnapshot, writeSnapshot } from '../snapshot.ts'
import { openStore } from '../store.ts'
import { standing, whatDisk } from '../unkeepable.ts'
import { wearName } from '../wear.ts'
import { clearStage, exchange, filesBelow, finishExchange, orderName, stage } from './exchange.ts'
import { type BackupParts, lookInto, withOpened } from './look.ts'
import { unsound } from './unsound.ts'
import { readOpened, settingsName, stateName } from './verify.ts'

/**
 * Puts a backup in the place of what is kept, all or nothing wherever the power goes, and opens it once.
 * Refuses `invalid` as `lookIntoBackup`, `conflict` while a platen runs on the folder, `unkeepable` where
 * the disk does not take it; then everything is as it was.
 */
export async function restoreBackup(given: Restoring): Promise<Restored> {
  return withOpened(given, (opened) => restoreFrom({ ...given, opened }))
}

interface Restoring extends BackupParts {
  readonly clock: Clock
  readonly by: Actor
  /** Of the canary; see `disk/canary.ts`. */
  readonly witness: string | null
  readonly processes?: Processes
  /** Told as it gets on. */
  readonly progress?: (words: string) => void
}

async function restoreFrom(given: Restoring & Opened): Promise<Restored> {
  const parts = { files: realFiles, processes: realProcesses, ...given }
  const { folder, files, clock, log, progress = () => {} } = parts
  progress('Reading the backup …')
  const { would, manifest } = await lookInto(parts)
  await prepareFolder(files, folder, log)
  const letGo = await takeLock(files, folder, parts).catch(async (error: unknown) => {
    throw await notRestored(files, folder, howToStop(error))
  })
  let aside: string | null
  try {
    await finishExchange(files, folder, log)
    progress('Unpacking …')
    await unpackInto(files, parts)
    await signEverybodyOut(files, `${folder}/${stage}/${stateName}`)
    progress('Putting it into place …')
    const old = await keptIn(files, folder)
    const free = await freeAside(files, folder, clock.now())
    aside = old.length > 0 ? free : null
    await exchange(files, folder, {
      ...{ aside: free, old },
      new: Object.keys(manifest.files).filter(comesBack),
    })
  } catch (error) {
    throw await notRestored(files, folder, error)
  } finally {
    await letGo()
  }
  progress('Opening it …')
  try {
    await openOnce(parts, would, aside)
  } catch (error) {
    throw putBackBut(error, aside && `${folder}/${aside}`)
  }
  return { ...would, aside: aside && `${folder}/${aside}` }
}

/** With every migration; and the restore goes into the journal. */
async function openOnce(
  parts: Restoring,
  would: WouldRestore,
  aside: string | null,
): Promise<void> {
  const { file, clock, by } = parts
  const store = await openStore(parts)
  clock.wasAt?.(lastKnownTime(store.state))
  try {
    await store.update((tx) => {
      // What waited then may have been sent since.
      for (const letter of waitingLetters(tx.state))
        tx.put('outbox', { ...letter, maybeTwice: true })
      note(tx, actOf(clock, by), {
        what: 'restored',
        subject: basename(file),
        details: { madeAt: would.madeAt, site: would.site, aside },
      })
    })
    const at = store.durable()
    if (at) await layCanaryAnew(parts, at)
  } finally {
    await store.close()
  }
}

/** Who was signed in then may have signed out since, or lost the right to: before it is in place. */
async function signEverybodyOut(files: Files, path: string): Promise<void> {
  const snapshot = await readSnapshot(files, path)
  if (!snapshot?.ok) throw unsound(path, 'it could not be read back')
  const kept = Array.from(snapshot.collections).filter(([name]) => name !== 'sessions')
  await writeSnapshot(files, path, { head: snapshot.head, collections: kept })
}

function putBackBut(error: unknown, aside: string | null): Refusal {
  const before = aside === null ? '' : `, and what was there before is in ${aside}`
  const why = standing('The journal could not note it', error)
  return new Refusal('unkeepable', `The backup was put back${before}. ${why}`)
}

/** Settings lie elsewhere, and a person compares them first. */
const comesBack = (name: string) => name !== settingsName

interface Opened {
  readonly opened: FileHandle
}

async function unpackInto(
  files: Files,
  { file, opened, folder }: BackupParts & Opened,
): Promise<void> {
  const folders = new Set<string>()
  try {
    await readOpened(file, opened, async (name, body) => {
      if (!comesBack(name)) return
      const path = `${folder}/${stage}/${name}`
      await files.makeFolder(dirname(path))
      folders.add(dirname(path))
      const open = await files.open(path, 'anew')
      try {
        for await (const chunk of body) await open.append(chunk)
        await open.flush()
      } finally {
        await open.close()
      }
    })
    for (const one of folders) await files.flushFolder(one)
  } catch (error) {
    await clearStage(files, folder)
    throw error
  }
}

/** Made anew by the next start. The canary would take a state of before for one that was forgotten. */
const ofStarts = ['status.json', 'canary', wearName]

/** All that a backup holds, and what is made of it; backups, logs and the lock stay. */
async function keptIn(files: Files, folder: string): Promise<string[]> {
  const names = await files.list(folder)
  const state = [snapshotName, logName].flatMap((name) => [name, `${name}.1`])
  const below = ['journal', 'models'].filter((name) => names.includes(name))
  return [
    ...[...state, ...ofStarts].filter((name) => names.includes(name)),
    ...(await Promise.all(below.map((name) => filesBelow(files, folder, name)))).flat(),
  ]
}

async function freeAside(files: Files, folder: string, now: Date): Promise<string> {
  const taken = await files.list(`${folder}/backup`)
  const name = `before-restore-${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z`
  for (let number = 1; ; number += 1) {
    const free = number === 1 ? name : `${name}-${number}`
    if (!taken.includes(free)) return `backup/${free}`
  }
}

function howToStop(error: unknown): unknown {
  if (!(error instanceof Refusal) || !('pid' in error.details)) return error
  const { pid } = error.details
  return new Refusal(
    'conflict',
    `${error.message} The service: sudo systemctl stop platen; one that was started by hand: kill ${pid}`,
    error.details,
  )
}

async function notRestored(files: Files, folder: string, error: unknown): Promise<unknown> {
  if (error instanceof Refusal || codeOf(error) === '') return error
  const isOrdered = (await files.list(folder).catch((): string[] => [])).includes(orderName)
  const outcome = isOrdered
    ? `The restore into ${folder} stands still: the disk ${whatDisk(error)}. The next start of platen, or the next restore, finishes it`
    : `Nothing was restored into ${folder}: the disk ${whatDisk(error)}. Everything is as it was; try again when the disk is well`
  return new Refusal('unkeepable', `${outcome}.`, { file: folder })
}
