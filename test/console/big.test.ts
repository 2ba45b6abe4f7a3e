import { describe, expect, test } from 'vitest'
import { bigHeight, bigRows, bigWidth } from '../../src/console/big.ts'
import { isGlyph } from '../../src/console/glyphs.ts'
import { textOf, widthOf } from '../../src/console/rows.ts'

const characters = [..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.,:;/-_+%?!()#&'"]

const lettersOf = (text: string): string[] => bigRows(text).map(textOf)

/** Points that differ, with both letters at the left. */
function difference(one: readonly string[], other: readonly string[]): number {
  const width = Math.max(one[0]?.length ?? 0, other[0]?.length ?? 0)
  const points = (letter: readonly string[]): string[] =>
    letter.flatMap((line) => [...line.padEnd(width)])
  const others = points(other)
  return points(one).filter((point, at) => point !== others[at]).length
}

describe('large letters', () => {
  test('are drawn for every character that a label or an address is written with', () => {
    const blank = lettersOf('~')
    for (const each of characters) {
      expect(lettersOf(each).join(''), each).toContain('█')
      expect(lettersOf(each), each).not.toEqual(blank)
    }
  })

  test('look alike in no two characters', () => {
    for (const [at, one] of characters.entries())
      for (const other of characters.slice(at + 1))
        expect(difference(lettersOf(one), lettersOf(other)), `${one} and ${other}`).toBeGreaterThan(
          1,
        )
  })

  test.each([...'O0 I1 S5 B8 Z2 D0 G6 QO'.split(' ')])('%s are told apart from afar', (pair) => {
    const [one = '', other = ''] = pair
    expect(difference(lettersOf(one), lettersOf(other))).toBeGreaterThan(2)
  })

  test.each([1, 2, 3] as const)('are as wide as was said, in every row, at scale %i', (scale) => {
    for (const text of [
      '14:02',
      'LIB-2F-1',
      'http://10.20.0.5:8080',
      'Köln 東京 @~',
      'ß',
      ' ',
      '',
    ]) {
      const rows = bigRows(text, 'bad', scale)
      expect(rows.length).toBe(bigHeight(scale))
      for (const row of rows) {
        expect(widthOf(row), text).toBe(bigWidth(text, scale))
        expect([...textOf(row)].every(isGlyph)).toBe(true)
        expect(row.every(({ tone }) => tone === 'bad')).toBe(true)
      }
    }
  })

  test('are the same letters at every scale', () => {
    const small = lettersOf('R2')
    const large = bigRows('R2', 'plain', 3).map(textOf)
    expect(
      large.filter((_, at) => at % 3 === 1).map((line) => line.replace(/(.)\1\1/g, '$1')),
    ).toEqual(small)
  })

  test('draw small letters and accents as the plain capital, and a grey box where there is none', () => {
    expect(lettersOf('köln-1')).toEqual(lettersOf('KOLN-1'))
    expect(lettersOf('東')).toEqual(lettersOf('DONG'))
    expect(lettersOf('\x1b[31m~')).toEqual(lettersOf('~'))
    expect(lettersOf('~').join('')).toMatch(/^[▒ ]+$/)
  })

  test('stand as they are drawn', () => {
    expect(lettersOf('O0 1I')).toEqual([
      ' ███   ██      █  ███',
      '█   █ █ ██    ██   █ ',
      '█   █ █  █     █   █ ',
      '█   █ ██ █     █   █ ',
      ' ███   ██     ███ ███',
    ])
  })
})
