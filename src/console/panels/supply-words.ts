import { type LowSupply, toBring, unknownLevels } from '../../core/status/low-supplies.ts'
import type { Watched } from '../../core/status/status.ts'
import { cell, paragraph, type Row } from '../rows.ts'
import type { Marks } from './supply-columns.ts'
import { elsewhereRows, noMatchRows } from './words.ts'

// What stands above the list of supplies, or in its place.

/** Of which printers it is told: those that the filter leaves. */
export interface Walk {
  readonly printers: readonly Watched[]
  readonly filter: string
  readonly marks: Marks
}

/** What to take along, and of how many nobody knows whether they need something. */
export function headRows(
  supplies: readonly LowSupply[],
  { printers }: Walk,
  width: number,
  most: number,
): Row[] {
  const items = toBring(supplies).map(({ name, count }) => `${count} ${name ?? 'to look at'}`)
  const bring = bringLines(items, width - 2, Math.min(2, most))
  const unknown = unknownWords(printers)
  const more = unknown === '' || most === 1 ? [] : [`Not known: ${unknown}.`]
  return [
    ...bring.map((line): Row => [{ text: ' ' }, cell(line, width - 2, 'strong')]),
    ...more.map((line): Row => [{ text: ' ' }, cell(line, width - 2)]),
  ]
}

/** Whole things in each line; 'and more' for what does not fit. */
function bringLines(items: readonly string[], width: number, most: number, rest = ''): string[] {
  const lines = ['Bring along:']
  const words = [...items.map((item, at) => (at < items.length - 1 ? `${item},` : item)), rest]
  for (const word of words.filter(Boolean)) {
    const line = lines.at(-1) ?? ''
    if (line.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = `${line} ${word}`
  }
  if (lines.length <= most || items.length === 0) return lines.slice(0, most)
  return bringLines(items.slice(0, -1), width, most, 'and more')
}

/** Nothing is low of those that tell; of the others nobody knows. */
export function nothingRows({ printers, filter }: Walk, width: number): Row[] {
  if (printers.length === 0 && filter !== '') return noMatchRows(filter, width)
  if (printers.length === 0) return elsewhereRows('', width)
  const { silent, unread, tellNone } = unknownLevels(printers)
  const known = printers.length - silent - unread - tellNone
  const matching = filter === '' ? '' : ` that ${known === 1 ? 'matches' : 'match'} "${filter}"`
  const those = `${known} ${known === 1 ? 'printer' : 'printers'}${matching}`
  const unknown = unknownWords(printers)
  return [
    known === 0 ? 'Nobody knows whether anything is low.' : `Nothing is low in ${those}.`,
    ...(unknown === '' ? [] : [`Not known: ${unknown}. Silence is not fullness.`]),
    ...(filter === '' ? [] : ['Esc clears the filter.']),
  ].flatMap((text) => [...paragraph(text, width - 1, 3), []])
}

/** '1 silent, 2 not read yet, 3 tell no levels' */
function unknownWords(printers: readonly Watched[]): string {
  const { silent, unread, tellNone } = unknownLevels(printers)
  return [
    ...(silent > 0 ? [`${silent} silent`] : []),
    ...(unread > 0 ? [`${unread} not read yet`] : []),
    ...(tellNone > 0 ? [`${tellNone} ${tellNone === 1 ? 'tells' : 'tell'} no level`] : []),
  ].join(', ')
}
