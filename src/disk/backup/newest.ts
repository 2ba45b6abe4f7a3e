import { stat } from 'node:fs/promises'
import type { Newest } from '../../core/backup/made.ts'
import { timeInName } from '../../core/backup/name.ts'
import { Refusal } from '../../core/refusal.ts'
import { codeOf, type Files, realFiles } from '../files.ts'
import { readBackup } from './verify.ts'

/** By its name; each was read back when it was made. Null where there is none, or none can be seen. */
export async function newestBackup(folder: string): Promise<Newest | null> {
  for (const { path, at } of await backupsIn(realFiles, folder))
    try {
      return { path, at, bytes: (await stat(path)).size }
    } catch (error) {
      // Pruned since it was listed.
      if (codeOf(error) === '') throw error
    }
  return null
}

/** The newest that is good now: each is read whole until one is. */
export async function newestGoodBackup(
  files: Files,
  folder: string,
): Promise<{ path: string; at: string } | null> {
  for (const one of await backupsIn(files, folder))
    try {
      await readBackup(one.path)
      return one
    } catch (error) {
      if (!(error instanceof Refusal) && codeOf(error) === '') throw error
    }
  return null
}

/** The newest first. A folder that cannot be listed has none to offer. */
async function backupsIn(files: Files, folder: string) {
  const names = await files.list(`${folder}/backup`).catch((error: unknown) => {
    if (codeOf(error) === '') throw error
    return []
  })
  return names
    .flatMap((name) => {
      const at = timeInName(name)?.toISOString()
      return at === undefined ? [] : [{ path: `${folder}/backup/${name}`, at }]
    })
    .sort((a, b) => (a.at < b.at ? 1 : -1))
}
