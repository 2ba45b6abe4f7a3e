import type { Watched } from '../../core/status/status.ts'
import { ageWords } from '../ages.ts'
import { shortBars } from '../bars.ts'
import { divider, type Frame, framed, roomIn } from '../frame.ts'
import { toGlyphs } from '../glyphs.ts'
import { headingOf, placeOf, sentenceOf, toneOfVerdict, wordOf } from '../need.ts'
import { type Cell, cell, cellRight, padTo, type Row, widthOf } from '../rows.ts'

export interface Chosen {
  readonly id: string | null
  /** Not merely the first: only then its row is in reverse, for a screen glows there for months. */
  readonly byHand: boolean
}

/** The fleet: a heading for each degree of need, a row for each printer, the chosen one in sight. */
export function printersPanel(
  printers: readonly Watched[],
  chosen: Chosen,
  frame: Omit<Frame, 'title' | 'corner'>,
): Row[] {
  const lines = withHeadings(printers)
  const room = roomIn(frame)
  const at = lines.findIndex(
    (each) => typeof each !== 'string' && each.status.printer.id === chosen.id,
  )
  const from = windowFrom(lines, at, room)
  const seen = withoutLastHeading(lines.slice(from, from + room))
  const columns = columnsFor(frame.width - 2, printers)
  const rows = seen.map((each) =>
    typeof each === 'string' ? divider(each, frame.width) : printerRow(each, columns, chosen),
  )
  const first = seen.find((each) => typeof each !== 'string')
  const title =
    first && typeof first !== 'string' ? titleOf(headingOf(first), printers) : 'Printers'
  const corner = lines.length > room ? scrollWords(printers, seen, from + room < lines.length) : ''
  return framed({ ...frame, title: [{ text: title, tone: 'strong' }], corner }, rows)
}

/** Rows that all of them fill. */
export const fleetHeight = (printers: readonly Watched[]): number => withHeadings(printers).length

const titleOf = (heading: string, printers: readonly Watched[]): string =>
  `${heading} ${printers.filter((each) => headingOf(each) === heading).length}`

/** The first heading is the panel's title, so it is no line of its own. */
function withHeadings(printers: readonly Watched[]): (string | Watched)[] {
  return printers.flatMap((each, at) => {
    const before = printers[at - 1]
    return before && headingOf(before) !== headingOf(each)
      ? [titleOf(headingOf(each), printers), each]
      : [each]
  })
}

/** A heading with nothing under it says nothing. */
function withoutLastHeading(lines: readonly (string | Watched)[]): readonly (string | Watched)[] {
  return typeof lines.at(-1) === 'string' ? lines.slice(0, -1) : lines
}

/** The chosen row in the middle where it can be, and no heading as the first line. */
function windowFrom(lines: readonly unknown[], at: number, room: number): number {
  const last = Math.max(0, lines.length - room)
  const from = at < room - 1 ? 0 : Math.min(last, at - Math.floor(room / 2))
  return typeof lines[from] === 'string' ? from + 1 : from
}

function scrollWords(
  printers: readonly Watched[],
  seen: readonly (string | Watched)[],
  more: boolean,
): string {
  const rows = seen.filter((each) => typeof each !== 'string')
  const first = rows[0] ? printers.indexOf(rows[0]) + 1 : 0
  return `${first}-${first + rows.length - 1} of ${printers.length} ${more ? '▼' : '▲'}`
}

interface Columns {
  readonly label: number
  readonly place: number
  readonly model: number
  readonly sentence: number
  readonly age: number
}

/** Width decides which columns there are: first the model goes, then the place, then the age. */
export function columnsFor(width: number, printers: readonly Watched[]): Columns {
  const longest = (textOf: (each: Watched) => string, most: number): number =>
    Math.min(most, Math.max(0, ...printers.map((each) => toGlyphs(textOf(each)).length)))
  const label = Math.max(
    6,
    longest((each) => each.status.printer.label, width < 60 ? 16 : 24),
  )
  const age = width >= 50 ? 8 : 0
  const beforeSentence = 2 + 8 + label + 2
  const spare = width - beforeSentence - age
  const place = spare >= 40 ? longest(placeOf, Math.min(28, spare - 30)) + 2 : 0
  const model = spare - place >= 66 ? longest(modelOf, 24) + 2 : 0
  return { label, place, model, age, sentence: Math.max(0, spare - place - model) }
}

const modelOf = ({ status }: Watched): string => status.printer.model ?? status.device.model ?? ''

function printerRow(printer: Watched, columns: Columns, chosen: Chosen): Row {
  const marked = printer.status.printer.id === chosen.id
  const tone = toneOfVerdict[printer.status.verdict]
  const healthy = printer.status.verdict === 'ok' && printer.reasons.length === 0
  const row: Cell[] = [
    { text: marked ? '▶ ' : '  ', tone: 'strong' },
    cell(wordOf(printer), 7, tone === 'bad' ? 'alarm' : tone),
    { text: ' ' },
    cell(printer.status.printer.label, columns.label, healthy ? 'plain' : 'strong'),
    { text: '  ' },
  ]
  if (columns.place > 0) row.push(cell(placeOf(printer), columns.place - 2), { text: '  ' })
  if (columns.model > 0) row.push(cell(modelOf(printer), columns.model - 2), { text: '  ' })
  if (healthy) row.push(...healthyCells(printer, columns.sentence))
  else row.push(cell(sentenceOf(printer), columns.sentence))
  if (columns.age > 0) row.push(...ageCells(printer, columns.age))
  return marked && chosen.byHand ? row.map((each) => ({ ...each, chosen: true })) : row
}

function healthyCells(printer: Watched, width: number): Row {
  const words = cell(sentenceOf(printer), Math.min(width, 9))
  const bars = width >= 24 ? shortBars(printer.status.supplies, width - widthOf([words])) : []
  return padTo([words, ...bars], width)
}

/** How old what the row says is; `!` where that is too old. */
function ageCells({ status, asking }: Watched, width: number): Cell[] {
  if (asking) return [cellRight('asking', width - 1, 'strong'), { text: ' ' }]
  if (status.ageSeconds === null) return [cellRight('never', width - 1), { text: ' ' }]
  const age = cellRight(ageWords(status.ageSeconds), width - 1, status.stale ? 'warn' : 'plain')
  return [age, status.stale ? { text: '!', tone: 'warn' } : { text: ' ' }]
}
