import { type Html, html } from '../../core/html.ts'
import { cellAt, cellsOf, type Sheet } from '../../core/printers/label-sheets.ts'

/** The first sheet, small: cells that are gone, that get a label, that stay. */
export function sheetPicture(sheet: Sheet, start: number, labels: number): Html {
  const { width, height } = sheet.page
  const last = Math.min(start - 1 + labels, cellsOf(sheet))
  const cells = [...Array(cellsOf(sheet)).keys()].map((at) => {
    const cell = cellAt(sheet, at, { x: 0, y: 0 })
    const kind = at + 1 < start ? 'gone' : at < last ? 'printed' : 'free'
    return html`<rect class="${kind}" x="${cell.x + 1}" y="${cell.y + 1}" width="${cell.width - 2}" height="${cell.height - 2}" rx="2"/>
<text x="${cell.x + cell.width / 2}" y="${cell.y + cell.height / 2}" class="${kind}">${at + 1}</text>`
  })
  const says = `The first sheet: labels on cells ${start} to ${last} of ${cellsOf(sheet)}`
  return html`<svg class="sheet-picture" role="img" aria-label="${says}" viewBox="0 0 ${width} ${height}">
<rect class="paper" width="${width}" height="${height}"/>
${cells}</svg>
`
}
