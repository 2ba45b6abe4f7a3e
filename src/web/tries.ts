import { isIPv6 } from 'node:net'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/refusal.ts'

// Failed sign-ins: ten an address and hour (P22). A right password neither counts nor wipes the
// count, else whoever has an account could guess at another's for ever. The addresses are those of
// the connection: a header that names another can be made up.

export interface Tries {
  /** Refuses `too-many`, with the time to wait, an address that has failed ten times. */
  refuseMore(address: string): void
  /** Books a try; call what it returns once the outcome is known. Refuses `too-many` too. */
  begin(address: string): (outcome: 'right' | 'wrong') => void
  /** One more failure, of somebody who had waited for the same check. */
  failed(address: string): void
}

const most = 10
const windowMs = 60 * 60 * 1000
/** Bounds the memory: beyond these the address that failed longest ago is forgotten. */
const mostAddresses = 4096

interface Tally {
  /** Monotonic milliseconds of each failure, oldest first. */
  failures: number[]
  underway: number
}

/** `what`: that wrong ones were typed of. */
export function createTries(clock: Clock, what: 'passwords' | 'codes' = 'passwords'): Tries {
  /** By address, the one that failed longest ago first. */
  const tallies = new Map<string, Tally>()

  function tallyOf(key: string): Tally {
    const tally = tallies.get(key) ?? { failures: [], underway: 0 }
    const since = clock.monotonicMs() - windowMs
    tally.failures = tally.failures.filter((at) => at > since)
    return tally
  }

  function fail(key: string, tally: Tally): void {
    tally.failures = [...tally.failures, clock.monotonicMs()].slice(-most)
    tallies.delete(key)
    tallies.set(key, tally)
    for (const oldest of tallies.keys()) {
      if (tallies.size <= mostAddresses) break
      tallies.delete(oldest)
    }
  }

  function refuseMore({ failures }: Tally): void {
    const oldest = failures[0]
    if (oldest !== undefined && failures.length >= most)
      throw tooMany(what, Math.ceil((oldest + windowMs - clock.monotonicMs()) / 1000))
  }

  return {
    refuseMore: (address) => refuseMore(tallyOf(networkOf(address))),
    begin(address) {
      const key = networkOf(address)
      const tally = tallyOf(key)
      refuseMore(tally)
      // Those under way may all fail: side by side they get no more tries than one after another.
      if (tally.failures.length + tally.underway >= most) throw busy()
      tally.underway++
      tallies.set(key, tally)
      return (outcome) => {
        tally.underway--
        if (outcome === 'wrong') fail(key, tally)
        else if (tally.underway === 0 && tally.failures.length === 0) tallies.delete(key)
      }
    },
    failed(address) {
      const key = networkOf(address)
      fail(key, tallyOf(key))
    },
  }
}

/** Too much at once, not too often: worth asking again in a moment. */
export function busy(): Refusal {
  return new Refusal('too-many', 'Too many sign-ins at this moment; try again in 2 seconds.', {
    retryAfterSeconds: 2,
  })
}

function tooMany(what: string, seconds: number): Refusal {
  const minutes = Math.ceil(seconds / 60)
  const wait = minutes === 1 ? '1 minute' : `${minutes} minutes`
  const sentence = `Too many wrong ${what} from this address; try again in ${wait}.`
  return new Refusal('too-many', sentence, { retryAfterSeconds: seconds })
}

/** Whoever has one IPv6 address has its whole /64; an IPv4 address stays the same in IPv6 dress. */
export function networkOf(address: string): string {
  const [plain = ''] = address.replace(/^::ffff:(?=\d+\.)/i, '').split('%', 1)
  if (!isIPv6(plain)) return plain
  const [head = '', tail = ''] = plain.split('::')
  const before = head.split(':').filter(Boolean)
  const after = tail.split(':').filter(Boolean)
  const zeros = plain.includes('::') ? Array(8 - before.length - after.length).fill('0') : []
  return [...before, ...zeros, ...after].slice(0, 4).join(':').toLowerCase()
}
