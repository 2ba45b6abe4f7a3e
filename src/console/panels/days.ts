import type { Facts } from '../facts.ts'
import { formatsOf } from '../formats.ts'

// Days of a printer's past in words: of the site's own calendar.

export type Times = Pick<Facts, 'now' | 'timeZone'>

/** 'today', 'on Tue' within a week, 'on 3 Mar' before. `from`: when that day began. */
export function dayWords(from: Date, { now, timeZone }: Times): string {
  const { weekday, day, date } = formatsOf(timeZone)
  if (date.format(from) === date.format(now)) return 'today'
  // A week ago was the same day of the week, and a day may have 23 hours or 25.
  const isOfLate = now.getTime() - from.getTime() < 7.5 * dayMs
  const isOther = weekday.format(from) !== weekday.format(now)
  return `on ${(isOfLate && isOther ? weekday : day).format(from)}`
}

/** '3 Mar' */
export const dateWords = (at: Date, timeZone: string | null): string =>
  formatsOf(timeZone).day.format(at)

export const isMonday = (at: Date, timeZone: string | null): boolean =>
  formatsOf(timeZone).weekday.format(at) === 'Mon'

const dayMs = 86_400_000
