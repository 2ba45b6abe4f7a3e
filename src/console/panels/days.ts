import { formatOf } from '../../core/schedule/format.ts'
import type { Facts } from '../facts.ts'
import { date, day, weekday } from '../formats.ts'

// Days of a printer's past in words: of the site's own calendar.

export type Times = Pick<Facts, 'now' | 'timeZone'>

/** 'today', 'on Tue' within a week, 'on 3 Mar' before. `from`: when that day began. */
export function dayWords(from: Date, { now, timeZone }: Times): string {
  const dates = formatOf(date, timeZone)
  if (dates.format(from) === dates.format(now)) return 'today'
  // A week ago was the same day of the week, and a day may have 23 hours or 25.
  const isOfLate = now.getTime() - from.getTime() < 7.5 * dayMs
  const weekdays = formatOf(weekday, timeZone)
  const isOther = weekdays.format(from) !== weekdays.format(now)
  return `on ${formatOf(isOfLate && isOther ? weekday : day, timeZone).format(from)}`
}

/** '3 Mar' */
export const dateWords = (at: Date, timeZone: string | null): string =>
  formatOf(day, timeZone).format(at)

export const isMonday = (at: Date, timeZone: string | null): boolean =>
  formatOf(weekday, timeZone).format(at) === 'Mon'

const dayMs = 86_400_000
