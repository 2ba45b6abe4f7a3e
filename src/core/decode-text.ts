import { Refusal } from './refusal.ts'

// The bytes of a file that somebody sent as text, as Excel, LibreOffice and editors write them. What cannot
// be known is told, and never guessed in silence.

export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
] as const
export type Encoding = (typeof encodings)[number]

export interface DecodedText {
  readonly text: string
  readonly encoding: Encoding
  /** It is no UTF, and nothing in it says what it is: `encoding` is the most usual. */
  readonly isGuess: boolean
}

/**
 * As `wanted` where a person has said what it is. Refuses `invalid` what is no text: a workbook, a PDF.
 */
export function decodeText(bytes: Uint8Array, wanted: Encoding | null = null): DecodedText {
  const other = otherKinds.find(({ begins }) => begins.every((byte, at) => bytes[at] === byte))
  if (other) throw new Refusal('invalid', other.sentence)
  if (wanted) return { text: decoded(bytes, wanted), encoding: wanted, isGuess: false }
  const marked = marks.find(({ begins }) => begins.every((byte, at) => bytes[at] === byte))
  if (marked) {
    const text = decoded(bytes, marked.encoding)
    return { text, encoding: marked.encoding, isGuess: false }
  }
  if (bytes.includes(0))
    throw new Refusal(
      'invalid',
      'This file is no text. Save the table as "CSV UTF-8 (comma delimited)" and send that file.',
    )
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { text, encoding: 'utf-8', isGuess: false }
  } catch {
    return { text: decoded(bytes, 'windows-1252'), encoding: 'windows-1252', isGuess: true }
  }
}

const marks: readonly { readonly begins: readonly number[]; readonly encoding: Encoding }[] = [
  { begins: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { begins: [0xff, 0xfe], encoding: 'utf-16le' },
  { begins: [0xfe, 0xff], encoding: 'utf-16be' },
]

const saveAsCsv = 'Open it there, save it as "CSV UTF-8 (comma delimited)" and send that file.'
const otherKinds: readonly { readonly begins: readonly number[]; readonly sentence: string }[] = [
  {
    begins: [0x50, 0x4b, 0x03, 0x04],
    sentence: `This is a workbook of Excel or LibreOffice. ${saveAsCsv}`,
  },
  {
    begins: [0xd0, 0xcf, 0x11, 0xe0],
    sentence: `This is a workbook of an old Excel. ${saveAsCsv}`,
  },
  {
    begins: [0x25, 0x50, 0x44, 0x46],
    sentence: 'This is a PDF, which holds no table. Send the table itself, saved as "CSV UTF-8".',
  },
]

function decoded(bytes: Uint8Array, encoding: Encoding): string {
  const text = new TextDecoder(encoding).decode(bytes)
  if (encoding !== 'windows-1252') return text
  return text.replaceAll(/[\u0080-\u009f]/g, (code) => upper.charAt(code.charCodeAt(0) - 0x80))
}

/** Where windows-1252 differs from Latin-1, for which some releases of Node take it (nodejs/node#56542). */
const upper = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
