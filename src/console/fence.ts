import { clockWords } from './ages.ts'
import type { Facts } from './facts.ts'
import type { Box, PanelName } from './layout.ts'
import { cell, padTo, type Row } from './rows.ts'
import type { Look } from './scene.ts'

// What breaks in a panel stays in it: the others live on.

/** A panel as it goes to the screen: exactly `box.height` rows of `box.width` cells. */
export interface Drawn {
  readonly name: PanelName | 'over' | 'wall'
  readonly box: Box
  readonly rows: readonly Row[]
}

export function fenced(
  look: Look,
  name: Drawn['name'],
  box: Box = nowhere,
  draw: (box: Box) => readonly Row[],
): Drawn {
  const sized = (rows: readonly Row[]): Row[] =>
    Array.from({ length: box.height }, (_, at) => padTo(rows[at] ?? [], box.width))
  try {
    return { name, box, rows: sized(draw(box)) }
  } catch (error) {
    look.broke(error, name)
    const words = cell('This panel broke; the log says why.', Math.max(0, box.width - 2), 'bad')
    return { name, box, rows: sized([[], [{ text: ' ' }, words]].slice(box.height > 1 ? 0 : 1)) }
  }
}

export const nowhere: Box = { left: 0, top: 0, width: 0, height: 0 }

/** In the place of the status line, or of what covers it: its clock would go wrong. */
export function dated(panel: Drawn, { now, timeZone }: Facts): Drawn {
  const { box, rows } = panel
  if (box.left > 0 || box.top > 0) return panel
  const words = `Not drawn since ${clockWords(now, timeZone)}: this is old, the log says why.`
  const line: Row = [{ text: ' ', tone: 'alarm' }, cell(words, box.width - 1, 'alarm')]
  return { ...panel, rows: [padTo(line, box.width), ...rows.slice(1)] }
}

/** Where there was nothing to draw from yet. */
export function emptyBoard(width: number, height: number): Drawn[] {
  const words = 'Nothing could be drawn yet; the log says why.'
  const rows = Array.from({ length: height }, (_, at) =>
    padTo(at === 0 ? [{ text: ' ' }, cell(words, Math.max(0, width - 1), 'bad')] : [], width),
  )
  return [{ name: 'status', box: { left: 0, top: 0, width, height }, rows }]
}

/** Where something breaks that its panel has told of already. */
export function orElse<T>(ask: () => T, otherwise: T): T {
  try {
    return ask()
  } catch {
    return otherwise
  }
}
