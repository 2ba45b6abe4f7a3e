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
  /** One more is known. */
  changed(): void
  log(error: unknown, where: string): void
}): Pasts {
  const looks = new Map<string, { look: PastLook; at: number }>()

  async function read(id: string, before: PastLook): Promise<void> {
    keep(id, before)
    try {
      keep(id, { is: 'known', past: await parts.past(id) })
    } catch (error) {
      parts.log(error, 'history')
      keep(id, { is: 'unreadable' })
    }
    parts.changed()
  }

  function keep(id: string, look: PastLook): void {
    looks.delete(id)
    looks.set(id, { look, at: performance.now() })
    for (const [oldest] of looks) if (looks.size > mostKept) looks.delete(oldest)
  }

  return {
    of(id) {
      const held = looks.get(id)
      if (!held || performance.now() - held.at > freshMs)
        void read(id, held?.look ?? { is: 'loading' })
      return looks.get(id)?.look ?? { is: 'loading' }
    },
  }
}
