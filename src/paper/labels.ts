import { setImmediate as turn } from 'node:timers/promises'
import { calibration } from '../core/printers/label-calibration.ts'
import { type PlacedLabel, placeLabel } from '../core/printers/label-placing.ts'
import { type LabelJob, sheets } from '../core/printers/label-sheets.ts'
import { darkRuns } from '../core/qr.ts'
import { createPdf, type Pdf } from './pdf.ts'

/** So many are drawn before the printers and pages that wait have their turn. */
const labelsAtOnce = 4

/** The sheets as a PDF, to be printed at 100 %. */
export async function labelPdf(job: LabelJob): Promise<Uint8Array> {
  const { words, page } = sheets[job.sheet]
  const title = job.isCalibration ? `Calibration page for ${words}` : `Labels on ${words}`
  const pdf = createPdf({ title, pageMm: page })
  if (job.isCalibration) drawCalibration(pdf, job)
  else await drawLabels(pdf, job)
  return pdf.end()
}

async function drawLabels(pdf: Pdf, job: LabelJob): Promise<void> {
  let sheet = -1
  for (const at of job.labels.keys()) {
    const placed = placeLabel(job, at)
    if (placed.sheet !== sheet) pdf.page()
    sheet = placed.sheet
    drawLabel(pdf, placed)
    if (at % labelsAtOnce === labelsAtOnce - 1) await turn()
  }
}

function drawLabel(pdf: Pdf, { code, texts, label }: PlacedLabel): void {
  const { x, y, module } = code
  const bars = darkRuns(code.modules).map((run) => ({
    ...{ x: x + run.x * module, y: y + run.y * module },
    ...{ width: run.length * module, height: module },
  }))
  pdf.bars(bars, `QR code: ${label.url}`)
  pdf.lines(texts)
}

function drawCalibration(pdf: Pdf, job: LabelJob): void {
  const { strokes, texts } = calibration(job)
  pdf.page()
  pdf.strokes(strokes)
  pdf.lines(texts)
}
