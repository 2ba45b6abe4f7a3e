import { Refusal } from '../refusal.ts'
import { placeIn } from './label-placing.ts'
import type { Label } from './label-sheets.ts'
import type { PlacedText } from './label-text.ts'

// The same label for label printers, in ZPL II: one after the other, from a roll.

export interface Roll {
  /** Of one label, in mm. */
  readonly width: number
  readonly height: number
  /** Dots to the millimetre: 8 are sold as 203 dpi, 12 as 300. */
  readonly dotsPerMm: 8 | 12
}

/** A scanner in a phone reads a module of a quarter of a millimetre, from a hand's breadth. */
const smallestModuleMm = 0.25

/** Refuses `invalid` a label that is too small for its code. */
export function labelZpl(label: Label, roll: Roll): string {
  const { width, height, dotsPerMm } = roll
  const { code, texts } = placeIn({ x: 0, y: 0, width, height }, label)
  const dots = (mm: number) => Math.round(mm * dotsPerMm)
  // ^BQ takes 1 to 10 dots a module.
  const module = Math.min(10, Math.floor(code.module * dotsPerMm))
  if (module < smallestModuleMm * dotsPerMm)
    throw new Refusal(
      'invalid',
      `A label of ${width} x ${height} mm is too small for its code. Choose a larger one.`,
      { field: 'width' },
    )
  return [
    // UTF-8; the whole label as we say, whatever was printed before.
    `^XA^CI28^LH0,0^PW${dots(width)}^LL${dots(height)}`,
    `^FO${dots(code.x)},${dots(code.y)}^BQN,2,${module}^FH_^FD${modeOf(label.url)}${field(label.url)}^FS`,
    ...texts.map((text) => written(text, dots)),
    '^XZ\n',
  ].join('\n')
}

/** ^FT places the line that letters stand on. Font 0 is narrower than the one that was measured. */
function written({ words, x, y, size }: PlacedText, dots: (mm: number) => number): string {
  const high = dots(size)
  return `^FT${dots(x)},${dots(y)}^A0N,${high},${high}^FH_^FD${field(words)}^FS`
}

/** Level M; by hand, so that it is the size that was reckoned with, or as the printer thinks best. */
function modeOf(url: string): string {
  return /^[0-9A-Z $%*+\-./:]*$/.test(url) ? 'MM,A' : 'MA,'
}

/** After ^FH_ each other byte as `_5E`: no word can hold a command. */
function field(words: string): string {
  return words.replaceAll(/[^0-9A-Za-z ,.\-/:]/gu, (character) =>
    [...new TextEncoder().encode(character)]
      .map((byte) => `_${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join(''),
  )
}
