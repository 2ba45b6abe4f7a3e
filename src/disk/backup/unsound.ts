import { Refusal } from '../../core/refusal.ts'

/** Of a file that is no backup, or no longer. */
export function unsound(path: string, why: string): Refusal {
  return new Refusal(
    'invalid',
    `${path} is no good backup: ${why}. Nothing was changed. Take another one.`,
    { file: path },
  )
}
