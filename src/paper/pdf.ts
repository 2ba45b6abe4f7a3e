import PDFDocument from 'pdfkit'

// The only file that touches the library. All measures are in mm from the upper left corner.

export interface Pdf {
  /** Everything after it stands on this page. */
  page(): void
  /** Black squares and bars; `says` is what a screen reader tells of them together. */
  bars(bars: readonly Bar[], says: string): void
  strokes(strokes: readonly { readonly from: Point; readonly to: Point }[]): void
  /** Lines that are read as one paragraph. */
  lines(lines: readonly Words[]): void
  end(): Promise<Uint8Array>
}

type Point = readonly [x: number, y: number]

export interface Bar {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Words {
  readonly words: string
  readonly weight: 'bold' | 'plain'
  readonly x: number
  /** Of the line that letters stand on. */
  readonly y: number
  readonly size: number
}

const pointsPerMm = 72 / 25.4
/** In every reader; nothing is embedded, and a sheet of labels stays small. */
const fonts = { bold: 'Helvetica-Bold', plain: 'Helvetica' } as const

const baseline = 'alphabetic'

/** Tagged, with title and language, as PDF/UA asks. */
export function createPdf(about: {
  readonly title: string
  readonly pageMm: { readonly width: number; readonly height: number }
}): Pdf {
  const size = [about.pageMm.width * pointsPerMm, about.pageMm.height * pointsPerMm]
  const doc = new PDFDocument({
    ...{ size, margin: 0, autoFirstPage: false, pdfVersion: '1.7' },
    ...{ tagged: true, lang: 'en', displayTitle: true, info: { Title: about.title } },
  })
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<void>((resolve, reject) => doc.on('end', resolve).on('error', reject))
  const whole = doc.struct('Document')
  doc.addStructure(whole)

  return {
    page: () => void doc.addPage().scale(pointsPerMm),
    bars(bars, says) {
      const figure = doc.struct('Figure', { alt: says }, () => {
        for (const { x, y, width, height } of bars) doc.rect(x, y, width, height)
        doc.fill('black')
      })
      whole.add(figure)
      figure.end()
    },
    strokes(strokes) {
      doc.markContent('Artifact', { type: 'Layout' })
      for (const { from, to } of strokes) doc.moveTo(...from).lineTo(...to)
      doc.lineWidth(0.1).stroke('black').endMarkedContent()
    },
    lines(lines) {
      const paragraph = doc.struct('P', {}, () => {
        for (const { words, weight, x, y, size } of lines)
          doc.font(fonts[weight], size).text(words, x, y, { lineBreak: false, baseline })
      })
      whole.add(paragraph)
      paragraph.end()
    },
    async end() {
      whole.end()
      doc.end()
      await ended
      return Buffer.concat(chunks)
    },
  }
}
