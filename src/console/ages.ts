// Ages and times in words that fit a column.

/** "12 s", "4 min", "3 h", "2 d": at most six cells. */
export function ageWords(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min`
  if (whole < 48 * 3600) return `${Math.floor(whole / 3600)} h`
  return `${Math.min(9999, Math.floor(whole / 86_400))} d`
}

/** "14:02" today, "12 Mar" on any other day. */
export function momentWords(at: Date, now: Date, timeZone: string | null): string {
  const clocks = clocksOf(timeZone)
  if (Number.isNaN(at.getTime())) return '?'
  return clocks.day.format(at) === clocks.day.format(now)
    ? clocks.time.format(at)
    : clocks.day.format(at)
}

/** "14:02" */
export function clockWords(now: Date, timeZone: string | null): string {
  return Number.isNaN(now.getTime()) ? '?' : clocksOf(timeZone).time.format(now)
}

interface Clocks {
  readonly time: Intl.DateTimeFormat
  readonly day: Intl.DateTimeFormat
}

/** by time zone; making a format is slow, and a screen asks for it each second */
const made = new Map<string, Clocks>()

function clocksOf(timeZone: string | null): Clocks {
  const key = timeZone ?? ''
  const known = made.get(key)
  if (known) return known
  const zone = timeZone === null ? {} : { timeZone }
  const clocks = {
    time: new Intl.DateTimeFormat('en-GB', { ...zone, hour: '2-digit', minute: '2-digit' }),
    day: new Intl.DateTimeFormat('en-GB', { ...zone, day: '2-digit', month: 'short' }),
  }
  made.set(key, clocks)
  return clocks
}
