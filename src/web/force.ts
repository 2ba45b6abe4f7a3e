import type { FleetView } from './fleet-view.ts'

// Past the cache (B4): the printers are asked before the answer is given. Bounded in time, for one
// silent printer may take a minute and its asker is a person; the poll itself goes on.

export interface Force {
  one(printerId: string): Promise<'asked' | 'late'>
  /** A round of the same asker that is under way is joined. */
  all(askerId: string, printerIds: readonly string[]): Promise<'asked' | 'late'>
}

const limitMs = 30_000

export function createForce(fleet: Pick<FleetView, 'pollNow'>, boundMs = limitMs): Force {
  /** By asker: who presses the button twice does not ask the campus twice. */
  const rounds = new Map<string, Promise<unknown>>()

  return {
    one: (printerId) => within(fleet.pollNow(printerId), boundMs),
    all(askerId, printerIds) {
      const round =
        rounds.get(askerId) ??
        Promise.all(printerIds.map((id) => fleet.pollNow(id))).finally(() => rounds.delete(askerId))
      rounds.set(askerId, round)
      return within(round, boundMs)
    },
  }
}

async function within(work: Promise<unknown>, ms: number): Promise<'asked' | 'late'> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, ms, 'late')
  })
  try {
    return await Promise.race([work.then(() => 'asked' as const), late])
  } finally {
    clearTimeout(timer)
  }
}
