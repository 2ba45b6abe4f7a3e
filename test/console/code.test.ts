import { describe, expect, test } from 'vitest'
import { bigRows } from '../../src/console/big.ts'
import { isGlyph } from '../../src/console/glyphs.ts'
import { codeRows } from '../../src/console/panels/code.ts'
import { textOf } from '../../src/console/rows.ts'
import { qrModules } from '../../src/core/qr.ts'
import { scanAt } from '../parts/scan.ts'
import { openConsole, type Wanted } from './terminal.ts'

const url = 'HTTPS://PRINT.SCHOOL.EDU/P/7Z3KQ9XW4M2H8BTD'
const modules = qrModules(url, 'L')

/** The code screen of the printer that is chosen first, on a terminal of that size. */
async function codeOn(wanted: Wanted, page: string | null = url) {
  const console = openConsole({ ...wanted, looks: { pageOf: () => page } })
  await console.press('2', 'c')
  return console
}

type Console = Awaited<ReturnType<typeof codeOn>>

/** Whether a cell is dark for a camera: by its background, and by the glyph that stands on it. */
function isDark({ emulator }: Console, column: number, row: number): boolean {
  const { active } = emulator.buffer
  const seen = active.getLine(active.viewportY + row)?.getCell(column)
  if (!seen) throw new Error(`no cell at ${column}, ${row}`)
  // White and bright white are light, and so is a full block in the colour that letters have.
  const isLit = seen.isBgPalette() && [7, 15].includes(seen.getBgColor())
  return !isLit && seen.getChars() !== '█'
}

/** A photo of the screen: two dots a column and four a row, as cells are. */
function photoOf(console: Console) {
  const { cols, rows } = console.emulator
  const [width, height] = [cols * 2, rows * 4]
  const dark = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: cols }, (_, column) => isDark(console, column, row)),
  )
  const at = (x: number, y: number): boolean => dark[Math.floor(y / 4)]?.[Math.floor(x / 2)] ?? true
  return { dark, paper: { dotsPerMm: 1, width, height, isDark: at } }
}

function scanned(console: Console): string | null {
  const { paper } = photoOf(console)
  return scanAt(paper, { x: 0, y: 0, width: paper.width, height: paper.height }).says
}

const sizes = [
  [100, 30],
  [128, 37],
  [160, 45],
  [240, 67],
] as const

describe('a phone reads the code off the screen', () => {
  test.each(sizes)('at %ix%i, in colours and without, on each terminal', async (columns, rows) => {
    for (const terminal of ['linux', 'xterm-256color'])
      for (const noColor of [false, true]) {
        const console = await codeOn({ columns, rows, terminal, noColor })
        expect(scanned(console)).toBe(url)
      }
  })

  test('by the colour of the ground alone, where a font draws the full block as something else', async () => {
    const console = await codeOn({ columns: 100, rows: 30 })
    const { active } = console.emulator.buffer
    const cell = active.getLine(active.viewportY)?.getCell(0)
    expect(cell?.isBgPalette()).toBe(true)
    expect(cell?.getBgColor()).toBe(7)
  })

  test.each([
    [100, 30, 2],
    [100, 33, 3],
    [100, 34, 4],
    [128, 37, 4],
    [240, 67, 4],
    [66, 30, 2],
  ])(
    'at %ix%i with %i quiet rows above and below, and four modules beside',
    async (columns, rows, quiet) => {
      const console = await codeOn({ columns, rows })
      const { dark } = photoOf(console)
      const top = dark.findIndex((row) => isModules(row))
      const left = leftOf(dark, top)
      const side = 2 * modules.length
      const lit = (row: number, from: number, to: number): boolean =>
        dark[row]?.slice(from, to).every((each) => !each) ?? false
      for (let row = top - quiet; row < top; row++)
        expect(lit(row, left - 8, left + side + 8)).toBe(true)
      for (let row = top; row < top + modules.length; row++) {
        expect(lit(row, left - 8, left)).toBe(true)
        expect(lit(row, left + side, left + side + 8)).toBe(true)
      }
      const end = top + modules.length
      for (let row = end; row < end + quiet; row++)
        expect(lit(row, left - 8, left + side + 8)).toBe(true)
      if (quiet < 4 && top > quiet)
        expect(lit(top - quiet - 1, left - 8, left + side + 8)).toBe(false)
      expect(console.seen.logged).toEqual([])
    },
  )

  test('of an address in lower case too, where there is room for its larger code', async () => {
    const page = 'https://print.school.edu/p/7Z3KQ9XW4M2H8BTD'
    const console = await codeOn({ columns: 128, rows: 37 }, page)
    expect(scanned(console)).toBe(page)
  })
})

/** The first row of the code: seven dark modules of a finder at both ends. */
const isModules = (row: readonly boolean[]): boolean => leftIn(row) >= 0

function leftIn(row: readonly boolean[]): number {
  const side = 2 * modules.length
  return row.findIndex((_, at) => {
    const code = row.slice(at, at + side)
    return (
      code.length === side &&
      modules[0]?.every(
        (dark, module) => code[2 * module] === dark && code[2 * module + 1] === dark,
      )
    )
  })
}

const leftOf = (dark: readonly (readonly boolean[])[], row: number): number =>
  leftIn(dark[row] ?? [])

describe('who has no phone at hand', () => {
  test('reads which printer it is, and its address, beside the code', async () => {
    const console = await codeOn({ columns: 100, rows: 30 })
    const text = await console.text()
    expect(text).toContain('LIB-2F-1')
    expect(text.replaceAll(/[^!-~]/g, '')).toContain(url)
    expect(text.split('\n').at(-1)).toBe(' Any key goes back.')
  })

  test.each([
    [128, 37, 1],
    [240, 67, 2],
  ])('reads it from afar at %ix%i', (columns, rows, scale) => {
    const lines = codeRows({ label: 'LIB-1', url }, columns, rows).map(textOf)
    // An L of five rows: its foot is four points wide.
    const foot = '█'.repeat(4 * scale)
    const stem = '█'.repeat(scale)
    const from = lines.findIndex((line) => line.slice(69).startsWith(`${stem} `))
    const letter = lines.slice(from, from + 5 * scale).map((line) => line.slice(69, 69 + 4 * scale))
    expect(letter.map((line) => line.trimEnd())).toEqual([
      ...Array(4 * scale).fill(stem),
      ...Array(scale).fill(foot),
    ])
    expect(lines.join('')).not.toContain('SCHOOL')
  })

  test('reads no word that is broken for the sake of larger letters', () => {
    const [top] = bigRows('7Z3KQ9XW4M2H8BTD')
    const lines = codeRows({ label: 'LIB-1', url }, 160, 100).map(textOf)
    expect(lines.join('\n')).toContain(textOf(top ?? []))
  })

  test('finds the address on a screen that is too small for the code, and how large it must be', async () => {
    const console = await codeOn({ columns: 80, rows: 24 })
    const text = await console.text()
    expect(text).toContain(url)
    expect(text).toContain('A larger screen shows a code for a phone here: 66 columns and 30 rows.')
    expect(text).toContain('Any key goes back.')
    expect(scanned(console)).toBe(null)
  })

  test('reads it from afar on the smallest screen, without what a browser adds', async () => {
    const console = await codeOn({ columns: 80, rows: 24 })
    const text = await console.text()
    for (const line of ['PRINT.SCHOOL.', 'EDU/P/7Z3KQ9XW', '4M2H8BTD'])
      for (const row of bigRows(line)) expect(text).toContain(textOf(row).trimEnd())
  })

  test('finds it too where the code would have one quiet row, and no phone would find that', async () => {
    const console = await codeOn({ columns: 100, rows: 29 })
    expect(await console.text()).toContain('A larger screen shows a code')
  })

  test('reads a short address in large letters there', () => {
    const lines = codeRows({ label: 'A', url: 'HTTP://PI/P/7Z3K' }, 80, 20).map(textOf)
    expect(lines.join('')).not.toContain('HTTP')
    expect(lines.join('\n')).toContain('█   █     █   █  █')
  })

  test('is told what to set where there is no address', async () => {
    const console = await codeOn({ columns: 80, rows: 24 }, null)
    const text = await console.text()
    expect(text).toContain('set PLATEN_PUBLIC_URL')
    expect(text).toContain('LIB-2F-1')
    expect(text).toContain('Any key goes back.')
    await console.press('x')
    expect(await console.text()).not.toContain('PLATEN_PUBLIC_URL')
  })
})

test('the screen of the code is whole at every size, with nothing that a font does not draw', () => {
  for (const columns of [1, 2, 12, 32, 65, 66, 80, 100, 128, 240])
    for (const rows of [1, 2, 9, 24, 29, 30, 37, 67])
      for (const page of [url, null]) {
        const drawn = codeRows({ label: '\x1b[2J東京-1', url: page }, columns, rows).map(textOf)
        expect(drawn).toHaveLength(rows)
        for (const glyph of new Set(drawn.join(''))) expect(isGlyph(glyph)).toBe(true)
      }
})
