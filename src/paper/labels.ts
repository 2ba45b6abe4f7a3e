import type { LabelJob } from '../core/printers/label-sheets.ts'

/** The sheets as a PDF, to be printed at 100 %. */
export async function labelPdf(_job: LabelJob): Promise<Uint8Array> {
  return new Uint8Array()
}
