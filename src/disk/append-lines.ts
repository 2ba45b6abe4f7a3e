import { dirname } from 'node:path'
import type { Files, OpenFile } from './files.ts'

/**
 * Whole lines behind those that are there, or none of them: what arrived before a failure is taken back. The
 * name of a new file is durable once its folder was flushed.
 */
export async function appendLines(
  files: Files,
  path: string,
  { lines, until }: { readonly lines: string; readonly until: 'flushed' | 'written' },
): Promise<void> {
  await files.makeFolder(dirname(path))
  const file = await files.open(path, 'append')
  let whole = file.length
  try {
    whole = await lengthOfWhole(files, path, file)
    if (whole < file.length) await file.truncate(whole)
    await file.append(lines)
    if (until === 'flushed') await file.flush()
  } catch (error) {
    // All of it is written again; what arrived of it would stand there twice.
    await file.truncate(whole).catch(() => {})
    throw error
  } finally {
    await file.close()
  }
}

/** Longer than any line. */
const tailBytes = 65_536

/**
 * Up to its last line feed: what stands behind it is half a line that the power cut, or the zeros of blocks that
 * never arrived; nobody was told that it is kept.
 */
async function lengthOfWhole(files: Files, path: string, file: OpenFile): Promise<number> {
  const from = Math.max(0, file.length - tailBytes)
  const tail = file.length === 0 ? null : await files.read(path, from)
  return from + (tail ? tail.lastIndexOf(10) + 1 : 0)
}
