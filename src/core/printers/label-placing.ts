import { type QrModules, qrModules, quietModules } from '../qr.ts'
import { type Box, cellAt, cellsOf, type Label, type LabelJob, sheets } from './label-sheets.ts'
import { type PlacedText, placeTexts } from './label-text.ts'

// Where everything of a label stands, in mm. The print page, the PDF and ZPL draw the same.

export interface PlacedCode {
  readonly modules: QrModules
  /** Side of one module. */
  readonly module: number
  /** Upper left corner of the first module; the quiet zone is around that. */
  readonly x: number
  readonly y: number
}

export interface PlacedLabel {
  readonly label: Label
  readonly cell: Box
  readonly code: PlacedCode
  readonly texts: readonly PlacedText[]
}

/** No ink so near to where a label is cut: a sheet is fed in a millimetre askew. */
const insetMm = 1.5

/** Labels of one sheet of paper at most: a caller that draws some at a time holds nobody up. */
export function placeLabel(job: LabelJob, at: number): PlacedLabel & { readonly sheet: number } {
  const sheet = sheets[job.sheet]
  const [label, number] = [job.labels[at], job.startCell - 1 + at]
  if (!label) throw new Error(`there is no label ${at} of ${job.labels.length}`)
  const cell = cellAt(sheet, number % cellsOf(sheet), job.offsetMm)
  return { sheet: Math.floor(number / cellsOf(sheet)), ...placeIn(cell, label) }
}

/** The code at the left, in half of the cell at most; words at its right. */
export function placeIn(cell: Box, label: Label): PlacedLabel {
  const modules = qrModules(label.url)
  const side = Math.min(cell.height - 2 * insetMm, cell.width / 2 - insetMm)
  const module = side / (modules.length + 2 * quietModules)
  const quiet = quietModules * module
  const code = {
    ...{ modules, module },
    x: cell.x + insetMm + quiet,
    y: cell.y + (cell.height - side) / 2 + quiet,
  }
  const words = {
    ...{ x: cell.x + insetMm + side, y: cell.y + insetMm },
    ...{ width: cell.width - side - 2 * insetMm, height: cell.height - 2 * insetMm },
  }
  return { label, cell, code, texts: placeTexts(label, words) }
}

/** What is drawn of the code with its quiet zone, and nothing else may stand in it. */
export function areaOf({ modules, module, x, y }: PlacedCode): Box {
  const side = (modules.length + 2 * quietModules) * module
  return { x: x - quietModules * module, y: y - quietModules * module, width: side, height: side }
}
