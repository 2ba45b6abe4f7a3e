import { formatOf } from '../core/schedule/format.ts'
import { date, day, time } from './formats.ts'

// Ages and times in words that fit a column.

/** "now", "10 s", "4 min", "3 h", "2 d": at most six cells. Drawn every ten seconds, so tens are what holds. */
export function ageWords(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  if (whole < 10) return 'now'
  if (whole < 60) return `${Math.floor(whole / 10) * 10} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min`
  if (whole < 48 * 3600) return `${Math.floor(whole / 3600)} h`
  return `${Math.min(9999, Math.floor(whole / 86_400))} d`
}

/** "just now", "10 s ago" */
export function agoWords(seconds: number): string {
  const words = ageWords(seconds)
  return words === 'now' ? 'just now' : `${words} ago`
}

/** "14:02" today, "2 Mar" on any other day. */
export function momentWords(at: Date, now: Date, timeZone: string | null): string {
  if (Number.isNaN(at.getTime())) return '?'
  const dates = formatOf(date, timeZone)
  return formatOf(dates.format(at) === dates.format(now) ? time : day, timeZone).format(at)
}

/** Days beside today: "Today", "Yesterday", "2 Mar", and "2 Mar 2025" of another year. */
export function dayNames(now: Date, timeZone: string | null): (at: Date) => string {
  const dates = formatOf(date, timeZone)
  if (Number.isNaN(now.getTime())) return () => '?'
  const today = dates.format(now)
  const yesterday = dates.format(dayBefore(now, timeZone))
  const year = today.slice(-5)
  return (at) => {
    if (Number.isNaN(at.getTime())) return '?'
    const words = dates.format(at)
    if (words === today) return 'Today'
    if (words === yesterday) return 'Yesterday'
    return words.endsWith(year) ? words.slice(0, -year.length) : words
  }
}

/** "14:02" */
export function clockWords(now: Date, timeZone: string | null): string {
  return Number.isNaN(now.getTime()) ? '?' : formatOf(time, timeZone).format(now)
}

/** Half a day before today's midnight, for a day may have 23 hours or 25. */
function dayBefore(now: Date, timeZone: string | null): Date {
  const [hours = 0, minutes = 0] = clockWords(now, timeZone).split(':').map(Number)
  return new Date(now.getTime() - (hours + 12) * 3_600_000 - minutes * 60_000)
}
