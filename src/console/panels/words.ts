import type { Facts } from '../facts.ts'
import { cell, type Row, wrap } from '../rows.ts'

// Screens that are only words: nothing to show, and the question before leaving.

/** What to do where there is no printer yet. */
export function nobodyRows(facts: Facts, width: number): Row[] {
  const browser = facts.address === '' ? [] : ['', `In a browser:      ${facts.address}`]
  return plain(
    [
      '',
      'No printers yet.',
      '',
      'From a table:      platen import printers.csv --as printers',
      '                   with the columns label, ipAddress (others may follow)',
      'Try one address:   platen probe HOST',
      ...browser,
    ],
    width,
  )
}

/** What to do about it is said in the fleet. */
export function elsewhereRows(filter: string, width: number): Row[] {
  const words =
    filter === ''
      ? 'No printers yet: the fleet, at 1, says how they come here.'
      : `No printer matches "${filter}": the fleet, at 1, has the filter.`
  return wrap(words, width - 2, 3).map((line) => [{ text: ' ' }, cell(line, width - 1)])
}

export function noMatchRows(filter: string, width: number): Row[] {
  return [
    [],
    ...wrap(`No printer matches "${filter}".`, width - 2, 3).map((line) => [
      { text: ' ' },
      cell(line, width - 1),
    ]),
    [],
    [{ text: ' ' }, cell('Esc clears the filter.', width - 1)],
  ]
}

export function leaveRows(width: number): Row[] {
  return plain(['Stop platen and leave?   y  yes   n  no'], width)
}

/** Words of ours that are set in columns: their blanks stay as they are. */
function plain(lines: readonly string[], width: number): Row[] {
  return lines.map((line) => [{ text: ` ${line}`.slice(0, width).padEnd(width) }])
}
