import { setImmediate as turn } from 'node:timers/promises'
import type { Html } from '../core/html.ts'
import { calibration } from '../core/printers/label-calibration.ts'
import { placeLabel } from '../core/printers/label-placing.ts'
import { type Label, type LabelJob, sheets, sheetsOf } from '../core/printers/label-sheets.ts'
import { labelZpl } from '../core/printers/label-zpl.ts'
import { refuseCount } from '../core/printers/labels.ts'
import { Refusal } from '../core/refusal.ts'
import { type Answer, fileAnswer } from './answer.ts'
import type { RollWish } from './label-wish.ts'
import { calibrationSheet, labelShape, labelSheet } from './pages/label-sheet.ts'
import { createTurns } from './turns.ts'

// Labels as they leave: drawn some at a time, since a campus of them takes a Pi seconds.

const labelsAtOnce = 4

async function inTurns<T>(count: number, one: (at: number) => T): Promise<T[]> {
  const all: T[] = []
  for (let at = 0; at < count; at++) {
    all.push(one(at))
    if (at % labelsAtOnce === labelsAtOnce - 1) await turn()
  }
  return all
}

/** One drawing a sheet of paper. */
export async function drawnSheets(job: LabelJob): Promise<Html[]> {
  const sheet = sheets[job.sheet]
  if (job.isCalibration) return [calibrationSheet(sheet, calibration(job))]
  const bySheet = Array.from({ length: sheetsOf(job) }, (): Html[] => [])
  await inTurns(job.labels.length, (at) => {
    const placed = placeLabel(job, at)
    bySheet[placed.sheet]?.push(labelShape(placed))
  })
  return bySheet.map((labels, at) =>
    labelSheet(sheet, labels, `Sheet ${at + 1} of ${bySheet.length}`),
  )
}

export async function zplOf(labels: readonly Label[], roll: RollWish): Promise<string> {
  refuseCount(labels)
  const { width, height } = roll
  const dotsPerMm = roll.dpmm === '8' ? 8 : 12
  const written = await inTurns(labels.length, (at) => {
    const label = labels[at]
    return label ? labelZpl(label, { width, height, dotsPerMm }) : ''
  })
  return written.join('')
}

type LabelPdf = (job: LabelJob) => Promise<Uint8Array>

/**
 * One after the other: a campus of labels takes 40 MB while it is drawn, and ten at once more than platen may
 * have. Refuses `too-many` who would wait for longer than a browser does.
 */
export function inTurn(labelPdf: LabelPdf): LabelPdf {
  const takeTurn = createTurns({ atOnce: 1, waiting: 8, full: manyPrint })
  return (job) => takeTurn(() => labelPdf(job))
}

const manyPrint = () =>
  new Refusal('too-many', 'Many print labels at this moment; try again in a minute.', {
    retryAfterSeconds: 60,
  })

export function pdfAnswer(pdf: Uint8Array, name: string): Answer {
  const file = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength)
  return fileAnswer(file, { type: 'application/pdf', name, how: 'inline' })
}

export function zplAnswer(zpl: string): Answer {
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Disposition': 'attachment; filename="labels.zpl"',
      'Cache-Control': 'no-store',
    },
    body: zpl,
  }
}
