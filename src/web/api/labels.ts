import { z } from 'zod'
import { labelOf, labelsOf } from '../../core/printers/labels.ts'
import { pdfAnswer, zplAnswer, zplOf } from '../label-files.ts'
import { chosenPrinters, chosenQuery, jobOf, rollQuery, sheetQuery } from '../label-wish.ts'
import type { LabelParts } from '../labels.ts'
import { type Described, operation, pageFacts, pageOf, pageQuery, Written } from './operation.ts'

const label = z.object({
  printer: z.string().describe('Id of the printer'),
  label: z.string(),
  place: z.string().describe('Building and room; empty where nobody wrote them down'),
  url: z.string().describe('What the QR code says'),
})

export function labelOperations(parts: LabelParts): Described[] {
  const { store } = parts
  const look = { method: 'GET', needs: 'printers look' } as const
  return [
    operation({
      ...look,
      path: '/api/v1/labels',
      name: 'listLabels',
      says: 'The labels of printers in use: what each QR code says, and what stands beside it.',
      query: { ...chosenQuery, ...pageQuery },
      answers: z.object({ ...pageFacts, labels: z.array(label) }),
      refuses: ['missing', 'conflict'],
      run({ person }, { query }) {
        const printers = chosenPrinters(store.state, person, query)
        const { facts, shown } = pageOf(printers, query)
        return {
          ...facts,
          labels: shown.map((each) => ({ printer: each.id, ...labelOf(each, parts) })),
        }
      },
    }),
    operation({
      ...look,
      path: '/api/v1/labels/pdf',
      name: 'printLabels',
      says: 'Sheets of labels as a PDF, to be printed at 100 %.',
      query: sheetQuery,
      answers: { type: 'application/pdf' },
      refuses: ['missing', 'conflict', 'invalid', 'too-many'],
      async run({ person }, { query }) {
        const printers = query.calibration ? [] : chosenPrinters(store.state, person, query)
        const pdf = await parts.labelPdf(jobOf(query, printers, parts))
        return new Written(pdfAnswer(pdf, 'labels.pdf'))
      },
    }),
    operation({
      ...look,
      path: '/api/v1/labels/zpl',
      name: 'printLabelsOnRoll',
      says: 'Labels in ZPL II, for label printers.',
      query: { ...chosenQuery, ...rollQuery },
      answers: { type: 'text/plain' },
      refuses: ['missing', 'conflict', 'invalid'],
      async run({ person }, { query }) {
        const labels = labelsOf(chosenPrinters(store.state, person, query), parts)
        return new Written(zplAnswer(await zplOf(labels, query)))
      },
    }),
  ]
}
