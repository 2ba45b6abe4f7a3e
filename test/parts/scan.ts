import jsqr from 'jsqr'
import type { Box } from '../../src/core/printers/label-sheets.ts'

// A phone held over a sheet of labels: the only file that touches jsqr.

/** What came out of a printer, as dots. */
export interface Paper {
  readonly dotsPerMm: number
  /** In dots. */
  readonly width: number
  readonly height: number
  isDark(x: number, y: number): boolean
}

/** The squares of one drawing of the print page, as Chromium would fill them. */
export function paperOfSvg(svg: string, dotsPerMm = 8): Paper {
  const [, wide = '0', high = '0'] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? []
  const [width, height] = [Math.ceil(Number(wide) * dotsPerMm), Math.ceil(Number(high) * dotsPerMm)]
  const dots = new Uint8Array(width * height)
  const shapes = svg.matchAll(
    /<path [^>]*transform="translate\(([-\d.]+) ([-\d.]+)\) scale\(([\d.]+)\)"[^>]* d="([^"]*)"/g,
  )
  for (const [, left, top, scale, d = ''] of shapes) {
    const dot = (from: string | undefined, modules: number) =>
      Math.round((Number(from) + modules * Number(scale)) * dotsPerMm)
    for (const [, x, y, length] of d.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
      const [from, to] = [dot(left, Number(x)), dot(left, Number(x) + Number(length))]
      for (let row = dot(top, Number(y)); row < dot(top, Number(y) + 1); row++)
        dots.fill(1, row * width + from, row * width + to)
    }
  }
  return { dotsPerMm, width, height, isDark: (x, y) => dots[y * width + x] === 1 }
}

/** Portable graymap, as pdftoppm -gray writes it. */
export function paperOfPgm(bytes: Uint8Array, dpi: number): Paper {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(
    Buffer.from(bytes.subarray(0, 40)).toString('latin1'),
  )
  if (!head) throw new Error('this is no graymap')
  const [whole, width, height] = [head[0].length, Number(head[1]), Number(head[2])]
  const isDark = (x: number, y: number) => (bytes[whole + y * width + x] ?? 255) < 128
  return { dotsPerMm: dpi / 25.4, width, height, isDark }
}

export interface Scanned {
  /** null: nothing was found there. */
  readonly says: string | null
  /** In mm: where the darkness begins, at the left and above. */
  readonly x: number
  readonly y: number
}

/** Holds the phone over this part of the paper and no other. */
export function scanAt(paper: Paper, box: Box): Scanned {
  const dot = (mm: number) => Math.round(mm * paper.dotsPerMm)
  const [left, top, width, height] = [dot(box.x), dot(box.y), dot(box.width), dot(box.height)]
  const seen = new Uint8ClampedArray(width * height * 4).fill(255)
  let [x, y] = [Infinity, Infinity]
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      if (paper.isDark(left + column, top + row)) {
        seen.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3)
        x = Math.min(x, column)
        y = Math.min(y, row)
      }
  const found = jsqr.default(seen, width, height, { inversionAttempts: 'dontInvert' })
  const mm = (dots: number) => dots / paper.dotsPerMm
  return { says: found?.data ?? null, x: mm(left + x), y: mm(top + y) }
}
