import { correction, generate, mode } from 'lean-qr'

// The only file that touches the library. What is drawn of it, and on what, is decided elsewhere.

/** Rows of dark and light, from the top left; the quiet zone around it is not part of it. */
export type QrModules = readonly (readonly boolean[])[]

/** ISO/IEC 18004, 9.1: so many light modules on each side, or a reader may not find it. */
export const quietModules = 4

/**
 * `HTTPS://PRINT.SCHOOL.EDU/P/7Z3K…` is 29 x 29 at level M, which a scratch of 15 % does no harm: for paper.
 * At level L, 7 %, it is 25 x 25: for a screen, which has few rows and no scratches.
 */
export function qrModules(text: string, level: 'L' | 'M' = 'M'): QrModules {
  const code = generate(text, { minCorrectionLevel: correction[level], modes })
  const along = [...Array(code.size).keys()]
  return along.map((y) => along.map((x) => code.get(x, y)))
}

/** Digits, upper case and `$%*+-./: ` take 5.5 bits a character; everything else 8 or more. */
const modes = [mode.numeric, mode.alphaNumeric, mode.ascii, mode.utf8]

/** ISO/IEC 18004, 7.1: version 1 has 21 modules a side, each further one four more. */
export const qrVersion = (modules: QrModules): number => (modules.length - 17) / 4

/** Dark modules of a row that touch, as one: a third of the marks to be drawn. */
export interface QrRun {
  readonly x: number
  readonly y: number
  readonly length: number
}

export function darkRuns(modules: QrModules): QrRun[] {
  return modules.flatMap((row, y) => {
    const runs: QrRun[] = []
    for (let x = 0; x < row.length; x++) {
      const from = x
      while (row[x]) x++
      if (x > from) runs.push({ x: from, y, length: x - from })
    }
    return runs
  })
}
