import { dirname } from 'node:path'
import { z } from 'zod'
import type { Log } from '../../core/log.ts'
import { Refusal } from '../../core/refusal.ts'
import { clearAway, codeOf, type Files } from '../files.ts'

// What a folder keeps is exchanged for what lies in `restore.new`, all or nothing: an order is written down
// first, and from then on whoever comes next carries out what is left of it. Until then nothing has happened.

/** Where the new files lie until the exchange. */
export const stage = 'restore.new'
export const orderName = 'restore.go'

const order = z.object({
  /** Folder below the data folder for what was there. */
  aside: z.string(),
  /** Paths that go there, then paths that come out of the stage. */
  old: z.array(z.string()),
  new: z.array(z.string()),
})
export type Order = Readonly<z.infer<typeof order>>

/** Done when it resolves; where it is cut off, `finishExchange` goes on. */
export async function exchange(files: Files, folder: string, wanted: Order): Promise<void> {
  const into = [...wanted.old.map((path) => `${wanted.aside}/${path}`), ...wanted.new]
  for (const made of new Set(into.map((path) => dirname(`${folder}/${path}`))))
    await files.makeFolder(made)
  const path = `${folder}/${orderName}`
  const file = await files.open(`${path}.new`, 'anew')
  try {
    await file.append(JSON.stringify(wanted))
    await file.flush()
  } finally {
    await file.close()
  }
  await files.rename(`${path}.new`, path)
  await files.flushFolder(folder)
  await carryOut(files, folder, wanted)
}

/**
 * For a start, before it reads the folder, with the lock held: carries out what is left of an exchange that
 * was cut off; clears away the stage of one that was never ordered.
 */
export async function finishExchange(files: Files, folder: string, log: Log): Promise<void> {
  const bytes = await files.read(`${folder}/${orderName}`)
  if (bytes === null) return clearStage(files, folder)
  const left = order.safeParse(parse(bytes.toString()))
  if (!left.success)
    throw new Refusal(
      'invalid',
      `A restore of ${folder} was cut off, and ${folder}/${orderName}, which says how to go on, cannot be read. Nothing was changed. Remove it and restore again; what was here before lies in this folder or in backup/before-restore-….`,
      { file: `${folder}/${orderName}` },
    )
  await carryOut(files, folder, left.data)
  log.warn({ aside: left.data.aside }, 'finished a restore that was cut off')
}

/** Never throws: what is left of a stage takes room, and stops nobody. */
export async function clearStage(files: Files, folder: string): Promise<void> {
  try {
    await clearAway(files, `${folder}/${orderName}.new`)
    for (const path of await filesBelow(files, folder, stage))
      await clearAway(files, `${folder}/${path}`)
  } catch (error) {
    if (codeOf(error) === '') throw error
  }
}

/**
 * A path that is aside already is never moved again, for what stands in its place may be new by now. So all
 * old ones are surely aside before the first new one moves, and all new ones in place before the order goes.
 */
async function carryOut(files: Files, folder: string, { aside, old, new: fresh }: Order) {
  const isThere = async (path: string) =>
    (await files.list(dirname(path))).includes(path.slice(path.lastIndexOf('/') + 1))
  for (const path of old)
    if (!(await isThere(`${folder}/${aside}/${path}`)))
      await files.rename(`${folder}/${path}`, `${folder}/${aside}/${path}`)
  await flushFoldersOf(old.flatMap((path) => [path, `${aside}/${path}`]))
  for (const path of fresh)
    if (await isThere(`${folder}/${stage}/${path}`))
      await files.rename(`${folder}/${stage}/${path}`, `${folder}/${path}`)
  await flushFoldersOf(fresh.flatMap((path) => [path, `${stage}/${path}`]))
  await files.remove(`${folder}/${orderName}`)
  await files.flushFolder(folder)

  async function flushFoldersOf(paths: readonly string[]): Promise<void> {
    for (const below of new Set(paths.map((path) => dirname(`${folder}/${path}`))))
      await files.flushFolder(below)
  }
}

/** Paths of files from `folder` on; none where there is nothing. */
export async function filesBelow(files: Files, folder: string, path: string): Promise<string[]> {
  // Read from beyond its end: whether it is a file, and nothing of what is in it.
  const names = await files.list(`${folder}/${path}`).catch(unless('ENOTDIR', []))
  const below = await Promise.all(names.map((name) => filesBelow(files, folder, `${path}/${name}`)))
  if (names.length > 0) return below.flat()
  const beyond = Number.MAX_SAFE_INTEGER
  const isFile =
    (await files.read(`${folder}/${path}`, beyond).catch(unless('EISDIR', null))) !== null
  return isFile ? [path] : []
}

function unless<T>(code: string, answer: T) {
  return (error: unknown): T => {
    if (codeOf(error) === code) return answer
    throw error
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
