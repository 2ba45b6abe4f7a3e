import { wallMs } from './local.ts'

const shownDays = 30
const dayMs = 86_400_000

/** The midnights of that zone (null: the system's) before the last thirty days, each, and the one to come. */
export function lastDays(now: Date, timeZone: string | null): Date[] {
  const today = Math.floor(wallMs(now, timeZone) / dayMs) * dayMs
  return Array.from({ length: shownDays + 1 }, (_, at) =>
    instantOf(today + (at - shownDays + 1) * dayMs, timeZone),
  )
}

/**
 * The second look is for a day on which the clocks were changed; one that has no midnight, for it is then that
 * they are, begins with the first time that there is.
 */
function instantOf(wall: number, timeZone: string | null): Date {
  const off = (at: number) => wallMs(new Date(at), timeZone) - at
  const first = wall - off(wall)
  const second = wall - off(first)
  return new Date(wallMs(new Date(second), timeZone) < wall ? first : second)
}
