/** What a clock on the wall of that zone shows at an instant, as milliseconds that are read in UTC. */
export function wallMs(at: Date, timeZone: string | null): number {
  const shown = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(shown.get(type))
  return Date.UTC(
    ...([of('year'), of('month') - 1, of('day')] as const),
    ...([of('hour'), of('minute'), of('second')] as const),
  )
}

/** By time zone: making a format is slow. */
const made = new Map<string | null, Intl.DateTimeFormat>()

function formatOf(timeZone: string | null): Intl.DateTimeFormat {
  const known = made.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' },
    ...(timeZone !== null && { timeZone }),
  })
  made.set(timeZone, format)
  return format
}
