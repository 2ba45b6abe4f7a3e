import { access, constants, open, stat } from 'node:fs/promises'
import { Refusal } from '../../core/refusal.ts'
import { clearAway, codeOf, type OpenFile, realFiles } from '../files.ts'
import { whatDisk } from '../unkeepable.ts'
import { readBackup } from './verify.ts'

// The second place, a folder on another disk: a backup beside what it is a backup of dies with it.

/**
 * Copies a backup there and reads it back. Refuses `unkeepable` with what is wrong with the place.
 */
export async function copyElsewhere(from: string, to: string, dataFolder: string): Promise<void> {
  const folder = to.slice(0, to.lastIndexOf('/'))
  try {
    await refuseUnfit(folder, dataFolder)
    await copy(from, `${to}.new`)
    await readBackup(`${to}.new`)
    await realFiles.rename(`${to}.new`, to)
    await realFiles.flushFolder(folder)
  } catch (error) {
    await clearAway(realFiles, `${to}.new`)
    throw told(folder, error)
  }
}

/** Why no backup can be copied there now, in a sentence; null where one can. */
export async function refuseUnfit(folder: string, dataFolder: string): Promise<void> {
  const there = await stat(folder)
  if (!there.isDirectory()) throw unfit(folder, 'it is no folder', 'Set another one')
  if (there.dev === (await stat(dataFolder)).dev)
    throw unfit(
      folder,
      'it is on the same disk as what is kept here, and would be gone with it',
      'Is the share mounted? Mount it, or set another folder',
    )
  await access(folder, constants.W_OK | constants.X_OK)
}

async function copy(from: string, to: string): Promise<void> {
  const source = await open(from, 'r')
  let target: OpenFile | null = null
  try {
    target = await realFiles.open(to, 'anew')
    for await (const chunk of source.createReadStream({ autoClose: false }))
      await target.append(chunk as Buffer)
    await target.flush()
  } finally {
    await target?.close()
    await source.close()
  }
}

function told(folder: string, error: unknown): unknown {
  if (error instanceof Refusal) {
    if (error.code !== 'invalid') return error
    return unfit(
      folder,
      `what was copied there cannot be read back: ${error.message}`,
      'Look at that disk',
    )
  }
  const code = codeOf(error)
  if (code === '') return error
  if (code === 'ENOENT')
    return unfit(folder, 'it is not there', 'Is the share mounted? Mount it, or make the folder')
  if (code === 'EACCES' || code === 'EPERM')
    return unfit(
      folder,
      `this account may not write there (${code})`,
      'Let the account that platen runs as write there',
    )
  return unfit(folder, `its disk ${whatDisk(error)}`, 'Make room there, or look at that disk')
}

function unfit(folder: string, why: string, advice: string): Refusal {
  return new Refusal(
    'unkeepable',
    `No copy of the backup could be put into ${folder} (PLATEN_BACKUP_DIR): ${why}. ${advice}.`,
    { folder },
  )
}
