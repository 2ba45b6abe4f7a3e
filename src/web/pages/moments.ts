import { type Html, html } from '../../core/html.ts'

interface Shown {
  readonly now: Date
  /** null: the system's. */
  readonly timeZone: string | null
}

/** '14:02' today, '12 March, 14:02' on another day; the whole of it for who points at it. */
export function moment(at: string, { now, timeZone }: Shown): Html {
  const { day, time, year } = formatsOf(timeZone)
  const then = new Date(at)
  const isToday = day.format(then) + year.format(then) === day.format(now) + year.format(now)
  const isThisYear = year.format(then) === year.format(now)
  const date = isThisYear ? day.format(then) : `${day.format(then)} ${year.format(then)}`
  const words = isToday ? time.format(then) : `${date}, ${time.format(then)}`
  return html`<time datetime="${at}">${words}</time>`
}

/** Behind a time that was written down before the clock was set; nothing where it was right. */
export const certainty = ({ clockTrusted }: { readonly clockTrusted: boolean }): string =>
  clockTrusted ? '' : ' (time not certain)'

type Formats = Readonly<Record<'day' | 'time' | 'year', Intl.DateTimeFormat>>

/** By time zone: making a format is slow. */
const made = new Map<string, Formats>()

function formatsOf(timeZone: string | null): Formats {
  const known = made.get(timeZone ?? '')
  if (known) return known
  const format = (parts: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { ...parts, ...(timeZone === null ? {} : { timeZone }) })
  const formats = {
    day: format({ day: 'numeric', month: 'long' }),
    time: format({ hour: '2-digit', minute: '2-digit' }),
    year: format({ year: 'numeric' }),
  }
  made.set(timeZone ?? '', formats)
  return formats
}
