import { formatOf, type Way } from './format.ts'

/** What a clock on the wall of that zone shows at an instant, as milliseconds that are read in UTC. */
export function wallMs(at: Date, timeZone: string | null): number {
  const shown = new Map(
    formatOf(wall, timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(shown.get(type))
  return Date.UTC(
    ...([of('year'), of('month') - 1, of('day')] as const),
    ...([of('hour'), of('minute'), of('second')] as const),
  )
}

const wall: Way = {
  ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
  ...{ hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' },
}
