import { isUtf8 } from 'node:buffer'
import { decodeCharset } from './charset.ts'

// Octets -> text, by what printers do rather than by what they declare: many declare one set and send
// another. 54c3b66e6572 -> Töner whatever is declared; d64c with 4 (Latin-1) -> ÖL; 426c61636b0000 -> Black.

/** null stays null. `charset`: the IANA number that the printer declares (prtLocalizationCharacterSet). */
export function readText(octets: Buffer | null, charset: number | null): string | null {
  if (octets === null) return null
  const kept = octets.subarray(0, textEnd(octets))
  if (isUtf8(kept)) return kept.toString('utf8')
  return (charset === null ? null : decodeCharset(kept, charset)) ?? kept.toString('latin1')
}

/** JetDirect pads with NULs, consoles with blanks; a line feed is the printer's own and stays. */
function textEnd(octets: Buffer): number {
  let end = octets.length
  while (end > 0 && (octets[end - 1] === 0 || octets[end - 1] === 0x20)) end -= 1
  return end
}
