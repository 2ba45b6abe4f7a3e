import { clockWords } from './ages.ts'
import type { Facts } from './facts.ts'

/** `22:00-06:00` of PLATEN_CONSOLE_NIGHT, which may go over midnight; `off`: never. */
export function isNight(
  night: string,
  { now, timeZone }: Pick<Facts, 'now' | 'timeZone'>,
): boolean {
  const [from, to] = night.split('-')
  if (from === undefined || to === undefined) return false
  const time = clockWords(now, timeZone)
  return from <= to ? time >= from && time < to : time >= from || time < to
}
