import type { LabelJob } from '../core/printers/label-sheets.ts'
import type { Route } from './answer.ts'
import type { BoardParts } from './views.ts'

// Labels with QR codes: a page to print, a PDF, ZPL.

export interface LabelParts extends BoardParts {
  readonly publicUrl: string | null
  /** PLATEN_LABELS. */
  readonly labelUrls: 'checked' | 'any'
  readonly labelPdf: (job: LabelJob) => Promise<Uint8Array>
}

export function labelRoutes(_parts: LabelParts): Route[] {
  return []
}
