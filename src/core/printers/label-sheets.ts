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
