import { clockWords } from './ages.ts'
import type { Facts } from './facts.ts'

/**
 * `22:00-06:00` of PLATEN_CONSOLE_NIGHT, which may go over midnight; `off`: never. While nothing vouches
 * for the clock it is day: a wall that is dark at noon is not read.
 */
export function isNight(
  night: string,
  { now, timeZone, clockTrusted }: Pick<Facts, 'now' | 'timeZone' | 'clockTrusted'>,
): boolean {
  const [from, to] = night.split('-')
  if (from === undefined || to === undefined || !clockTrusted) return false
  const time = clockWords(now, timeZone)
  return from <= to ? time >= from && time < to : time >= from || time < to
}
