import PDFDocument from 'pdfkit'
import { describe, expect, it } from 'vitest'
import { toLetters, widthAt } from '../../src/core/printers/label-letters.ts'
import type { LabelJob } from '../../src/core/printers/label-sheets.ts'
import { labelPdf } from '../../src/paper/labels.ts'
import { someLabels } from '../parts/labels.ts'

const job: LabelJob = {
  ...{ sheet: 'avery-l4778', startCell: 1, offsetMm: { x: 0, y: 0 }, isCalibration: false },
  labels: someLabels(60),
}
const latin1 = async (of: LabelJob) => Buffer.from(await labelPdf(of)).toString('latin1')

describe('the PDF', () => {
  it('has a page a sheet, of its size', async () => {
    const pdf = await latin1(job)
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(2)
    const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? []
    expect(Number(width)).toBeCloseTo(595.276, 2)
    expect(Number(height)).toBeCloseTo(841.89, 2)
    const letter = await latin1({ ...job, sheet: 'avery-5160', isCalibration: true })
    expect(letter).toContain('/MediaBox [0 0 612 792]')
    expect(letter.match(/\/Type \/Page\b/g)).toHaveLength(1)
  })

  it('is tagged, with title, language and a word for each code', async () => {
    const pdf = await latin1(job)
    expect(pdf).toContain('/Marked true')
    expect(pdf).toContain('/Lang (en)')
    expect(pdf).toContain('/DisplayDocTitle true')
    expect(pdf.match(/\/Alt \(QR code: HTTPS:/g)).toHaveLength(60)
  })

  it('gives others their turn while it draws', async () => {
    let turns = 0
    let isDone = false
    const count = () => {
      turns++
      if (!isDone) setImmediate(count)
    }
    setImmediate(count)
    await labelPdf(job)
    isDone = true
    expect(turns).toBeGreaterThanOrEqual(60 / 4)
  })
})

describe('words', () => {
  it('are reckoned as wide as the font draws them', () => {
    const doc = new PDFDocument()
    const letters = toLetters(
      [...Array(0x250).keys()].map((code) => String.fromCodePoint(code)).join('') + '–—‘’“”•…€',
    )
    for (const [weight, font] of [
      ['plain', 'Helvetica'],
      ['bold', 'Helvetica-Bold'],
    ] as const)
      for (const letter of new Set(letters)) {
        const drawn = doc.font(font, 1000).widthOfString(letter)
        expect(Math.abs(widthAt(letter, weight, 1000) - drawn), `${font} ${letter}`).toBeLessThan(1)
      }
  })
})
