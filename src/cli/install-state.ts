import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { asOwnerOf } from './owner.ts'

// The copy of the state that an update leaves behind, and the way back to it. The service is stopped
// meanwhile, so what lies in the folder is whole.

const parts = /^(platen\.(json|log)(\.1)?|status\.json|canary|wear\.json)$/

/** Where the state lies as it was before that version came. */
export const copyBefore = (data: string, version: string): string =>
  join(data, 'backup', `before-${version}`)

export const hasState = (data: string): boolean => existsSync(join(data, 'platen.json'))

/** `from`: the version whose state it is. */
export function keepCopy(data: string, version: string, from: string): void {
  insideAsItsOwner(data, () => {
    const folder = copyBefore('.', version)
    rmSync(folder, { recursive: true, force: true })
    copyStates('.', made(folder))
    writeFileSync(join(folder, 'from'), `${from}\n`, { mode: 0o600 })
  })
}

/** Whether the copy of before `version` is one of `from`, and not of an update long ago. */
export function isCopyOf(data: string, version: string, from: string): boolean {
  const file = join(copyBefore(data, version), 'from')
  return existsSync(file) && readFileSync(file, 'utf8').trim() === from
}

/** A program does not read what a newer one has given another shape. */
export function hasNewShape(data: string, version: string): boolean {
  const before = shapeOf(copyBefore(data, version))
  return before !== null && before !== shapeOf(data)
}

/** The copy comes back; what was written since goes to `after-VERSION-TIME`, and is not lost. */
export function bringBack(data: string, version: string): void {
  insideAsItsOwner(data, () => {
    const time = new Date().toISOString().replaceAll(/[:.]/g, '-')
    const since = made(join('backup', `after-${version}-${time}`))
    for (const name of statesIn('.')) renameSync(name, join(since, name))
    copyStates(copyBefore('.', version), '.')
  })
}

/** The number of its shape stands first in a snapshot (disk/snapshot.ts). */
function shapeOf(folder: string): string | null {
  const file = join(folder, 'platen.json')
  if (!existsSync(file)) return null
  return /^\{"version":(\d+)/.exec(readFileSync(file, 'latin1').slice(0, 40))?.[1] ?? null
}

const statesIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => parts.test(name)) : []

/**
 * The folder is the service's: root in it would follow whatever link it finds there. Its owner may not
 * be let through to it (`--root` in a folder of root's), so the work is done from inside.
 */
function insideAsItsOwner(data: string, work: () => void): void {
  const before = process.cwd()
  process.chdir(data)
  const beRootAgain = asOwnerOf('.')
  try {
    work()
  } finally {
    beRootAgain()
    process.chdir(before)
  }
}

function made(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}

function copyStates(from: string, to: string): void {
  for (const name of statesIn(from)) copyFileSync(join(from, name), join(to, name))
}
