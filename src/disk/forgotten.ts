import type { Canary, ReadCanary } from './canary-file.ts'
import type { AsRead } from './claim.ts'

/** What is wrong, and what to do, each a sentence without its full stop. */
export interface Finding {
  readonly what: string
  readonly why: string
}

/** What a start finds of the one before. */
export interface Left {
  /** Where the state is; null where nothing was ever kept. */
  readonly found: AsRead | null
  readonly own: ReadCanary
  /** Of the folder elsewhere. */
  readonly other: ReadCanary
  /** Something else that only a start leaves is there. */
  readonly wasStarted: boolean
  /** Of this start of the machine; null where the system has none. */
  readonly bootId: string | null
  /** Of both canaries; null: there is no folder elsewhere. */
  readonly path: string
  readonly witness: string | null
}

/** The worst of what was forgotten; null where nothing is amiss. */
export function whatIsForgotten(left: Left): Finding | null {
  const { own, other, found, wasStarted, path, witness } = left
  if (isCanary(other) && isAnothers(other, own))
    return { what: `${witness} is another appliance's`, why: 'Give each a PLATEN_SITE of its own' }
  const gone = (isCanary(other) && since(other, left)) || (isCanary(own) && since(own, left))
  if (gone) return gone
  if (own === 'damaged') return { what: `${path} is not what was written there`, why: card }
  if (own === null && found !== null && wasStarted)
    return { what: `${path}, which every start leaves, is gone`, why: card }
  return null
}

export const isCanary = (read: ReadCanary): read is Canary =>
  typeof read === 'object' && read !== null

export const isAnothers = (other: Canary, own: ReadCanary): boolean =>
  isCanary(own) && own.of !== other.of

/** What `canary` knows and nobody here remembers. */
function since(canary: Canary, { found, own, bootId, witness }: Left): Finding | null {
  const isSameBoot = bootId !== null && canary.bootId === bootId
  const orAnothers = isCanary(own) ? '' : `; if another appliance wrote ${witness}, ${oneName}`
  const why = `${isSameBoot ? copied : card}${orAnothers}`
  if (found === null || isOlder(found, canary))
    return { what: `What was kept until change ${canary.seq} of ${timeOf(canary)} is gone`, why }
  if (isCanary(own) && own.starts < canary.starts)
    return { what: `The start of ${timeOf(canary)} is forgotten here`, why }
  return null
}

/** Also where a lower epoch has more changes: those are not the ones that were told saved. */
const isOlder = (one: AsRead, other: AsRead): boolean =>
  one.epoch < other.epoch || (one.epoch === other.epoch && one.seq < other.seq)

function timeOf({ at, clockTrusted }: Canary): string {
  const time = `${at.slice(0, 16).replace('T', ' ')} UTC`
  return clockTrusted ? time : `${time} (by a clock that was not set)`
}

/** For a card whose own word cannot be believed. */
export const card =
  'An older copy was put here, or the card forgets what it is told to keep: if nobody did, replace the card'
const copied = 'An older copy was put here: the machine was not restarted since'
const oneName = 'give each a PLATEN_SITE of its own'
