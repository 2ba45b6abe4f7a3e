import { type Html, html, raw } from '../../core/html.ts'
import type { Calibration } from '../../core/printers/label-calibration.ts'
import type { PlacedLabel } from '../../core/printers/label-placing.ts'
import type { Sheet } from '../../core/printers/label-sheets.ts'
import type { PlacedText } from '../../core/printers/label-text.ts'
import { darkRuns } from '../../core/qr.ts'

// Sheets as drawings of their real size: one unit of the drawing is a millimetre on paper.

export function labelSheet(sheet: Sheet, labels: readonly Html[], says: string): Html {
  const { width, height } = sheet.page
  return html`<svg class="sheet" role="group" aria-label="${says}" width="${width}mm" height="${height}mm" viewBox="0 0 ${width} ${height}" font-family="Helvetica, Arial, 'Liberation Sans', sans-serif">
${labels}</svg>
`
}

/** Squares of one path, with no blur at their edges: a row of them is one stroke to the eye. */
export function labelShape({ label, code, texts }: PlacedLabel): Html {
  const squares = darkRuns(code.modules).map(
    ({ x, y, length }) => `M${x} ${y}h${length}v1h-${length}z`,
  )
  const at = `translate(${mm(code.x)} ${mm(code.y)}) scale(${mm(code.module)})`
  return html`<g><path role="img" aria-label="QR code: ${label.url}" transform="${at}" shape-rendering="crispEdges" d="${raw(squares.join(''))}"/>${texts.map(textShape)}</g>
`
}

export function calibrationSheet(sheet: Sheet, { strokes, texts }: Calibration): Html {
  const lines = strokes.map(
    ({ from, to }) => `M${mm(from[0])} ${mm(from[1])}L${mm(to[0])} ${mm(to[1])}`,
  )
  return labelSheet(
    sheet,
    [
      html`<path aria-hidden="true" fill="none" stroke="#000" stroke-width="0.1" d="${raw(lines.join(''))}"/>${texts.map(textShape)}`,
    ],
    `Calibration page for ${sheet.words}`,
  )
}

/** As wide as it was measured, whichever font the machine has in place of Helvetica. */
function textShape({ words, weight, x, y, size, width }: PlacedText): Html {
  const bold = weight === 'bold' && html` font-weight="bold"`
  return html`<text x="${mm(x)}" y="${mm(y)}" font-size="${mm(size)}"${bold} textLength="${mm(width)}" lengthAdjust="spacingAndGlyphs">${words}</text>`
}

/** A tenth of a micrometre is more than any printer has. */
const mm = (length: number) => Number(length.toFixed(4))
