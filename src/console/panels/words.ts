import type { Facts } from '../facts.ts'
import { paragraph, type Row, verbatim } from '../rows.ts'

// Screens that are only words: nothing to show, and the question before leaving.

/** What to do where there is no printer yet. */
export function nobodyRows(facts: Facts, width: number): Row[] {
  const browser = facts.address === '' ? [] : ['', `In a browser:      ${facts.address}`]
  return [
    '',
    'No printers yet.',
    '',
    'From a table:      platen import printers.csv --as printers',
    '                   with the columns label, ipAddress (others may follow)',
    'Try one address:   platen probe HOST',
    ...browser,
  ].map((line) => verbatim(line, width))
}

/** What to do about it is said in the fleet. */
export function elsewhereRows(filter: string, width: number): Row[] {
  const words =
    filter === ''
      ? 'No printers yet: the fleet, at 1, says how they come here.'
      : `No printer matches "${filter}": the fleet, at 1, has the filter.`
  return paragraph(words, width - 1, 3)
}

export function noMatchRows(filter: string, width: number): Row[] {
  return [
    [],
    ...paragraph(`No printer matches "${filter}".`, width - 1, 3),
    [],
    ...paragraph('Esc clears the filter.', width - 1, 1),
  ]
}

export function leaveRows(width: number): Row[] {
  return [verbatim('Stop platen and leave?   y  yes   n  no', width)]
}
