import { asCounted } from '../../core/as-counted.ts'
import { type LowSupply, lowSupplies } from '../../core/status/low-supplies.ts'
import type { Watched, WatchedSupply } from '../../core/status/status.ts'
import { bar, shortBars, toneOfSupply } from '../bars.ts'
import { type Frame, framed, roomIn } from '../frame.ts'
import { toGlyphs } from '../glyphs.ts'
import { type Chosen, listPanel, markWidth } from '../list.ts'
import { type Cell, cell, padTo, type Row } from '../rows.ts'
import { ageCells } from './printers.ts'
import { type Columns, columnsFor, howLow, type Marks, wordWidth } from './supply-columns.ts'
import { headRows, nothingRows, type Walk } from './supply-words.ts'

// What is low over the whole fleet, in the order that one walks with it.

/** One of a printer's supplies, whatever its level says by now. */
export const supplyId = ({ printer, supply, sentence }: LowSupply): string =>
  `${printer.id} ${supply?.index ?? sentence}`

/** By building, room and label, those without last; of one printer the worst first. */
export function inWalkingOrder(printers: readonly Watched[]): LowSupply[] {
  const last = '\uFFFF'
  return lowSupplies(printers).sort(
    ({ printer: a }, { printer: b }) =>
      asCounted(a.building ?? last, b.building ?? last) ||
      asCounted(a.location ?? last, b.location ?? last) ||
      asCounted(a.label, b.label),
  )
}

export function suppliesPanel(
  supplies: readonly LowSupply[],
  chosen: Chosen,
  frame: Omit<Frame, 'title' | 'corner'>,
  walk: Walk,
): Row[] {
  const width = frame.width - 2
  if (supplies.length === 0)
    return framed({ ...frame, title: [{ text: 'Supplies', tone: 'strong' }] }, [
      [],
      ...nothingRows(walk, width),
    ])
  const columns = columnsFor(width, supplies, walk.marks)
  const most = roomIn(frame) < 10 ? 1 : 3
  return listPanel(
    {
      all: supplies,
      head: { title: `Supplies ${supplies.length}`, rows: headRows(supplies, walk, width, most) },
      headingOf: ({ printer }) => printer.building ?? 'No building',
      idOf: supplyId,
      chosen,
      rowOf: (each) => supplyRow(each, columns, { marks: walk.marks, width: width - markWidth }),
    },
    frame,
  )
}

interface Drawing {
  readonly marks: Marks
  readonly width: number
}

function supplyRow(low: LowSupply, columns: Columns, { marks, width }: Drawing): Row {
  const { printer, watched, weight } = low
  const { room, label, mark, age } = columns
  const isError = weight === 'error'
  const row: Cell[] = [
    cell(isError ? low.word.toUpperCase() : 'soon', wordWidth, isError ? 'bad' : 'warn'),
    ...(room > 0 ? padded(cell(printer.location ?? '', room - 2)) : []),
    ...padded(cell(printer.label, label - 2, 'strong')),
    ...(mark > 0 ? padded(cell(marks.get(printer.id) ?? '', mark - 2, 'warn')) : []),
    ...whatCells(low, columns),
  ]
  return [...padTo(row, width - age), ...(age > 0 ? ageCells(watched, age) : [])]
}

/** Name, level, bar, what it is for, and how the others of the printer are; or the printer's own sentence. */
function whatCells(low: LowSupply, columns: Columns): Cell[] {
  const { name, level, bar: drawn, model, others } = columns
  const { supply, weight, watched } = low
  const ofModel = model > 0 ? padded(cell(low.model ?? '', model - 2)) : []
  if (!supply) {
    const room = name + level + drawn - 2
    // The sentence is all that is known of what to bring.
    return toGlyphs(low.sentence).length <= room
      ? [...padded(cell(low.sentence, room)), ...ofModel]
      : [cell(low.sentence, room + model + others)]
  }
  return [
    ...padded(cell(low.name ?? '', Math.max(0, name - 2))),
    ...padded(cell(howLow(low), level - 2, weight === 'error' ? 'bad' : 'warn')),
    ...(drawn > 0 ? padded(levelBar(supply, drawn - 2)) : []),
    ...ofModel,
    ...(others > 0 ? shortBars(watched.status.supplies, others - 2) : []),
  ]
}

const levelBar = (supply: WatchedSupply, width: number): Cell =>
  supply.percent === null ? cell('', width) : bar(supply.percent, width, toneOfSupply(supply))

const padded = (each: Cell): Cell[] => [each, { text: '  ' }]
