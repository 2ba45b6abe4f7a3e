import { widthAt } from './label-letters.ts'
import { cellAt, cellsOf, type LabelJob, type Sheet, sheets } from './label-sheets.ts'
import type { PlacedText } from './label-text.ts'

// A page to hold against a sheet of labels and the light, before one is spoilt.

/** In mm. */
export interface Stroke {
  readonly from: readonly [x: number, y: number]
  readonly to: readonly [x: number, y: number]
}

export interface Calibration {
  readonly strokes: readonly Stroke[]
  readonly texts: readonly PlacedText[]
}

/** Frames of all cells with their numbers and middles, moved by the offset; rulers, which are not. */
export function calibration({ sheet: name, offsetMm }: LabelJob): Calibration {
  const sheet = sheets[name]
  const cells = [...Array(cellsOf(sheet)).keys()].map((number) => cellAt(sheet, number, offsetMm))
  const rulers = [...ruler(sheet.page.width, across), ...ruler(sheet.page.height, down)]
  return {
    strokes: [
      ...cells.flatMap((cell) => [...frame(cell), ...cross(cell)]),
      ...rulers.map(({ stroke }) => stroke),
      measure(sheet),
    ],
    texts: [
      ...cells.map(({ x, y, width }, at) => text(`${at + 1}`, x + width - 5, y + 4)),
      ...rulers.flatMap(({ words }) => words),
      text(`${sheet.words}. Print at 100 %, "actual size".`, ...onMeasure(sheet, -1)),
      text('This line is 100 mm long; if it is not, the printer scales.', ...onMeasure(sheet, 3)),
    ],
  }
}

const sizeMm = 2.6
const rulerMm = 5

function text(words: string, x: number, y: number): PlacedText {
  const width = widthAt(words, 'plain', sizeMm)
  return { words, weight: 'plain', size: sizeMm, x, y, width }
}

function frame({ x, y, width, height }: ReturnType<typeof cellAt>): Stroke[] {
  const [right, bottom] = [x + width, y + height]
  return [
    { from: [x, y], to: [right, y] },
    { from: [right, y], to: [right, bottom] },
    { from: [right, bottom], to: [x, bottom] },
    { from: [x, bottom], to: [x, y] },
  ]
}

function cross({ x, y, width, height }: ReturnType<typeof cellAt>): Stroke[] {
  const [middleX, middleY] = [x + width / 2, y + height / 2]
  return [
    { from: [middleX - 2, middleY], to: [middleX + 2, middleY] },
    { from: [middleX, middleY - 2], to: [middleX, middleY + 2] },
  ]
}

type Along = (at: number, length: number) => readonly [from: Stroke['from'], to: Stroke['to']]
/** Behind the margin that most printers leave white. */
const across: Along = (at, length) => [
  [at, rulerMm],
  [at, rulerMm + length],
]
const down: Along = (at, length) => [
  [rulerMm, at],
  [rulerMm + length, at],
]

/** From the edge of the paper: a mark a millimetre, a number each ten. */
function ruler(lengthMm: number, along: Along): { stroke: Stroke; words: PlacedText[] }[] {
  const marks = [...Array(Math.floor(lengthMm) - 2 * rulerMm).keys()].map((at) => at + rulerMm + 1)
  return marks.map((at) => {
    const isTen = at % 10 === 0
    const [from, to] = along(at, isTen ? 3 : at % 5 === 0 ? 2 : 1)
    const isNumbered = isTen && at > 2 * rulerMm
    return {
      stroke: { from, to },
      words: isNumbered ? [text(`${at}`, to[0] + 0.3, to[1] + 2)] : [],
    }
  })
}

/** Below the middle crosshairs of the page, through whatever frames there are. */
const onMeasure = ({ page }: Sheet, below: number): [x: number, y: number] => [
  page.width / 2 - 50,
  page.height / 2 + 6 + below,
]

function measure(sheet: Sheet): Stroke {
  const [x, y] = onMeasure(sheet, 0)
  return { from: [x, y], to: [x + 100, y] }
}
