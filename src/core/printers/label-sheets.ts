// What label sheets there are: where each is cut, in millimetres from the upper left corner of the page.

/** A label as it is printed: what the code says, and what stands beside it. */
export interface Label {
  /** `HTTPS://PRINT.SCHOOL.EDU/P/…`: upper case makes the smaller code. */
  readonly url: string
  /** Of the printer. */
  readonly label: string
  readonly place: string
}

export const sheetNames = ['avery-5160', 'avery-5163', 'avery-l7160', 'avery-l4778'] as const
export type SheetName = (typeof sheetNames)[number]

export const isSheetName = (name: string): name is SheetName =>
  (sheetNames as readonly string[]).includes(name)

/** What is to be printed on which sheet. */
export interface LabelJob {
  readonly sheet: SheetName
  readonly labels: readonly Label[]
  /** The first cell that is still on the sheet; 1 is the first of all. */
  readonly startCell: number
  /** By how much this printer prints beside the place: to the right, and down. */
  readonly offsetMm: { readonly x: number; readonly y: number }
  /** Frames of all cells and rulers, in place of labels. */
  readonly isCalibration: boolean
}

/** A rectangle on paper, in mm. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Sheet {
  /** As on the box in the shop. */
  readonly words: string
  readonly paper: 'letter' | 'a4'
  readonly page: { readonly width: number; readonly height: number }
  readonly columns: number
  readonly rows: number
  readonly cell: { readonly width: number; readonly height: number }
  /** Upper left corner of the first cell. */
  readonly left: number
  readonly top: number
  /** From a cell to the next one, right and down. */
  readonly pitchX: number
  readonly pitchY: number
}

const inch = 25.4
const letter = { paper: 'letter', page: { width: 215.9, height: 279.4 } } as const
const a4 = { paper: 'a4', page: { width: 210, height: 297 } } as const

/**
 * 5160, 5163 and L7160 as others have measured Avery's templates for them. Of L4778 size and count are
 * known; public tables differ on its margins, so it is taken as centred: the calibration page shows.
 */
export const sheets: Readonly<Record<SheetName, Sheet>> = {
  'avery-5160': {
    ...{ words: 'Avery 5160: 30 labels, 1 x 2 5/8 in, US Letter', ...letter },
    ...{ columns: 3, rows: 10, cell: { width: 2.625 * inch, height: inch } },
    ...{ left: 0.1875 * inch, top: 0.5 * inch, pitchX: 2.75 * inch, pitchY: inch },
  },
  'avery-5163': {
    ...{ words: 'Avery 5163: 10 labels, 2 x 4 in, US Letter', ...letter },
    ...{ columns: 2, rows: 5, cell: { width: 4 * inch, height: 2 * inch } },
    ...{ left: 0.15625 * inch, top: 0.5 * inch, pitchX: 4.1875 * inch, pitchY: 2 * inch },
  },
  'avery-l7160': {
    ...{ words: 'Avery L7160: 21 labels, 63.5 x 38.1 mm, A4', ...a4 },
    ...{ columns: 3, rows: 7, cell: { width: 63.5, height: 38.1 } },
    ...{ left: 7.21, top: 15.15, pitchX: 66.04, pitchY: 38.1 },
  },
  'avery-l4778': {
    ...{ words: 'Avery L4778: 48 labels, 45.7 x 21.2 mm, A4', ...a4 },
    ...{ columns: 4, rows: 12, cell: { width: 45.7, height: 21.2 } },
    ...{ left: 9.7, top: 21.3, pitchX: 48.3, pitchY: 21.2 },
  },
}

/** More than that no printer is off; what needs more is another sheet. */
export const mostOffsetMm = 10

/** A campus. Each further one costs memory twice, as a page and as a PDF. */
export const mostLabels = 2000

export const cellsOf = ({ columns, rows }: Sheet): number => columns * rows

/** How many sheets of paper it takes. */
export function sheetsOf({ sheet, labels, startCell, isCalibration }: LabelJob): number {
  if (isCalibration) return 1
  return Math.ceil((startCell - 1 + labels.length) / cellsOf(sheets[sheet]))
}

/** The cell with that number, 0 the first: along the row, then down. */
export function cellAt(sheet: Sheet, number: number, offset: LabelJob['offsetMm']): Box {
  const [column, row] = [number % sheet.columns, Math.floor(number / sheet.columns)]
  return {
    x: sheet.left + column * sheet.pitchX + offset.x,
    y: sheet.top + row * sheet.pitchY + offset.y,
    ...sheet.cell,
  }
}
