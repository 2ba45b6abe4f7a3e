import { existsSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { codeOf } from './files.ts'

/** linux/magic.h: file systems that forget, or that lie over one that does not take writes. */
const forgetful: Readonly<Record<number, string>> = {
  16914836: 'memory (tmpfs)',
  2240043254: 'memory (ramfs)',
  2035054128: 'an overlay',
}

/**
 * Why what is saved in a folder is gone after the next start, in a sentence; null where it stays, or where
 * nobody can tell. Of a folder that is not there yet the nearest one above it counts.
 */
export function forgetfulPlace(folder: string): string | null {
  const kind = kindOf(folder)
  const place = kind === null ? undefined : forgetful[kind]
  if (place === undefined) return null
  return `What is saved here is gone after the next start: ${folder} is in ${place}. Put PLATEN_DATA_DIR on a disk of its own, or switch the read-only root off (raspi-config, Overlay File System).`
}

/** Magic number of the file system, as statfs(2) has it. */
function kindOf(folder: string): number | null {
  let there = folder
  while (!existsSync(there) && there !== dirname(there)) there = dirname(there)
  try {
    return statfsSync(there).type
  } catch (error) {
    if (codeOf(error) === '') throw error
    return null
  }
}
