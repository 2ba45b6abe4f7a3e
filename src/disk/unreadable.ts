import { Refusal } from '../core/refusal.ts'
import { accountName, ourNumber } from './accounts.ts'
import { codeOf } from './files.ts'

/** Why something could not be read, and what helps against just that. */
export interface Unread {
  readonly why: string
  /** null: only another copy helps. */
  readonly advice: string | null
}

/** Of what a read of `path` threw. What is no failure of the disk is a bug, and thrown on. */
export function unread(path: string, error: unknown): Unread {
  const code = codeOf(error)
  if (code === '') throw error
  if (code === 'EACCES' || code === 'EPERM')
    return {
      why: `this account may not read it (${code})`,
      advice: `It has to belong to the account that platen runs as: sudo chown '${accountName(ourNumber())}' '${path}'`,
    }
  return { why: whys[code] ?? `the disk does not give it back (${code})`, advice: null }
}

/** The refusal, `invalid`, for what has no other copy. */
export function unreadable(path: string, error: unknown): Refusal {
  const { why, advice } = unread(path, error)
  return new Refusal(
    'invalid',
    `${path} cannot be read: ${why}. Nothing was changed. ${advice ?? 'Look at what it is; the log of the system says more about a disk that fails'}.`,
    { file: path },
  )
}

const whys: Readonly<Record<string, string>> = {
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  EEXIST: 'it is a file',
  EINVAL: 'it is not what platen puts there',
  ELOOP: 'it is a link that leads back to itself',
  ENOENT: 'it is a link to something that is not there',
}
