import { Refusal } from '../core/refusal.ts'

/** Node's codes of what a disk does; ECANCELED is our own, for a store that is closed. */
const reasons: Record<string, string> = {
  ENOSPC: 'The disk of this appliance is full. It goes on by itself when there is room again',
  EDQUOT: 'The disk of this appliance is full. It goes on by itself when there is room again',
  EROFS: 'The disk of this appliance is read-only',
  ECANCELED: 'platen is being stopped',
}

/** The refusal of a change that the disk would not take. `unsure` where it may show again after all. */
export function unkeepable(code: string, that: 'sure' | 'unsure'): Refusal {
  const reason = reasons[code] ?? `The disk of this appliance failed${code && ` (${code})`}`
  const outcome =
    that === 'sure'
      ? 'nothing was saved. Try again later, and tell whoever looks after it.'
      : 'this counts as not saved, but may show again after a restart. Look before you try again, and tell whoever looks after it.'
  return new Refusal('unkeepable', `${reason}; ${outcome}`, { code })
}
