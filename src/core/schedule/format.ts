/** A way to write an instant: a constant, for what is made of it is kept. */
export type Way = Readonly<Intl.DateTimeFormatOptions>

const made = new Map<Way, Map<string | null, Intl.DateTimeFormat>>()

/**
 * As people here write times and days, on a wall of that zone; null: the system's. Made once for each way and
 * zone, for that is slow, and a screen asks for it all the time.
 */
export function formatOf(way: Way, timeZone: string | null): Intl.DateTimeFormat {
  const ofWay = made.get(way) ?? new Map<string | null, Intl.DateTimeFormat>()
  made.set(way, ofWay)
  const known = ofWay.get(timeZone)
  if (known) return known
  const zone = timeZone === null ? {} : { timeZone }
  const format = new Intl.DateTimeFormat('en-GB', { ...way, ...zone })
  ofWay.set(timeZone, format)
  return format
}
