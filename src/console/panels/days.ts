import type { Facts } from '../facts.ts'

// Days of a printer's past in words: of the site's own calendar.

export type Times = Pick<Facts, 'now' | 'timeZone'>

/** 'today', 'on Tue' within a week, 'on 3 Mar' before. `from`: when that day began. */
export function dayWords(from: Date, { now, timeZone }: Times): string {
  const { weekday, date } = formatsOf(timeZone)
  if (date.format(from) === date.format(now)) return 'today'
  // A week ago was the same day of the week, and a day may have 23 hours or 25.
  const isOfLate = now.getTime() - from.getTime() < 7.5 * dayMs
  const isOther = weekday.format(from) !== weekday.format(now)
  return `on ${(isOfLate && isOther ? weekday : date).format(from)}`
}

/** '3 Mar' */
export const dateWords = (at: Date, timeZone: string | null): string =>
  formatsOf(timeZone).date.format(at)

export const isMonday = (at: Date, timeZone: string | null): boolean =>
  formatsOf(timeZone).weekday.format(at) === 'Mon'

const dayMs = 86_400_000

type Formats = Readonly<Record<'weekday' | 'date', Intl.DateTimeFormat>>

/** by time zone; making a format is slow, and a screen asks for it each second */
const made = new Map<string, Formats>()

function formatsOf(timeZone: string | null): Formats {
  const known = made.get(timeZone ?? '')
  if (known) return known
  const zone = timeZone === null ? {} : { timeZone }
  const formats = {
    weekday: new Intl.DateTimeFormat('en-GB', { ...zone, weekday: 'short' }),
    date: new Intl.DateTimeFormat('en-GB', { ...zone, day: 'numeric', month: 'short' }),
  }
  made.set(timeZone ?? '', formats)
  return formats
}
