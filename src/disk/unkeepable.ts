import { capital } from '../core/capital.ts'
import { Refusal } from '../core/refusal.ts'
import { codeOf } from './files.ts'

/** What the disk is or did, in the middle of a sentence: "is full". */
export function whatDisk(error: unknown): string {
  const code = codeOf(error)
  return disks[code] ?? `failed${code && ` (${code})`}`
}

/** For a screen, where it may stand for days: what does not go, and why. */
export function standing(what: string, error: unknown): string {
  if (error instanceof Refusal) return error.message
  const isFull = whatDisk(error) === 'is full'
  return `${what}: the disk ${whatDisk(error)}.${isFull ? ' Make room; it goes on by itself.' : ''}`
}

/** The refusal of a change that the disk would not take. `unsure` where it may show again after all. */
export function unkeepable(error: unknown, that: 'sure' | 'unsure'): Refusal {
  const code = codeOf(error)
  const outcome =
    that === 'sure'
      ? 'nothing was saved. Try again later, and tell whoever looks after it.'
      : 'this counts as not saved, but may show again after a restart. Look before you try again, and tell whoever looks after it.'
  if (error instanceof Refusal)
    return new Refusal('unkeepable', `${error.message} ${capital(outcome)}`, error.details)
  const reason = `The disk of this appliance ${whatDisk(error)}${byItself(error, '. ', '')}`
  return new Refusal('unkeepable', `${reason}; ${outcome}`, { code })
}

/** Of what is dropped, and kept so, where the files that held it could not be written anew. */
export function stillInFiles(error: unknown): Refusal {
  const sentence = `It is done, but what was dropped may still stand in the files: the disk ${whatDisk(error)}. Ask again when that is well.`
  return new Refusal('unkeepable', sentence, { code: codeOf(error) })
}

/** The refusal of what is asked while platen stops. */
export function stopping(): Refusal {
  return new Refusal(
    'unkeepable',
    'platen is being stopped; nothing was saved. Try again when it is up.',
  )
}

const withoutLinks = 'has a file system without links; platen needs one with links, such as ext4'

/** By what Node's file system calls tell. */
const disks: Readonly<Record<string, string>> = {
  ENOSPC: 'is full',
  EDQUOT: 'is full',
  EROFS: 'is read-only',
  EACCES: 'does not let this account write (EACCES)',
  // FAT and exFAT, to whoever asks for a link.
  EPERM: withoutLinks,
  ENOSYS: withoutLinks,
  ENOTSUP: withoutLinks,
  EOPNOTSUPP: withoutLinks,
}

function byItself(error: unknown, before: string, after: string): string {
  if (whatDisk(error) !== 'is full') return ''
  return `${before}It goes on by itself when there is room again${after}`
}
