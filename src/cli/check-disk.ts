import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Verdict, well, wrong } from './check-line.ts'

/** What can be told of the place where everything is kept. */
export interface Place {
  readonly folder: string
  readonly exists: boolean
  readonly isWritable: boolean
  /** Permission bits. */
  readonly mode: number
  readonly freeBytes: number
  /** Magic number of the file system, as statfs(2) lists them. */
  readonly kind: number
}

export function checkDisk(folder: string): Verdict {
  return judgeDisk(look(folder))
}

/** linux/magic.h: file systems that forget, or that lie over one that does not take writes. */
const forgetful: Readonly<Record<number, string>> = {
  16914836: 'memory (tmpfs)',
  2240043254: 'memory (ramfs)',
  2035054128: 'an overlay',
}
/** A month of readings of 500 printers, their snapshot twice, and room for models. */
const leastFreeBytes = 200e6

export function judgeDisk({ folder, exists, isWritable, mode, freeBytes, kind }: Place): Verdict {
  const free = `${(freeBytes / 1e9).toFixed(1)} GB free`
  if (!isWritable)
    return wrong(
      `${folder} cannot be written to by this account. Be the account that platen runs as, or put PLATEN_DATA_DIR where it may write.`,
    )
  const lost = forgetful[kind]
  if (lost)
    return wrong(
      `${folder} is in ${lost}: what is kept there may be gone after the next start. Put PLATEN_DATA_DIR on a disk of its own, or switch the read-only root off.`,
    )
  if (freeBytes < leastFreeBytes)
    return wrong(`${folder} has only ${free}. Make room: old files in journal/ and backup/ may go.`)
  if (exists && (mode & 0o077) !== 0)
    return wrong(
      `${folder} can be entered by others (mode ${(mode & 0o777).toString(8)}), and it holds secrets: chmod 700 ${folder}`,
    )
  return well(
    exists ? `${folder}: ${free}.` : `${folder} is not there yet; ${free} where it would be.`,
  )
}

/** Of the folder, or of the nearest one above it that is there. */
function look(folder: string): Place {
  let there = folder
  while (!existsSync(there) && there !== dirname(there)) there = dirname(there)
  const { bavail, bsize, type } = statfsSync(there)
  return {
    ...{ folder, exists: there === folder, isWritable: isWritable(there) },
    ...{ mode: statSync(there).mode, freeBytes: bavail * bsize, kind: type },
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}
