// Clock and calendar as people here write them: "14:02", "Mon", "2 Mar", "2 Mar 2026".

type Formats = Readonly<Record<'time' | 'weekday' | 'day' | 'date', Intl.DateTimeFormat>>

/** by time zone; making a format is slow, and a screen asks for it each second */
const made = new Map<string | null, Formats>()

/** `timeZone`: null: the system's. */
export function formatsOf(timeZone: string | null): Formats {
  const known = made.get(timeZone)
  if (known) return known
  const of = (wished: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { ...wished, ...(timeZone !== null && { timeZone }) })
  const formats = {
    time: of({ hour: '2-digit', minute: '2-digit' }),
    weekday: of({ weekday: 'short' }),
    day: of({ day: 'numeric', month: 'short' }),
    date: of({ dateStyle: 'medium' }),
  }
  made.set(timeZone, formats)
  return formats
}
