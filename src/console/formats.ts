import { formatOf, type Way } from '../core/schedule/format.ts'

// Clock and calendar as a narrow screen has room for them: "14:02", "Mon", "2 Mar", "2 Mar 2026".

const ways = {
  time: { hour: '2-digit', minute: '2-digit' },
  weekday: { weekday: 'short' },
  day: { day: 'numeric', month: 'short' },
  date: { dateStyle: 'medium' },
} as const satisfies Readonly<Record<string, Way>>

/** `timeZone`: null: the system's. */
export const formatsOf = (timeZone: string | null) => ({
  time: formatOf(ways.time, timeZone),
  weekday: formatOf(ways.weekday, timeZone),
  day: formatOf(ways.day, timeZone),
  date: formatOf(ways.date, timeZone),
})
