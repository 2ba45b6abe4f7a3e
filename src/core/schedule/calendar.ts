import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store.ts'
import { dueSlot, markDone, type Rule } from './slots.ts'

// What is done by the calendar. Kept is for which slots it was done, never when it is next: so it may
// be asked as often as one likes, at any time that the clock says.

export interface CalendarLine {
  /** Of its record in the schedule; for ever the same. */
  readonly name: string
  readonly when: Rule
  /** Answers whether it was done; otherwise, or where it throws, the slot stays open. */
  readonly call: (slot: string) => boolean | Promise<boolean>
}

export interface Calendar {
  /** Does what is due, each line beside the others and none beside itself. Never throws. */
  ask(): Promise<void>
}

/** Until what failed is tried again. */
const againMs = 3_600_000

export function createCalendar(parts: {
  readonly lines: readonly CalendarLine[]
  readonly store: Store
  readonly clock: Clock
  /** null: the system's. */
  readonly timeZone: string | null
  readonly log: Log
}): Calendar {
  const { store, clock, timeZone, log } = parts
  const asks = parts.lines.map(createAsk)
  return {
    async ask() {
      await Promise.all(asks.map((ask) => ask()))
    },
  }

  function createAsk({ name, when, call }: CalendarLine): () => Promise<void> {
    let isUnderWay = false
    let tried = { slot: '', atMs: 0 }
    /** Done, but the disk would not take that. */
    let unkept: string | null = null

    return async () => {
      if (isUnderWay) return
      isUnderWay = true
      try {
        await attend()
      } catch (error) {
        log.error({ error, line: name }, 'what the calendar ordered failed')
      } finally {
        isUnderWay = false
      }
    }

    async function attend(): Promise<void> {
      if (!clock.trusted()) return
      const done = store.state.schedule[name]?.done ?? []
      const slot = dueSlot(when, clock.now(), { timeZone, done })
      const atMs = clock.monotonicMs()
      if (slot === null || (slot === tried.slot && atMs - tried.atMs < againMs)) return
      tried = { slot, atMs }
      if (slot !== unkept && !(await call(slot))) return
      unkept = slot
      await store.update((tx) => markDone(tx, name, slot))
    }
  }
}
