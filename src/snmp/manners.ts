import type { Version } from './session.ts'
import type { Manners, Walked } from './walk.ts'

// How each printer wants to be asked. Some drop a request that is large, or GETBULK altogether; finding
// that out costs a timeout, which is not paid at every poll.

export interface LearnedManners {
  of(address: string, version: Version): Manners
  learn(address: string, walked: Walked): void
}

/** Once may have been a lost datagram; twice in a row is the printer. */
const twice = 2

export function learnManners(): LearnedManners {
  /** By address. */
  const learned = new Map<string, { manners: Manners; times: number }>()
  return {
    of: (address, version) => {
      const known = learned.get(address)
      const bulk = version === '2c'
      if (known === undefined || known.times < twice) return { names: Infinity, bulk }
      // SNMP 1 has no GETBULK (RFC 1157); the printer may have been another when this was learned.
      return { ...known.manners, bulk: bulk && known.manners.bulk }
    },
    learn: (address, { ended, troubles, manners }) => {
      const times = learned.get(address)?.times ?? 0
      if (ended === 'whole' && troubles > 0) learned.set(address, { manners, times: times + 1 })
      else if (ended !== 'whole' || times < twice) learned.delete(address)
    },
  }
}
