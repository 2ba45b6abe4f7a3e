import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Printer } from '../printers/printer.ts'
import { getPrinter } from '../printers/printers.ts'
import type { Store } from '../store.ts'
import type { Fleet, Heard } from './fleet.ts'
import { noReading, type Reading, type ReadPrinter, type Target } from './reading.ts'
import type { SweepProgress } from './status.ts'

/** Asks every active printer by its interval, on the monotonic clock. */
export interface Sweep {
  /** Starts what is due; called each second, and early without harm. */
  tick(): void
  /** Ahead of the round; joins an asking under way. Refuses `missing` an unknown printer. */
  pollNow(printerId: string): Promise<void>
  /** Something may have happened there: it is the next of the round. One that waits already does. */
  hint(printerId: string): void
  isAsking(printerId: string): boolean
  progress(): SweepProgress
  /** What is wrong with the sweep itself, in a sentence; null where all is well. */
  trouble(): string | null
  /** Starts no more, resolves when what is under way has ended, and believes none of it. */
  stop(): Promise<void>
}

export interface SweepParts {
  readonly store: Store
  readonly fleet: Fleet
  readonly clock: Clock
  readonly log: Log
  readonly readPrinter: ReadPrinter
  readonly intervalSeconds: number
  /** Of a printer with an error, or with an alarm that waits; `intervalSeconds` where that is less. */
  readonly errorIntervalSeconds?: number
  /** Printers asked at the same time. */
  readonly concurrency: number
  readonly defaults: Pick<Target, 'community' | 'version'>
  /** Called after each poll. */
  readonly onHeard: (printer: Printer, reading: Reading, heard: Heard) => void
}

interface Turn {
  readonly printerId: string
  readonly done: Promise<void>
  readonly finish: () => void
  /** A person waits for it. */
  isWanted: boolean
  hasBegun: boolean
}

/** A silent printer is asked again soon, for it may only have dozed; then ever more rarely. */
const soonMs = 30_000
const rarestMs = 15 * 60_000

export function createSweep(parts: SweepParts): Sweep {
  const { store, fleet, clock, intervalSeconds } = parts
  const intervalMs = intervalSeconds * 1000
  const pressingMs = Math.min(intervalMs, (parts.errorIntervalSeconds ?? intervalSeconds) * 1000)
  /** When each printer is due, by id; `as`: one that is to be asked in another way is due at once. */
  const due = new Map<string, { as: Printer; ms: number }>()
  /**
   * Turns by printer id, waiting in two queues: what people asked for, then the round. One of the round
   * that a person wants stands in both, and is passed over in the second.
   */
  const turns = new Map<string, Turn>()
  const people: Turn[] = []
  const round: Turn[] = []
  /** Hinted at while they were asked: the answer may have been too early. */
  const hinted = new Set<string>()
  let running = 0
  let stopped = false

  function turnOf(printerId: string, queue: Turn[]): Turn {
    const { promise: done, resolve: finish } = withResolvers()
    const turn = { printerId, done, finish, isWanted: queue === people, hasBegun: false }
    turns.set(printerId, turn)
    queue.push(turn)
    return turn
  }

  function fill(): void {
    while (running < parts.concurrency && !stopped) {
      const turn = people.shift() ?? round.shift()
      if (!turn) return
      if (turn.hasBegun) continue
      turn.hasBegun = true
      running++
      ask(turn).finally(() => {
        running--
        turns.delete(turn.printerId)
        turn.finish()
        fill()
      })
    }
  }

  async function ask({ printerId, isWanted }: Turn): Promise<void> {
    const printer = store.state.printers[printerId]
    if (!printer) return
    const target = {
      address: printer.ipAddress,
      community: printer.community ?? parts.defaults.community,
      version: printer.snmpVersion ?? parts.defaults.version,
      known: fleet.knownVersion(printer),
      // Somebody who waits for it has just switched it on, or looks for what is wrong.
      silentPolls: isWanted ? 0 : fleet.failures(printer),
      isWanted,
    }
    // Also when judging it breaks: one printer must not stop the others.
    due.set(printerId, { as: printer, ms: clock.monotonicMs() + pauseMs(1, intervalMs) })
    const reading = await parts.readPrinter(target).catch((error: unknown) => {
      parts.log.error({ error, printer: printerId }, 'reading a printer broke')
      return noReading(target, 'Reading it broke here; the log says why')
    })
    try {
      hear(printer, reading)
    } catch (error) {
      parts.log.error({ error, printer: printerId }, 'judging a reading broke')
    }
  }

  /** Unless the printer went, or is asked in another way by now. */
  function hear(asked: Printer, reading: Reading): void {
    const printer = store.state.printers[asked.id]
    if (stopped || !printer || !isSameWay(printer, asked)) return
    const heard = fleet.heard(printer, reading)
    const wellMs = fleet.isPressing(printer) ? pressingMs : intervalMs
    const failures = fleet.failures(printer)
    const wasHinted = hinted.delete(printer.id)
    const waitMs = wasHinted ? 0 : failures === 0 ? wellMs : pauseMs(failures, intervalMs)
    due.set(printer.id, { as: printer, ms: clock.monotonicMs() + waitMs })
    parts.onHeard(printer, reading, heard)
  }

  function progress(): SweepProgress {
    const isWatching = Object.values(store.state.printers).some(({ isActive }) => isActive)
    const heardMs = isWatching ? fleet.lastHeardMs() : null
    const ago = heardMs === null ? null : Math.floor((clock.monotonicMs() - heardMs) / 1000)
    return {
      intervalSeconds,
      running,
      waiting: turns.size - running,
      lastHeardSecondsAgo: ago,
    }
  }

  return {
    tick() {
      if (stopped) return
      const now = clock.monotonicMs()
      for (const printer of Object.values(store.state.printers)) {
        const last = due.get(printer.id)
        const isDue = !last || last.ms <= now || !isSameWay(printer, last.as)
        if (printer.isActive && isDue && !turns.has(printer.id)) turnOf(printer.id, round)
      }
      for (const id of due.keys()) if (!store.state.printers[id]) due.delete(id)
      fill()
    },
    async pollNow(printerId) {
      const { id } = getPrinter(store.state, printerId)
      if (stopped) return
      const turn = turns.get(id) ?? turnOf(id, people)
      if (!turn.isWanted && !turn.hasBegun) people.push(turn)
      turn.isWanted = true
      fill()
      await turn.done
    },
    hint(printerId) {
      const turn = turns.get(printerId)
      if (stopped || !store.state.printers[printerId]?.isActive) return
      if (turn?.hasBegun) hinted.add(printerId)
      if (!turn) round.unshift(turnOf(printerId, []))
      fill()
    },
    isAsking: (printerId) => turns.has(printerId),
    progress,
    trouble() {
      const { waiting, lastHeardSecondsAgo } = progress()
      const stands = waiting > 0 && (lastHeardSecondsAgo ?? 0) > 2 * intervalSeconds
      return stands
        ? `No printer was read for ${lastHeardSecondsAgo} seconds; restart platen.`
        : null
    },
    async stop() {
      stopped = true
      people.length = 0
      round.length = 0
      for (const turn of turns.values()) {
        if (turn.hasBegun) continue
        turns.delete(turn.printerId)
        turn.finish()
      }
      await Promise.all([...turns.values()].map(({ done }) => done))
    },
  }
}

/** Where and how it is asked, as far as the office says it. Records never change, but are put anew. */
function isSameWay(a: Printer, b: Printer): boolean {
  if (a === b) return true
  return (
    a.ipAddress === b.ipAddress && a.community === b.community && a.snmpVersion === b.snmpVersion
  )
}

/** Milliseconds until a printer is asked again, by its silent polls in a row. */
export function pauseMs(failures: number, intervalMs: number): number {
  if (failures === 0) return intervalMs
  if (failures === 1) return Math.min(soonMs, intervalMs)
  return Math.min(intervalMs * 2 ** (failures - 2), Math.max(rarestMs, intervalMs))
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
