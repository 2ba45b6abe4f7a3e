import {
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'

// The copy of the state that an update leaves behind, and the way back to it. The service is stopped
// meanwhile, so what lies in the folder is whole.

const parts = /^(platen\.(json|log)(\.1)?|status\.json)$/

/** Where the state lies as it was before that version came. */
export const copyBefore = (data: string, version: string): string =>
  join(data, 'backup', `before-${version}`)

export const hasState = (data: string): boolean => existsSync(join(data, 'platen.json'))

export function keepCopy(data: string, version: string): void {
  const folder = copyBefore(data, version)
  rmSync(folder, { recursive: true, force: true })
  for (const name of statesIn(data)) copyAs(join(data, name), makeFor(data, folder), name)
}

/** A program does not read what a newer one has given another shape. */
export function hasNewShape(data: string, version: string): boolean {
  const before = shapeOf(copyBefore(data, version))
  return before !== null && before !== shapeOf(data)
}

/** The copy comes back; what was written since goes to `after-VERSION`, and is not lost. */
export function bringBack(data: string, version: string): void {
  const since = join(data, 'backup', `after-${version}`)
  rmSync(since, { recursive: true, force: true })
  for (const name of statesIn(data)) renameSync(join(data, name), join(makeFor(data, since), name))
  const copy = copyBefore(data, version)
  for (const name of statesIn(copy)) copyAs(join(copy, name), data, name)
}

/** The number of its shape stands first in a snapshot (disk/snapshot.ts). */
function shapeOf(folder: string): string | null {
  const file = join(folder, 'platen.json')
  if (!existsSync(file)) return null
  return /^\{"version":(\d+)/.exec(readFileSync(file, 'latin1').slice(0, 40))?.[1] ?? null
}

const statesIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => parts.test(name)) : []

/** Folders in the data belong to whoever the data belongs to. */
function makeFor(data: string, folder: string): string {
  const { uid, gid } = statSync(data)
  for (const each of [join(data, 'backup'), folder]) {
    mkdirSync(each, { recursive: true, mode: 0o700 })
    chownSync(each, uid, gid)
  }
  return folder
}

function copyAs(file: string, folder: string, name: string): void {
  const { uid, gid } = statSync(file)
  copyFileSync(file, join(folder, name))
  chownSync(join(folder, name), uid, gid)
}
