import type { Row } from './rows.ts'

// A screen that shows one picture for months keeps it: this one never stands still for long.

/** Cells that the picture leaves free at every size, to wander through. */
export function marginOf(columns: number, rows: number): { columns: number; rows: number } {
  return {
    columns: Math.min(12, Math.max(columns > 1 ? 1 : 0, Math.floor(columns / 20))),
    rows: Math.min(5, Math.max(rows > 1 ? 1 : 0, Math.floor(rows / 10))),
  }
}

/**
 * The picture where it stands this minute, a cell from where it stood before. Down and up come first: the
 * strokes across are those that lie over themselves when a letter is moved aside.
 */
export function wandered(
  picture: readonly Row[],
  shift: number,
  margin: { readonly columns: number; readonly rows: number },
): Row[] {
  const run = Math.floor(shift / (margin.rows + 1))
  const step = shift % (margin.rows + 1)
  const top = run % 2 === 0 ? step : margin.rows - step
  const across = run % Math.max(1, margin.columns * 2)
  const left = across > margin.columns ? margin.columns * 2 - across : across
  const blank = ' '.repeat(left)
  return [
    ...Array.from({ length: top }, (): Row => []),
    ...picture.map((row): Row => [{ text: blank }, ...row]),
    ...Array.from({ length: margin.rows - top }, (): Row => []),
  ]
}

/** Half the light, in one tone: what is bold by day and grey by day is still told apart by its words. */
export const dimmed = (picture: readonly Row[]): Row[] =>
  picture.map((row) =>
    row.map(({ text }) => ({
      text: text.replaceAll('▒', '░').replaceAll('█', '▒'),
      tone: 'dim',
    })),
  )
