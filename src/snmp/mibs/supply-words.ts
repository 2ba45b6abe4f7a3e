import type { Supply } from '../../core/status/reading.ts'
import { colourWords, letters, shades } from './colour-words.ts'
import { cartridge, kinds, kindWords, tonerWords } from './kind-words.ts'

// What kind of supply it is and of what colour: from the MIB where it says so, else from the words of the
// description.

type Kind = Supply['kind']

/** The MIB's other(1), unknown(2) and numbers it does not know say nothing; then the words speak. */
export function kindOf(
  type: string | null,
  supplyClass: string | null,
  description: string | null,
): Kind {
  // HP CM4540 types its toner collection unit as a cleaner.
  if (supplyClass === 'receptacleThatIsFilled') return 'waste'
  const text = (description ?? '').slice(0, longestText)
  const known = kinds[type ?? '']
  if (known === 'toner' || known === 'ink') return mistyped(text) ?? known
  if (known !== undefined) return known
  if (type !== null && type !== 'other' && type !== 'unknown') return 'other'
  return said(text) ?? (cartridge.test(text) ? 'toner' : 'other')
}

/** Descriptions have 255 octets at most (RFC 3805). */
const longestText = 255

/** Everything that holds toner is a toner to some; a waste box or a bare drum is none. */
function mistyped(text: string): Kind | null {
  const kind = said(text)
  return kind === 'waste' || (kind === 'drum' && !tonerWords.test(text)) ? kind : null
}

function said(text: string): Kind | null {
  return kindWords.find(([, words]) => words.test(text))?.[0] ?? null
}

/**
 * `Light Cyan` -> light cyan; `Toner noir` -> black; three colours in one -> null (`Tri-color`).
 * A colorant that no list here knows is given as the printer names it.
 */
export function colourOf(colorant: string | null, description: string | null): string | null {
  const named = (colorant ?? '').slice(0, longestText).toLowerCase().trim()
  if (named !== '' && !/^(?:none|other|unknown|n\/a|-)$/.test(named)) return wordsOf(named) ?? named
  const text = (description ?? '').slice(0, longestText)
  return wordsOf(text) ?? letterOf(text)
}

function wordsOf(text: string): string | null {
  const found = colourWords.filter(([, words]) => words.test(text))
  const [first] = found
  if (first === undefined || found.length > 1) return null
  const shade = shades.find(([, words]) => words.test(text))?.[0]
  return shade === undefined ? first[0] : `${shade} ${first[0]}`
}

/** `Toner (C)`, and the part numbers of Kyocera, UTAX and Brother: `TK-8335K`, `CK-8512C`, `TN-243BK`. */
function letterOf(text: string): string | null {
  const [, bracket, part] =
    /[([](BK|[KCMY])[)\]]|\b(?:TK|CK|PK|TN|DR)-?\d{3,5}(BK|[KCMY])\b/.exec(text) ?? []
  return letters[bracket ?? part ?? ''] ?? null
}
