import type { Past } from '../core/counters/past.ts'
import type { PastLook } from './facts.ts'

// The pasts of printers, read from the card once somebody looks at one, and again when it is old.

export interface Pasts {
  /** What is known of it; begins to read what is not. */
  of(printerId: string): PastLook
}

const freshMs = 5 * 60_000
/** One looks at a few printers in a row, and a past is some kilobytes. */
const mostKept = 20

export function createPasts(parts: {
  past(printerId: string): Promise<Past>
  now(): Date
  /** One more is known. */
  changed(): void
  log(error: unknown, where: string): void
}): Pasts {
  const looks = new Map<string, { look: PastLook; at: number }>()
  /** Whose past is looked at now; who runs through the fleet waits for that one alone. */
  let wanted: string | null = null
  let underWay: string | null = null

  async function read(): Promise<void> {
    while (wanted !== null && underWay === null) {
      underWay = wanted
      wanted = null
      keep(underWay, await lookUp(underWay))
      underWay = null
      parts.changed()
    }
  }

  async function lookUp(id: string): Promise<PastLook> {
    try {
      const at = parts.now()
      return { is: 'known', past: await parts.past(id), at }
    } catch (error) {
      parts.log(error, 'history')
      return { is: 'unreadable' }
    }
  }

  function keep(id: string, look: PastLook): void {
    looks.delete(id)
    looks.set(id, { look, at: performance.now() })
    for (const [oldest] of looks) if (looks.size > mostKept) looks.delete(oldest)
  }

  return {
    of(id) {
      const held = looks.get(id)
      const isFresh = held !== undefined && performance.now() - held.at <= freshMs
      wanted = isFresh || id === underWay ? null : id
      void read()
      return held?.look ?? { is: 'loading' }
    },
  }
}
