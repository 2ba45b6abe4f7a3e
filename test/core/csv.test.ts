import { describe, expect, it } from 'vitest'
import { readCsv, writeCsv } from '../../src/core/csv.ts'

const cellsOf = (text: string) => readCsv(text).map(({ cells }) => cells)

describe('a table', () => {
  it.each([
    ['commas', 'a,b\n1,2\n'],
    ['semicolons', 'a;b\n1;2\n'],
    ['tabs', 'a\tb\n1\t2\n'],
    ['bars', 'a|b\n1|2\n'],
    ['the ends of lines of Windows', 'a,b\r\n1,2\r\n'],
    ['the ends of lines of an old Mac', 'a,b\r1,2\r'],
    ['both ends of lines', 'a,b\r\n1,2\n'],
    ['a line that names the separator', 'sep=;\ra;b\r1;2'],
    ['that line behind a BOM', '\uFEFFsep=|\r\na|b\r\n1|2'],
    ['empty lines', '\n\na,b\n \n1,2\n\n'],
  ])('is read with %s', (_, text) => {
    expect(cellsOf(text)).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
  })

  it('takes the separator of the line of headers, whatever people typed below it', () => {
    expect(cellsOf('label;location\nA;"left, then right"\nB;a, b, c, d\n')).toEqual([
      ['label', 'location'],
      ['A', 'left, then right'],
      ['B', 'a, b, c, d'],
    ])
  })

  it('keeps a line break within a cell, and goes on counting rows as a spreadsheet does', () => {
    const rows = readCsv('a,b\r\n"one\ntwo",2\r\n3,4\r\n')
    expect(rows.map(({ row, cells }) => [row, ...cells])).toEqual([
      [1, 'a', 'b'],
      [2, 'one\ntwo', '2'],
      [3, '3', '4'],
    ])
  })
})

describe('what is written', () => {
  const formulas = [
    ...['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1+1', '＋1', '－1', '＠x'],
    ...["'=1", "''@x", ' =1', '\u00a0=1', "' =1"],
  ]
  const plain = [
    "it's",
    "'quoted'",
    'a "b" c',
    'a,b;c\td|e',
    'two\r\nlines',
    ' blanks ',
    'Bücherei',
  ]

  it('comes back as it was, formulas, quotes, separators and line breaks too', () => {
    const rows = [['first', 'second'], ...[...formulas, ...plain].map((cell) => [cell, cell])]
    expect(cellsOf(writeCsv(rows))).toEqual(rows)
  })

  it.each(formulas)('runs no formula in a spreadsheet: %j', (cell) => {
    const [, line = ''] = writeCsv([['x'], [cell]]).split('x\r\n')
    expect(line.replace(/^"/, '').startsWith("'")).toBe(true)
  })
})
