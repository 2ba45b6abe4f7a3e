import { plainLetters } from '../core/plain-letters.ts'

// The one place where text goes to the screen. What both the kernel's own font (Raspberry Pi OS)
// and Debian's console fonts draw is in the set; everything else is transliterated, `?` at worst.
// Each glyph of the set is one UTF-16 unit and one cell, so `length` is the width on the screen.

const beyondAscii =
  '¡¢£¥§ª«¬°±²µ¶·º»¼½¿ÄÅÆÇÉÑÖÜßàáâäåæçèéêëìíîïñòóôö÷ùúûüÿ•←↑→↓∞≈≡≤≥' +
  '─│┌┐└┘├┤┬┴┼═║╒╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡╢╣╤╥╦╧╨╩╪╫╬█░▒■▲▶▼◀♦'

const set = new Set(beyondAscii)
const plainAscii = /^[ -~]*$/
/** A terminal's own commands: CSI, strings such as a window title, and two-byte escapes. */
const commands =
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?/g
const blanks = /[\s\p{Cc}\p{Zs}\p{Zl}\p{Zp}]+/gu
/** Bidirectional marks, zero-width characters, variation selectors, accents that found no letter. */
const unseen = /[\p{Cf}\p{M}\p{Default_Ignorable_Code_Point}]/gu
/** No panel shows more of one text; a printer may send ten thousand characters. */
const longest = 600

export const isGlyph = (character: string): boolean =>
  (character >= ' ' && character <= '~') || set.has(character)

/**
 * What a printer or a person wrote, as it may stand on the screen: one line, only glyphs of the
 * set, blanks at both ends off. "Raum\t3 – Köln" -> "Raum 3 - Köln", "東京" -> "DongJing".
 */
export function toGlyphs(text: string): string {
  const short = text.length > longest ? text.slice(0, longest) : text
  if (plainAscii.test(short)) return short.replace(/ {2,}/g, ' ').trim()
  const clean = short.replace(commands, ' ').replace(blanks, ' ').normalize('NFC')
  const drawn = plainLetters(clean.replace(unseen, ''), isGlyph)
  return drawn.replace(/ {2,}/g, ' ').trim()
}

/** Letters as a filter compares them, so that "koln" and "Köln" find each other. */
export const toLetters = (text: string): string =>
  plainLetters(toGlyphs(text), (character) => plainAscii.test(character)).toLowerCase()

/** The last fence before the terminal: whatever a panel made, only glyphs get out. */
export function onlyGlyphs(text: string): string {
  if (plainAscii.test(text)) return text
  let drawn = ''
  for (const character of text) drawn += isGlyph(character) ? character : '?'
  return drawn
}
