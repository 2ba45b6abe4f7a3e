import type { KnownVersion, Reading, Target } from '../core/status/reading.ts'
import { Channel } from './channel.ts'
import { Doubtful } from './doubtful.ts'
import type { Learned } from './learned.ts'
import type { Place } from './place.ts'
import { aStranger, type Peer } from './v3/peer.ts'
import type { openUserSession, UserSession } from './v3/session.ts'
import type { SnmpUser } from './v3/users.ts'
import type { Vendor } from './vendors/vendor.ts'
import type { Manners } from './walk.ts'

// What is remembered of one printer from poll to poll: the way to it, what it speaks and how much of it at
// a time, how long it takes, and what it said last. All of it can be lost: then it is found out again.

/** How much at a time a printer takes; finding that out costs a timeout, not to be paid at every poll. */
interface Taken {
  readonly manners: Manners
  /** Once may have been a lost datagram; twice in a row is the printer. */
  readonly times: number
}

export class Acquaintance {
  version: KnownVersion | null = null
  taken: Taken | null = null
  vendor: Vendor | null = null
  /** Where the user of SNMP 3 may read; null: in the default context. */
  userContext: string | null = null
  /** Until then nobody looks for its supplies in another context. */
  noContextUntilMs = 0
  /** They are there. */
  hasContext = false
  learned: Learned | null = null
  /** When it is read whole again, on the monotonic clock. */
  wholeAgainMs = 0
  /** Readings in a row of which the learned requests did not fit. */
  misfits = 0
  /** Until then no requests are learned. */
  unlearnedUntilMs = 0
  /** Readings in a row in which its maker's own objects were lost. */
  lost = 0
  readonly doubtful = new Doubtful()
  reading: Reading | null = null
  /** When that was, on the monotonic clock. */
  readMs = 0
  usedMs = performance.now()
  #channel: Channel | null = null
  #userSession: UserSession | null = null
  #peer: Peer = aStranger()
  #place: Place | null = null
  /** Of channels and sessions that were closed. */
  #sentBefore = 0
  #tripMs: number | null = null
  #spreadMs = 0

  /** The way to where it is; a new one where it moved, or where the last reading failed. */
  channelTo(place: Place): Channel {
    const same =
      place.address === this.#place?.address &&
      place.port === this.#place.port &&
      this.#channel?.isOpen
    if (same && this.#channel) return this.#channel
    this.close()
    if (place.address !== this.#place?.address) this.#peer = aStranger()
    this.#place = place
    this.#channel = new Channel(place)
    return this.#channel
  }

  /** Datagrams in all. */
  get sent(): number {
    return this.#sentBefore + (this.#channel?.sent ?? 0) + (this.#userSession?.sent() ?? 0)
  }

  /** The old way may begin at an address that this machine has no more. */
  channelAnew(place: Place): Channel {
    this.close()
    return this.channelTo(place)
  }

  /**
   * Whether it was switched off and on since the last reading: its time fell, or went on by much less than
   * ours. A time that stands still is that of a printer that sleeps.
   */
  wasReset(uptimeSeconds: number | null): boolean {
    const before = this.reading?.system.uptimeSeconds ?? null
    if (uptimeSeconds === null || before === null || uptimeSeconds === before) return false
    const passed = (performance.now() - this.readMs) / 1000
    return uptimeSeconds < before || uptimeSeconds < before + passed - mostDoze
  }

  /** Kept from poll to poll, and with it what is known of the printer's engine and its clock. */
  sessionOf(
    { user, open }: { user: SnmpUser; open: typeof openUserSession },
    place: Place,
    settings: { timeoutMs: number; retries: number; context: string | null },
  ): UserSession {
    this.#userSession ??= open(place, {
      ...{ user, peer: this.#peer, timeoutMs: settings.timeoutMs, retries: settings.retries },
      context: settings.context ?? '',
    })
    return this.#userSession
  }

  /** The next reading begins anew. */
  close(): void {
    this.#sentBefore = this.sent
    this.learned = null
    this.#channel?.close()
    this.#channel = null
    this.#userSession?.close()
    this.#userSession = null
  }

  /** RFC 6298, 2: the smoothed trip and its spread. */
  noteTrip(ms: number): void {
    if (this.#tripMs === null) {
      this.#tripMs = ms
      this.#spreadMs = ms / 2
    } else {
      this.#spreadMs += (Math.abs(this.#tripMs - ms) - this.#spreadMs) / 4
      this.#tripMs += (ms - this.#tripMs) / 8
    }
  }

  /**
   * How long each try waits: the first as long as this printer takes, the last as long as the office
   * gives it, for a printer that wakes up takes its time.
   */
  tries(timeoutMs: number, retries: number): number[] {
    if (retries === 0) return [timeoutMs]
    const usual = this.#usualMs(timeoutMs)
    return [usual, ...Array.from({ length: retries }, () => timeoutMs)]
  }

  /** Of a request in a walk, where silence may mean that it was too much. */
  walkTries(timeoutMs: number): number[] {
    const usual = this.#usualMs(timeoutMs)
    return usual < timeoutMs ? [usual, timeoutMs] : [timeoutMs]
  }

  /** Of a question that a printer which has just said that it is there answers soon, if at all. */
  quickTries(timeoutMs: number, times = 2): number[] {
    const usual = this.#usualMs(timeoutMs)
    const again = Math.min(2 * usual, timeoutMs)
    return [usual, ...Array.from({ length: times - 1 }, () => again)]
  }

  #usualMs(timeoutMs: number): number {
    if (this.#tripMs === null) return timeoutMs
    const most = Math.max(leastTimeoutMs, this.#tripMs + 4 * this.#spreadMs)
    // In steps, so that timers of many printers share a queue.
    return Math.min(timeoutMs, Math.ceil(most / leastTimeoutMs) * leastTimeoutMs)
  }
}

/** Seconds that a printer's own time may fall behind ours from one poll to the next. */
const mostDoze = 60

/** Below this a busy loop here looks like a slow printer there. */
const leastTimeoutMs = 250

export interface Acquaintances {
  of(target: Target): Acquaintance
  closeAll(): void
}

/** Nobody asks for it any more, or so rarely that it may as well be met anew. */
const forgottenMs = 2 * 3_600_000
/** A range that is searched, addresses that are mistyped: the least used are let go. */
const most = 4096

export function createAcquaintances(): Acquaintances {
  /** By where and how a printer is asked, the least used first. */
  const known = new Map<string, Acquaintance>()

  function tidy(): void {
    const oldest = performance.now() - forgottenMs
    for (const [way, one] of known) {
      if (known.size <= most && one.usedMs > oldest) return
      one.close()
      known.delete(way)
    }
  }

  return {
    of({ address, community, version, context = null }) {
      const way = `${version} ${address} ${context ?? ''} ${community}`
      const one = known.get(way) ?? new Acquaintance()
      one.usedMs = performance.now()
      known.delete(way)
      known.set(way, one)
      tidy()
      return one
    },
    closeAll() {
      for (const one of known.values()) one.close()
      known.clear()
    },
  }
}
