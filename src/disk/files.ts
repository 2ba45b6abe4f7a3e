import {
  chmod,
  link,
  mkdir,
  open,
  readdir,
  readlink,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { ourNumber } from './accounts.ts'

/**
 * What platen asks of a disk, and no more, so that a simulated one can stand in. A failure is thrown
 * as Node throws it, with its `code`. Nothing is durable before a flush says so: bytes by the file's
 * own, names (created, renamed, removed) by the folder's.
 */
export interface Files {
  /** `append` goes on at the end, `anew` begins with nothing; both create what is missing. */
  open(path: string, how: 'append' | 'anew'): Promise<OpenFile>
  /** The bytes from `from` on; null where there is no such file. */
  read(path: string, from?: number): Promise<Buffer | null>
  /** Names in a folder, sorted; none where there is no such folder. */
  list(folder: string): Promise<string[]>
  makeFolder(path: string): Promise<void>
  /** The number of the account that a folder belongs to, where that is not ours; else null. */
  foreignOwner(path: string): Promise<number | null>
  /** Nobody but its owner enters a folder from now on. */
  closeToOthers(path: string): Promise<void>
  /** Takes the place of `to` in one step. */
  rename(from: string, to: string): Promise<void>
  /** A second name for a file. */
  link(from: string, to: string): Promise<void>
  /**
   * A name that says a few words, made in one step; false where the name is taken. It needs no block
   * of the disk, so that it can be made on a full one.
   */
  mark(path: string, words: string): Promise<boolean>
  /** The words; null where there is no such name. */
  readMark(path: string): Promise<string | null>
  /** No failure where there is none. */
  remove(path: string): Promise<void>
  flushFolder(path: string): Promise<void>
}

export interface OpenFile {
  /** Bytes in it when it was opened. */
  readonly length: number
  /** All of it in one go. A failure may leave a part of it written. */
  append(bytes: Buffer | string): Promise<void>
  flush(): Promise<void>
  truncate(length: number): Promise<void>
  close(): Promise<void>
}

/** The machine's disk. Folders are the owner's alone (0700), files too (0600): they hold secrets. */
export const realFiles: Files = {
  open: openFile,
  async read(path, from = 0) {
    const file = await unlessMissing(open(path, 'r'))
    if (file === null) return null
    try {
      const bytes = Buffer.allocUnsafe(Math.max(0, (await file.stat()).size - from))
      let done = 0
      while (done < bytes.length) {
        const { bytesRead } = await file.read(bytes, done, bytes.length - done, from + done)
        if (bytesRead === 0) break
        done += bytesRead
      }
      return bytes.subarray(0, done)
    } finally {
      await file.close()
    }
  },
  list: async (folder) => ((await unlessMissing(readdir(folder))) ?? []).sort(),
  async makeFolder(path) {
    const first = await mkdir(path, { recursive: true, mode: 0o700 })
    if (first === undefined) return
    // Their names too must outlive a power cut.
    for (let made = resolve(path); made.length >= resolve(first).length; made = dirname(made))
      await flushFolder(dirname(made))
  },
  async foreignOwner(path) {
    const { uid } = await stat(path)
    return uid === ourNumber() ? null : uid
  },
  async closeToOthers(path) {
    const { mode } = await stat(path)
    // /tmp and its like have the sticky bit: whoever put data there must not lock all others out.
    const isShared = (mode & 0o1000) !== 0
    if ((mode & 0o077) !== 0 && !isShared) await chmod(path, mode & 0o7700)
  },
  rename,
  link,
  async mark(path, words) {
    try {
      await symlink(words, path)
      return true
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false
      throw error
    }
  },
  readMark: (path) => unlessMissing(readlink(path)),
  remove: (path) => rm(path, { force: true }),
  flushFolder,
}

/** What Node's file system calls tell: ENOSPC, EROFS, EIO … */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** Half of a file would hold the last blocks of a full disk. Never throws: what failed before counts. */
export async function clearAway(files: Files, path: string): Promise<void> {
  await files.remove(path).catch(() => {})
}

async function openFile(path: string, how: 'append' | 'anew'): Promise<OpenFile> {
  const file = await open(path, how === 'append' ? 'a' : 'w', 0o600)
  const { size } = await file.stat()
  return {
    length: size,
    append: (bytes) => file.appendFile(bytes),
    // fdatasync carries the length with it, which is all that reading needs.
    flush: () => file.datasync(),
    truncate: (length) => file.truncate(length),
    close: () => file.close(),
  }
}

async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function unlessMissing<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}
