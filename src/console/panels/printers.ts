import type { Watched } from '../../core/status/status.ts'
import { ageWords } from '../ages.ts'
import { shortBars } from '../bars.ts'
import type { Frame } from '../frame.ts'
import { toGlyphs } from '../glyphs.ts'
import { type Chosen, listHeight, listPanel } from '../list.ts'
import { headingOf, moreOf, sentenceOf, toneOfVerdict, wordOf, worstSentence } from '../need.ts'
import { type Cell, cell, cellRight, cut, padTo, type Row, widthOf } from '../rows.ts'
import type { View } from '../view.ts'
import { type Columns, columnsFor, type Listing, modelOf, placeIn } from './fleet-columns.ts'

/** The fleet: a heading for each degree of need, or building, a row for each printer, the chosen one in sight. */
export function printersPanel(
  printers: readonly Watched[],
  chosen: Chosen,
  frame: Omit<Frame, 'title' | 'corner'>,
  listing: Listing = plainly,
): Row[] {
  const drawing = { columns: columnsFor(frame.width - 2, printers, listing), ...listing }
  const list = {
    ...{ all: printers, chosen },
    idOf: ({ status }: Watched) => status.printer.id,
    rowOf: (each: Watched) => printerRow(each, drawing),
  }
  return listPanel({ ...list, ...groupings[listing.groupBy] }, frame)
}

/** Rows that all of them fill, in the order of these headings. */
export const fleetHeight = (
  printers: readonly Watched[],
  groupBy: View['groupBy'] = 'need',
): number => listHeight({ all: printers, ...groupings[groupBy] })

const plainly: Listing = { marks: new Map(), groupBy: 'need' }

const groupings = {
  need: { headingOf },
  building: {
    headingOf: ({ status }: Watched): string => status.printer.building ?? 'No building',
    countOf: (under: readonly Watched[]): string => {
      const count = under.filter((each) => headingOf(each) === 'Needs somebody').length
      if (count === 0) return String(under.length)
      return `${under.length}, ${count} ${count === 1 ? 'needs' : 'need'} somebody`
    },
  },
}

interface Drawing extends Listing {
  readonly columns: Columns
}

function printerRow(printer: Watched, drawing: Drawing): Row {
  const { columns } = drawing
  const { label, id } = printer.status.printer
  const tone = toneOfVerdict[printer.status.verdict]
  const room = columns.place + columns.model + columns.sentence
  // A longer label takes the room of its own row: it is what the person looks for at the printer.
  const over = Math.min(toGlyphs(label).length - columns.label, room - leastBesideLabel)
  const row: Cell[] = [
    cell(wordOf(printer), 7, tone === 'bad' ? 'alarm' : tone),
    { text: ' ' },
    cell(label, columns.label + Math.max(0, over), isWell(printer) ? 'plain' : 'strong'),
    { text: '  ' },
  ]
  if (columns.mark > 0) row.push(cell(drawing.marks.get(id) ?? '', columns.mark, 'warn'))
  if (over > 0) row.push(...sentenceCells(printer, room - over))
  else row.push(...placeCells(printer, drawing), ...sentenceCells(printer, columns.sentence))
  if (columns.age > 0) row.push(...ageCells(printer, columns.age))
  return row
}

const leastBesideLabel = 20

const isWell = ({ status, reasons }: Watched): boolean =>
  status.verdict === 'ok' && reasons.length === 0

function placeCells(printer: Watched, drawing: Drawing): Cell[] {
  const { place, model } = drawing.columns
  return [
    ...(place > 0 ? [cell(placeIn(printer, drawing), place - 2), { text: '  ' }] : []),
    ...(model > 0 ? [cell(modelOf(printer), model - 2), { text: '  ' }] : []),
  ]
}

/** The worst of it, cut between words, but never how much more there is; of who is well its supplies. */
function sentenceCells(printer: Watched, width: number): Row {
  if (isWell(printer)) return wellCells(printer, width)
  const more = moreOf(printer)
  const text = cut(toGlyphs(worstSentence(printer)), width - more.length) + more
  return padTo([{ text }], width)
}

function wellCells(printer: Watched, width: number): Row {
  const words = cell(sentenceOf(printer), Math.min(width, 9))
  return padTo([words, ...shortBars(printer.status.supplies, width - widthOf([words]))], width)
}

/** How old what the row says is; `!` where that is too old. */
export function ageCells({ status, asking }: Watched, width: number): Cell[] {
  if (asking) return [cellRight('asking', width - 1, 'strong'), { text: ' ' }]
  if (status.ageSeconds === null) return [cellRight('never', width - 1), { text: ' ' }]
  const age = cellRight(ageWords(status.ageSeconds), width - 1, status.stale ? 'warn' : 'plain')
  return [age, status.stale ? { text: '!', tone: 'warn' } : { text: ' ' }]
}
