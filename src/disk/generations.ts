import { Refusal } from '../core/refusal.ts'
import type { Files } from './files.ts'
import { readSnapshot } from './snapshot.ts'

// The generation before the last is kept beside each file, as `.1`; with it and the two logs nothing
// is lost where the newest snapshot goes bad.

export const snapshotName = 'platen.json'
export const logName = 'platen.log'

/** Gives the file its second name `.1`, in the place of the one that had it. */
export async function keepPrevious(files: Files, folder: string, name: string): Promise<void> {
  const names = await files.list(folder)
  if (!names.includes(name)) return
  await files.remove(`${folder}/${name}.1`)
  await files.link(`${folder}/${name}`, `${folder}/${name}.1`)
}

/** The refusal to start from a damaged file: what is wrong, what is good, what to do. */
export async function damaged(
  files: Files,
  folder: string,
  found: { name: string; why: string },
): Promise<Refusal> {
  const good = await newestGood(files, folder)
  const advice =
    good === null
      ? 'No older copy in this folder can be read either; put back a backup from elsewhere.'
      : found.name === snapshotName && good.name === `${snapshotName}.1`
        ? `${good.name} of ${good.writtenAt} is good: move ${found.name} aside, rename ${good.name} to ${found.name} and start again; what was kept since is read from the logs.`
        : `The newest good copy is ${good.name} of ${good.writtenAt}: move this folder aside, make an empty one, copy it there as ${snapshotName} and start again; what was kept after that time is missing then.`
  return new Refusal(
    'invalid',
    `${folder}/${found.name} cannot be read: ${found.why}. Nothing in the folder was changed. ${advice}`,
    { file: `${folder}/${found.name}` },
  )
}

/** The generation before before any backup: only from there the logs lead on to the last change. */
async function newestGood(
  files: Files,
  folder: string,
): Promise<{ name: string; writtenAt: string } | null> {
  const backups = (await files.list(`${folder}/backup`)).filter((name) => name.endsWith('.json'))
  let newest: { name: string; writtenAt: string } | null = null
  for (const name of [
    snapshotName,
    `${snapshotName}.1`,
    ...backups.map((name) => `backup/${name}`),
  ]) {
    const read = await readSnapshot(files, `${folder}/${name}`)
    if (!read?.ok) continue
    const { writtenAt } = read.head
    if (!name.startsWith('backup/')) return { name, writtenAt }
    if (newest === null || writtenAt > newest.writtenAt) newest = { name, writtenAt }
  }
  return newest
}
