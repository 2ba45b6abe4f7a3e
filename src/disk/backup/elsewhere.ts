import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { mayGo } from '../../core/backup/kept.ts'
import { timeInName } from '../../core/backup/name.ts'
import { Refusal } from '../../core/refusal.ts'
import type { Elsewhere } from '../elsewhere.ts'
import { codeOf } from '../files.ts'
import { whatDisk } from '../unkeepable.ts'

// The second place, a folder on another disk: a backup beside what it is a backup of dies with it.

/** The paths of a backup here and there, and what is waited for. */
export interface Copying {
  readonly from: string
  readonly to: string
  readonly dataFolder: string
  readonly patienceMs: number
}

/**
 * Copies a backup there and compares the two. Refuses `unkeepable` with what is wrong with the place.
 */
export async function copyElsewhere(elsewhere: Elsewhere, copying: Copying): Promise<void> {
  const { from, to, dataFolder, patienceMs } = copying
  const folder = dirname(to)
  try {
    const disk = await elsewhere.diskOf(folder, patienceMs).catch((error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error
      throw unfit(folder, 'it is not there', 'Is the share mounted? Mount it, or make the folder')
    })
    if (disk === null) throw unfit(folder, 'it is no folder', 'Set another one')
    if (disk === (await stat(dataFolder)).dev)
      throw unfit(
        folder,
        'it is on the same disk as what is kept here, and would be gone with it',
        'Is the share mounted? Mount it, or set another folder',
      )
    await elsewhere.copy(from, to, patienceMs)
  } catch (error) {
    throw told(folder, error)
  }
}

/** Old ones of this site, and halves of them. Rejects with what `elsewhere` does. */
export async function clearElsewhere(elsewhere: Elsewhere, clearing: Clearing): Promise<void> {
  const { at, site, now, patienceMs } = clearing
  // A copy may have waited in vain just before.
  const names = await elsewhere.list(at, patienceMs / 10)
  const isHalf = (name: string) =>
    name.endsWith('.new') && timeInName(name.replace(/\.new$/, ''), site) !== null
  const gone = [...mayGo(names, now, site), ...names.filter(isHalf)]
  await elsewhere.remove(
    gone.map((name) => `${at}/${name}`),
    patienceMs,
  )
}

export interface Clearing {
  readonly at: string
  readonly site: string
  readonly now: Date
  readonly patienceMs: number
}

function told(folder: string, error: unknown): unknown {
  if (error instanceof Refusal) return error
  if (error instanceof Error && error.name === 'AbortError')
    return unfit(folder, 'platen is being stopped', 'The next backup is copied again')
  const code = codeOf(error)
  const [why, advice] = troubles[code] ?? [
    `its disk ${whatDisk(error)}`,
    'Make room there, or look at that disk',
  ]
  return code === '' ? error : unfit(folder, why, advice)
}

const mayNotWrite = 'Let the account that platen runs as write there'
const troubles: Readonly<Record<string, readonly [why: string, advice: string]>> = {
  EACCES: ['this account may not write there (EACCES)', mayNotWrite],
  EPERM: ['this account may not write there (EPERM)', mayNotWrite],
  ETIMEDOUT: ['it does not answer', 'Look at the machine that the share is on'],
  differs: ['what was copied there comes back other than it was written', 'Look at that disk'],
}

function unfit(folder: string, why: string, advice: string): Refusal {
  return new Refusal(
    'unkeepable',
    `No copy of the backup could be put into ${folder} (PLATEN_BACKUP_DIR): ${why}. ${advice}.`,
    { folder },
  )
}
