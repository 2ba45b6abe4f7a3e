import type { Box, Label, SheetName } from '../../src/core/printers/label-sheets.ts'

// What is known of the sheets without asking platen: by the tables of those who sell and cut them.

/** In mm: the paper, the first cell, the last cell, each as x, y, width, height. */
export const paperSheets = {
  'avery-5160': {
    page: [215.9, 279.4],
    first: [4.7625, 12.7, 66.675, 25.4],
    last: [144.4625, 241.3, 66.675, 25.4],
    across: 3,
    down: 10,
  },
  'avery-5163': {
    page: [215.9, 279.4],
    first: [3.96875, 12.7, 101.6, 50.8],
    last: [110.33125, 215.9, 101.6, 50.8],
    across: 2,
    down: 5,
  },
  'avery-l7160': {
    page: [210, 297],
    first: [7.21, 15.15, 63.5, 38.1],
    last: [139.29, 243.75, 63.5, 38.1],
    across: 3,
    down: 7,
  },
  'avery-l4778': {
    page: [210, 297],
    first: [9.7, 21.3, 45.7, 21.2],
    last: [154.6, 254.5, 45.7, 21.2],
    across: 4,
    down: 12,
  },
} as const satisfies Record<SheetName, object>

/** Cell with that number, 0 the first, on the paper itself. */
export function paperCell(name: SheetName, number: number): Box {
  const { first, last, across, down } = paperSheets[name]
  const step = (from: number, to: number, steps: number) => (to - from) / (steps - 1)
  const [x, y, width, height] = first
  return {
    x: x + (number % across) * step(x, last[0], across),
    y: y + Math.floor(number / across) * step(y, last[1], down),
    ...{ width, height },
  }
}

/** As large as the cell lets it be with 1.5 mm off each cut, and half of its width at most. */
const sideIn = ({ width, height }: Box) => Math.min(height - 3, width / 2 - 1.5)

/** The code with its quiet zone, from the left cut on; the words begin behind that. */
export const codeSide = (cell: Box): Box => ({ ...cell, width: 1.5 + sideIn(cell) })

/** Where the first dark square of a 29 x 29 code is. */
export function cornerIn(cell: Box): { x: number; y: number } {
  const side = sideIn(cell)
  const quiet = (side * 4) / 37
  return { x: cell.x + 1.5 + quiet, y: cell.y + (cell.height - side) / 2 + quiet }
}

/** Tokens of 16 characters, as platen makes them. */
export const tokenOf = (number: number): string => `7Z3K9ABCDEFG${1000 + number}`

export function someLabels(count: number): Label[] {
  return [...Array(count).keys()].map((number) => ({
    label: `LIB-${number + 1}`,
    place: number % 3 === 0 ? 'Hutchins Library, North Reading Room 204' : 'Library, Room 12',
    url: `HTTPS://PRINT.SCHOOL.EDU/P/${tokenOf(number)}`,
  }))
}
