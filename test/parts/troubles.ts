import { randomBy } from './card.ts'
import type { Operation, Step } from './disk.ts'

export type Fails = (step: Step) => string | null

/** Each seed has its kind of trouble; every fourth disk is a good one. */
export function troublesOf(seed: number): Fails {
  const random = randomBy(seed * 104_729)
  const kind = seed % 4
  if (kind === 0) return () => null
  let bad = 0
  let steps = 0
  return ({ operation }) => {
    const chance = random()
    steps += 1
    // For a while nothing is taken: the disk is full, or read-only.
    if (kind === 3) {
      if (bad === 0 && chance < 0.01) bad = 1 + Math.floor(random() * 25)
      if (bad > 0) bad -= 1
      if (bad === 0 || !writing.includes(operation)) return null
      return seed % 8 === 3 ? 'EROFS' : 'ENOSPC'
    }
    if (operation === 'append') return chance < 0.06 ? 'ENOSPC' : null
    if (operation === 'flush') return chance < 0.06 ? 'EIO' : null
    // A first start that comes to nothing, so that the next finds half of a folder.
    if (operation === 'flushFolder' && steps < 40 && chance < 0.4) return 'EIO'
    if (operation === 'flushFolder' || operation === 'rename') return chance < 0.1 ? 'EIO' : null
    // It comes only after a failure; what then is left is what has to be tried.
    if (operation === 'truncate') return chance < 0.3 ? 'EIO' : null
    const isRead = operation === 'read' || operation === 'list' || operation === 'readMark'
    if (isRead && kind === 1) return null
    return chance < 0.03 ? 'EIO' : null
  }
}

const writing: readonly Operation[] = [
  'open',
  'append',
  'truncate',
  'rename',
  'link',
  'mark',
  'remove',
]
