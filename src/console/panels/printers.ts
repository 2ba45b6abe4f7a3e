import type { Watched } from '../../core/status/status.ts'
import { ageWords } from '../ages.ts'
import { shortBars } from '../bars.ts'
import type { Frame } from '../frame.ts'
import { toGlyphs } from '../glyphs.ts'
import { listHeight, listPanel } from '../list.ts'
import { headingOf, placeOf, sentenceOf, toneOfVerdict, wordOf } from '../need.ts'
import { type Cell, cell, cellRight, padTo, type Row, widthOf } from '../rows.ts'
import type { View } from '../view.ts'

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
  { marks, groupBy }: Listing = plainly,
): Row[] {
  const columns = columnsFor(frame.width - 2, printers, marks)
  const rowOf = (each: Watched): Row => printerRow(each, { columns, chosen, marks })
  const isChosen = (each: Watched): boolean => each.status.printer.id === chosen.id
  const heading = groupBy === 'need' ? headingOf : buildingOf
  return listPanel({ all: printers, headingOf: heading, isChosen, rowOf }, frame)
}

/** Rows that all of them fill. */
export const fleetHeight = (printers: readonly Watched[]): number =>
  listHeight({ all: printers, headingOf })

/** By printer id: its tickets, and whether platen asks about it. */
type Marks = ReadonlyMap<string, string>

interface Listing {
  readonly marks: Marks
  readonly groupBy: View['groupBy']
}

const plainly: Listing = { marks: new Map(), groupBy: 'need' }

const buildingOf = ({ status }: Watched): string => status.printer.building ?? 'No building'

interface Columns {
  readonly label: number
  /** Where any of them has one. */
  readonly mark: number
  readonly place: number
  readonly model: number
  readonly sentence: number
  readonly age: number
}

/** Width decides which columns there are: first the model goes, then the place, then the age. */
function columnsFor(width: number, printers: readonly Watched[], marks: Marks): Columns {
  const longest = (textOf: (each: Watched) => string, most: number): number =>
    Math.min(most, Math.max(0, ...printers.map((each) => toGlyphs(textOf(each)).length)))
  const label = Math.max(
    6,
    longest((each) => each.status.printer.label, width < 60 ? 16 : 24),
  )
  const age = width >= 50 ? 8 : 0
  const longestMark = longest((each) => marks.get(each.status.printer.id) ?? '', mostOfMark)
  const mark = longestMark === 0 ? 0 : longestMark + 2
  const beforeSentence = 2 + 8 + label + 2 + mark
  const spare = width - beforeSentence - age
  const place = spare >= 40 ? longest(placeOf, Math.min(28, spare - 30)) + 2 : 0
  const model = spare - place >= 66 ? longest(modelOf, 24) + 2 : 0
  return { label, mark, place, model, age, sentence: Math.max(0, spare - place - model) }
}

const modelOf = ({ status }: Watched): string => status.printer.model ?? status.device.model ?? ''

/** 'T99+ ASK' */
const mostOfMark = 8

interface Drawing {
  readonly columns: Columns
  readonly chosen: Chosen
  readonly marks: Marks
}

function printerRow(printer: Watched, { columns, chosen, marks }: Drawing): Row {
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
  if (columns.mark > 0)
    row.push(cell(marks.get(printer.status.printer.id) ?? '', columns.mark, 'warn'))
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
