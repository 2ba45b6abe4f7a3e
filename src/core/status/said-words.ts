import { capital } from '../capital.ts'
import { grouped } from '../grouped.ts'
import type { Reading } from './reading.ts'
import { oneLine } from './supplies.ts'

// What a printer tells of its covers and its maker's counters, in words for the page and the console.

export const openCovers = (covers: Reading['covers']): Reading['covers'] =>
  covers.filter(({ status }) => status?.endsWith('Open'))

/** 'Front cover open', one for each that is (RFC 3805, PrtCoverStatusTC); then '2 closed', '1 not told'. */
export function coverWords(covers: Reading['covers']): string[] {
  const open = openCovers(covers)
  const closed = covers.filter(({ status }) => status?.endsWith('Closed')).length
  const other = covers.filter(({ status }) => status === 'other').length
  const untold = covers.length - open.length - closed - other
  return [
    ...open.map(({ description }) => `${oneLine(description) || 'A cover'} open`),
    ...(closed > 0 ? [`${closed} closed`] : []),
    ...(other > 0 ? [`${other} neither open nor closed`] : []),
    ...(untold > 0 ? [`${untold} not told`] : []),
  ]
}

/** 'Colour' with '2 345 by Brother': pages by what they are, and whose count that is. */
export function counterWords({
  counters,
  pageCount,
}: Pick<Reading, 'counters' | 'pageCount'>): [name: string, words: string][] {
  if (counters === null) return []
  const { total, mono, colour, duplex, source } = counters
  const counts: readonly [string, number | null][] = [
    ['In all', total === pageCount ? null : total],
    ['Mono', mono],
    ['Colour', colour],
    ['Duplex', duplex],
  ]
  return counts.flatMap(([name, count]): [string, string][] =>
    count === null ? [] : [[name, `${grouped(count)} by ${sourceName(source)}`]],
  )
}

/** 'IPP', 'Konica Minolta': whose word something is, as people write it. */
export const sourceName = (source: string): string =>
  source
    .split('-')
    // HP, OKI and IPP are names of letters.
    .map((word) => (word.length > 3 ? capital(word) : word.toUpperCase()))
    .join(' ')
