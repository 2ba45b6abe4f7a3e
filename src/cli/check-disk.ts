import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { leastFree, sizeWords } from '../core/box-words.ts'
import { type Verdict, well, wrong } from './check-line.ts'

/** What can be told of the place where everything is kept. */
export interface Place {
  readonly folder: string
  readonly exists: boolean
  readonly isWritable: 'yes' | 'not by us' | 'read-only'
  /** Permission bits. */
  readonly mode: number
  readonly freeBytes: number
  /** Why it is gone after the next start, in a sentence; null where it stays. */
  readonly forgets: string | null
}

export function checkDisk(folder: string, forgets: string | null): Verdict {
  return judgeDisk({ ...look(folder), forgets })
}

export function judgeDisk({
  folder,
  exists,
  isWritable,
  mode,
  freeBytes,
  forgets,
}: Place): Verdict {
  const free = `${sizeWords(freeBytes)} free`
  if (isWritable === 'read-only')
    return wrong(
      `${folder} is on a disk that is read-only: nothing can be saved. A card that fails is made so by the system; dmesg says why.`,
    )
  if (isWritable === 'not by us')
    return wrong(
      `${folder} cannot be written to by this account. Be the account that platen runs as, or put PLATEN_DATA_DIR where it may write.`,
    )
  if (forgets !== null) return wrong(forgets)
  if (freeBytes < leastFree)
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
function look(folder: string): Omit<Place, 'forgets'> {
  let there = folder
  while (!existsSync(there) && there !== dirname(there)) there = dirname(there)
  const { bavail, bsize } = statfsSync(there)
  return {
    ...{ folder, exists: there === folder, isWritable: isWritable(there) },
    ...{ mode: statSync(there).mode, freeBytes: bavail * bsize },
  }
}

function isWritable(path: string): Place['isWritable'] {
  try {
    accessSync(path, constants.W_OK | constants.X_OK)
    return 'yes'
  } catch (error) {
    const isReadOnly = error instanceof Error && 'code' in error && error.code === 'EROFS'
    return isReadOnly ? 'read-only' : 'not by us'
  }
}
