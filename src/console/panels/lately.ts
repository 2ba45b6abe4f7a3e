import type { Past } from '../../core/counters/past.ts'
import type { Supply } from '../../core/status/reading.ts'
import { supplyNames } from '../../core/status/supplies.ts'
import { ageWords, clockWords } from '../ages.ts'
import { cell, type Row, wrap } from '../rows.ts'
import { dateWords, type Times } from './days.ts'

// What happened to a printer of late, in words: supplies that were replaced, and when it was silent.

export function latelyRows(
  { replaced, silences }: Past,
  supplies: readonly Supply[],
  times: Times,
  width: number,
): Row[] {
  const names = new Map(supplyNames(supplies).map((name, at) => [supplies[at]?.index, name]))
  const nameOf = (index: string): string => names.get(index) ?? `Supply ${index}`
  const news = replaced.map((each) => {
    const date = dateWords(new Date(each.at), times.timeZone)
    return `${date}: ${each.supplies.map(nameOf).join(', ')}`
  })
  return [
    ...listed('Replaced', news, width),
    ...listed(
      'Silent',
      silences.map((each) => silenceWords(each, times)),
      width,
    ),
  ]
}

/** '1 Mar 14:02, 24 h: No answer within 3 s' */
function silenceWords({ from, to, why }: Past['silences'][number], times: Times): string {
  const { now, timeZone } = times
  const began = new Date(from)
  const seconds = ((to === null ? now.getTime() : Date.parse(to)) - began.getTime()) / 1000
  const since = `${dateWords(began, timeZone)} ${clockWords(began, timeZone)}`
  // An age of less is 'now', which was then.
  const long = seconds < 60 ? 'under 1 min' : ageWords(seconds)
  const lasted = `${long}${to === null ? ' until now' : ''}`
  return `${since}, ${lasted}${why ? `: ${why}` : ''}`
}

const mostListed = 3

/** The newest of them, and how many there were more. */
function listed(title: string, lines: readonly string[], width: number): Row[] {
  if (lines.length === 0) return []
  const more = lines.length - mostListed
  return [
    [],
    [{ text: ' ' }, { text: title, tone: 'strong' }],
    ...lines
      .slice(0, mostListed)
      .flatMap((line) => wrap(line, width - 2, 2))
      .map((line): Row => [{ text: '  ' }, cell(line, width - 2)]),
    ...(more > 0 ? [[{ text: '  ' }, cell(`and ${more} before`, width - 2)]] : []),
  ]
}
