import type { Clock } from '../core/clock.ts'
import { randomCode } from '../core/ids.ts'
import { Refusal } from '../core/refusal.ts'
import type { WatchedFleet } from './fleet-view.ts'

// Rounds that somebody asked for, in the background: how far each one is. In memory alone, for what the
// printers say is kept elsewhere.

export interface Round {
  readonly id: string
  /** Id of the person. */
  readonly by: string
  readonly startedAt: string
  readonly total: number
  /** Asked, whether they answered or not. */
  readonly done: number
  /** Of those asked: that did not answer. */
  readonly silent: number
  /** null: under way. */
  readonly endedAt: string | null
}

export interface Polls {
  /** Joins a round of the same person over the same printers. Refuses `too-many` under way. */
  start(by: string, printerIds: readonly string[]): Round
  /** Refuses `missing` what there is not and another person's alike. */
  get(by: string, id: string): Round
  /** The last that this person began. */
  latest(by: string): Round | null
}

/** Of one person, at the same time. */
const mostUnderWay = 4
const mostKept = 100

interface Kept extends Round {
  done: number
  silent: number
  endedAt: string | null
  readonly of: string
}

export function createPolls({
  clock,
  fleet,
  onEnd = () => {},
}: {
  readonly clock: Clock
  /** Before anybody is told that a round has ended. */
  readonly onEnd?: () => void
  readonly fleet: Pick<WatchedFleet, 'pollNow' | 'status'>
}): Polls {
  /** The oldest first. */
  let rounds: readonly Kept[] = []

  async function ask(round: Kept, printerId: string): Promise<void> {
    const [asked] = await Promise.allSettled([fleet.pollNow(printerId)])
    round.done += 1
    // Not of one that went meanwhile.
    if (asked.status === 'fulfilled' && fleet.status(printerId).snmp.ok === false) round.silent += 1
  }

  async function askAll(round: Kept, printerIds: readonly string[]): Promise<void> {
    await Promise.allSettled(printerIds.map((id) => ask(round, id)))
    onEnd()
    round.endedAt = clock.now().toISOString()
  }

  return {
    start(by, printerIds) {
      const of = printerIds.toSorted().join()
      const underWay = rounds.filter((round) => round.by === by && round.endedAt === null)
      const same = underWay.find((round) => round.of === of)
      if (same) return same
      if (underWay.length >= mostUnderWay)
        throw new Refusal('too-many', 'Printers are being asked already; wait for that to end.', {
          retryAfterSeconds: 10,
        })
      const round: Kept = {
        ...{ id: `n-${randomCode(16)}`, by, of, startedAt: clock.now().toISOString() },
        ...{ total: printerIds.length, done: 0, silent: 0, endedAt: null },
      }
      const old = rounds.filter(({ endedAt }) => endedAt !== null)
      const [oldest] = rounds.length >= mostKept ? old : []
      rounds = [...rounds.filter((each) => each !== oldest), round]
      void askAll(round, printerIds)
      return round
    },
    get(by, id) {
      const found = rounds.find((round) => round.id === id && round.by === by)
      if (!found) throw new Refusal('missing', 'There is no such round.')
      return found
    },
    latest: (by) => rounds.findLast((round) => round.by === by) ?? null,
  }
}
