import { Refusal } from '../core/refusal.ts'
import { codeOf, type Files } from './files.ts'
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

/** What keeps a start from going on, of the file `name`. */
export interface Damage {
  readonly name: string
  readonly why: string
  /** What helps against just this, where it is not another copy. */
  readonly advice?: string | null
  /** What else may be wanted, in a sentence. */
  readonly otherwise?: string
}

/** The refusal to start from a damaged file: what is wrong, what is good, what to do. */
export async function damaged(files: Files, folder: string, found: Damage): Promise<Refusal> {
  const advice = found.advice ?? (await whichCopy(files, folder, found.name))
  const backup = await whichBackup(files, folder)
  const fromElsewhere = advice === noCopy && !backup ? '; put back a backup from elsewhere' : ''
  const otherwise = found.otherwise ? ` ${found.otherwise}` : ''
  return new Refusal(
    'invalid',
    `${folder}/${found.name} cannot be read: ${found.why}. Nothing in the folder was changed. ${advice}${fromElsewhere}.${backup}${otherwise}`,
    { file: `${folder}/${found.name}` },
  )
}

const noCopy = 'No older copy in this folder can be read either'

async function whichBackup(files: Files, folder: string): Promise<string> {
  // Most starts never come here; they need not read what unpacks.
  const { newestGoodBackup } = await import('./backup/newest.ts')
  const good = await newestGoodBackup(files, folder)
  if (good === null) return ''
  return ` The newest good backup is of ${good.at}; what was kept after that time is not in it. To put it back: platen restore '${good.path}'`
}

async function whichCopy(files: Files, folder: string, bad: string): Promise<string> {
  const good = await newestGood(files, folder)
  if (good === null) return noCopy
  const { name, writtenAt } = good
  if (bad === snapshotName && name === `${snapshotName}.1`)
    return `${name} of ${writtenAt} is good: move ${bad} aside, rename ${name} to ${bad} and start again; what was kept since is read from the logs`
  return `The newest good copy is ${name} of ${writtenAt}: move this folder aside, make an empty one, copy it there as ${snapshotName} and start again; what was kept after that time is missing then`
}

/** The generation before before any backup: only from there the logs lead on to the last change. */
async function newestGood(
  files: Files,
  folder: string,
): Promise<{ name: string; writtenAt: string } | null> {
  const names = [snapshotName, `${snapshotName}.1`, ...(await backups(files, folder))]
  let newest: { name: string; writtenAt: string } | null = null
  for (const name of names) {
    const read = await readSnapshot(files, `${folder}/${name}`)
    if (!read?.ok) continue
    const { writtenAt } = read.head
    if (!name.startsWith('backup/')) return { name, writtenAt }
    if (newest === null || writtenAt > newest.writtenAt) newest = { name, writtenAt }
  }
  return newest
}

async function backups(files: Files, folder: string): Promise<string[]> {
  try {
    const names = await files.list(`${folder}/backup`)
    return names.filter((name) => name.endsWith('.json')).map((name) => `backup/${name}`)
  } catch (error) {
    if (codeOf(error) === '') throw error
    // A folder that cannot be read either has no good copy in it.
    return []
  }
}
