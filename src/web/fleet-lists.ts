import type { Clock } from '../core/clock.ts'
import type { Person } from '../core/people/person.ts'
import { type LowSupply, lowSupplies } from '../core/status/low-supplies.ts'
import { byNeed } from '../core/status/need.ts'
import type { Watched } from '../core/status/status.ts'
import type { Store } from '../core/store.ts'
import { createActivePrinters } from './active-printers.ts'
import type { WatchedFleet } from './fleet-view.ts'

// The fleet as the pages show it, to all who see the same printers. Looking at 1,000 of them and putting them
// in order takes a Pi longer than the page itself, and twenty pages ask for it each second.

export interface FleetList {
  /** Those that are asked; who needs somebody first. */
  readonly watched: readonly Watched[]
  /** Of all of them. */
  readonly low: readonly LowSupply[]
}

export interface FleetLists {
  of(person: Person): FleetList
  /** What was made is not told again: something ended that everybody waits for. */
  makeAnew(): void
}

interface Made {
  readonly list: FleetList
  readonly second: number
  readonly news: number
  readonly changes: number
  /** Not made again before this, whatever the printers say: a sweep brings news without an end. */
  readonly freshUntilMs: number
}

/** So few are looked at in no time; of more the list is made anew once a second at most. */
const few = 100
const pauseMs = 1000
/** People of different reach. */
const mostLists = 16

export function createFleetLists(parts: {
  readonly store: Store
  readonly clock: Clock
  readonly fleet: WatchedFleet
}): FleetLists {
  const { store, clock, fleet } = parts
  const made = new Map<string, Made>()
  const active = createActivePrinters(store)
  let changes = 0
  store.onChange(() => {
    changes += 1
  })

  function make(person: Person): FleetList {
    const watched = byNeed(active(person).map(({ id }) => fleet.watched(id)))
    return { watched, low: lowSupplies(watched) }
  }

  function of(person: Person): FleetList {
    // Who sees all sees the same; a disabled one sees nothing, and comes no further than the door.
    const key = person.reach === 'all' ? 'all' : person.id
    const second = Math.floor(clock.monotonicMs() / 1000)
    const news = fleet.newsCount()
    const last = made.get(key)
    if (last && last.changes === changes) {
      if (last.second === second && last.news === news) return last.list
      if (performance.now() < last.freshUntilMs) return last.list
    }
    const list = make(person)
    const freshUntilMs = performance.now() + (list.watched.length > few ? pauseMs : 0)
    made.delete(key)
    made.set(key, { list, second, news, changes, freshUntilMs })
    const [oldest] = made.keys()
    if (oldest !== undefined && made.size > mostLists) made.delete(oldest)
    return list
  }

  return { of, makeAnew: () => made.clear() }
}
