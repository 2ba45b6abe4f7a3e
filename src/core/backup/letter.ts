import type { BackupLetter } from '../outbox/letter.ts'
import type { Made, Newest } from './made.ts'

export type BackupWords = Pick<BackupLetter, 'kind' | 'to' | 'facts'>

/** To EMAIL_TO: of a backup that was made, with a copy elsewhere or without the one that should be. */
export function letterOfMade(made: Made, at: Date): BackupWords {
  const { name: file, bytes, path, copy, trouble, damage } = made
  const sentences =
    trouble === null
      ? [`${path} was read back and is good.`, ...(copy ? [`A copy of it is ${copy}.`] : [])]
      : [trouble, `On the disk of platen itself there is a good one: ${path}.`, again]
  return {
    ...{ kind: trouble === null ? 'backup-made' : 'backup-failed', to: { group: null } },
    facts: { at: at.toISOString(), file, bytes, sentences: [...sentences, ...damage] },
  }
}

/** Where none was made. `trouble`: why, in a sentence. */
export function letterOfNone(trouble: string, newest: Newest | null, at: Date): BackupWords {
  const last = newest ? `The newest one is ${newest.path} of ${newest.at}.` : 'There is none yet.'
  return {
    ...{ kind: 'backup-failed', to: { group: null } },
    facts: {
      ...{ at: at.toISOString(), file: null, bytes: null },
      sentences: [trouble, last, again],
    },
  }
}

const again = 'It is tried again every hour; platen check says how it stands.'
