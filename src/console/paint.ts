import { onlyGlyphs } from './glyphs.ts'
import type { Row, Tone } from './rows.ts'

// What a meaning looks like. Eight colours, bold for bright: TERM=linux has no more (terminfo).

const colours: Readonly<Record<Tone, string>> = {
  plain: '',
  strong: '1',
  good: '32',
  warn: '1;33',
  bad: '1;31',
  lost: '1;35',
  frame: '36',
  alarm: '1;37;41',
  cyan: '36',
  magenta: '35',
  yellow: '1;33',
  dim: '34',
  light: '1;37;47',
  dark: '30;40',
}

/** Where NO_COLOR is set: bold and reverse are no colours (no-color.org). */
const monochrome: Readonly<Record<Tone, string>> = {
  plain: '',
  strong: '1',
  good: '',
  warn: '1',
  bad: '1',
  lost: '1',
  frame: '',
  alarm: '1;7',
  cyan: '',
  magenta: '',
  yellow: '',
  dim: '',
  light: '',
  dark: '',
}

export type Palette = 'colours' | 'monochrome'

/**
 * A row as a string with SGR sequences, the one form that blessed takes without tags of its own.
 * Each sequence resets and sets; none ends the row, for blessed would break a full line before it.
 */
export function paint(row: Row, palette: Palette): string {
  const table = palette === 'colours' ? colours : monochrome
  let painted = ''
  for (const { text, tone = 'plain', chosen } of row) {
    if (text === '') continue
    // One even bar: bold in reverse is another grey on the kernel's console.
    const code = chosen ? '7' : table[tone]
    painted += `\x1b[${code === '' ? '0' : `0;${code}`}m${onlyGlyphs(text)}`
  }
  return painted
}
