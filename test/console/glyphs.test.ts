import { describe, expect, test } from 'vitest'
import { isGlyph, onlyGlyphs, toGlyphs, toLetters } from '../../src/console/glyphs.ts'

describe('text on its way to the screen', () => {
  test.each([
    ['Toner schwarz für Büro', 'Toner schwarz für Büro'],
    ['Raum 3 – “Köln” … 4€', 'Raum 3 - "Köln" ... 4EUR'],
    ['Zażółć gęślą jaźń', 'Zazólc gesla jazn'],
    ['東京 プリンタ', 'DongJing purinta'],
    ['Cafe\u0301 A\u030a', 'Café Å'],
    ['10 × 15', '10 * 15'],
  ])('writes %j as %j', (written, drawn) => {
    expect(toGlyphs(written)).toBe(drawn)
  })

  test.each([
    ['a colour', '\x1b[31mred\x1b[0m ink', 'red ink'],
    ['the screen cleared', 'JAM\x1b[2J\x1b[H', 'JAM'],
    ['a window title', 'A\x1b]0;owned\x07B', 'A B'],
    ['a title that never ends', 'A\x1b]0;owned', 'A'],
    ['a reset', 'A\x1bcB', 'A B'],
    ['an eight-bit command', 'A\x9b31mB', 'A B'],
    ['line feeds and tabs', 'Tray 2\r\n\tempty', 'Tray 2 empty'],
    ['a NUL, a bell, a delete', 'a\x00b\x07c\x7fd', 'a b c d'],
    ['text from right to left', 'abc\u202Edef\u2069', 'abcdef'],
    ['what has no width', 'a\u200bb\u200dc\ufe0fd\u00ade', 'abcde'],
    ['accents in a heap', 'Z\u0335\u0321\u034f\u0300 jam', 'Z jam'],
    ['half a character', 'a\ud83db', 'a?b'],
  ])('takes %s out', (_, written, drawn) => {
    expect(toGlyphs(written)).toBe(drawn)
  })

  test('leaves braces as they are: nothing reads them as a tag', () => {
    expect(toGlyphs('{red-fg}{bold}x{/}')).toBe('{red-fg}{bold}x{/}')
  })

  test('keeps ten thousand characters from filling anything', () => {
    expect(toGlyphs('a'.repeat(10_000)).length).toBeLessThan(1000)
  })

  test('gives only glyphs of one cell for every character there is', () => {
    for (let code = 0; code < 0x30000; code += code < 0x3000 ? 1 : 7) {
      const drawn = toGlyphs(`x${String.fromCodePoint(code)}x`)
      for (const glyph of drawn) if (!isGlyph(glyph)) throw new Error(`U+${code.toString(16)}`)
      expect([...drawn].length).toBe(drawn.length)
    }
  })

  test('stops at the last fence what no panel should have let through', () => {
    expect(onlyGlyphs('a\x1b[2J⣿')).toBe('a?[2J?')
  })

  test('finds Köln with koln', () => {
    expect(toLetters('KÖLN 2')).toBe(toLetters('koln 2'))
  })
})
