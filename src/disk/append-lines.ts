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
  try {
    await file.append((await isTorn(files, path, file)) ? `\n${lines}` : lines)
    if (until === 'flushed') await file.flush()
  } catch (error) {
    // All of it is written again; what arrived of it would stand there twice.
    await file.truncate(file.length).catch(() => {})
    throw error
  } finally {
    await file.close()
  }
}

/** A write that was cut off left half a line; the next begins on a line of its own. */
async function isTorn(files: Files, path: string, file: OpenFile): Promise<boolean> {
  if (file.length === 0) return false
  const end = await files.read(path, file.length - 1)
  return end !== null && end.length > 0 && end[0] !== 10
}
