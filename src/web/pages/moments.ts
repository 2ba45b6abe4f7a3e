import { type Html, html } from '../../core/html.ts'
import { formatOf, type Way } from '../../core/schedule/format.ts'

interface Shown {
  readonly now: Date
  /** null: the system's. */
  readonly timeZone: string | null
}

/** '14:02' today, '12 March, 14:02' on another day; the whole of it for who points at it. */
export function moment(at: string, { now, timeZone }: Shown): Html {
  const words = (of: Date, way: Way) => formatOf(way, timeZone).format(of)
  const then = new Date(at)
  const isThisYear = words(then, year) === words(now, year)
  const isToday = isThisYear && words(then, day) === words(now, day)
  const date = words(then, day) + (isThisYear ? '' : ` ${words(then, year)}`)
  const told = isToday ? words(then, time) : `${date}, ${words(then, time)}`
  return html`<time datetime="${at}">${told}</time>`
}

/** Behind a time that was written down before the clock was set; nothing where it was right. */
export const certainty = ({ clockTrusted }: { readonly clockTrusted: boolean }): string =>
  clockTrusted ? '' : ' (time not certain)'

const day: Way = { day: 'numeric', month: 'long' }
const time: Way = { hour: '2-digit', minute: '2-digit' }
const year: Way = { year: 'numeric' }
