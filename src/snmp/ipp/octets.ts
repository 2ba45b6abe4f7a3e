import { readText } from '../mibs/text.ts'

// An answer of IPP on the wire (RFC 8010, section 3): tags, lengths and values, not what they mean.
// The packages that do this (ipp 2.0.1, @sealsystems/ipp 2.8.2, ipp-encoder 5.0.0) read lengths as signed:
// one length of -1 sends them backwards for ever.

export interface IppValue {
  readonly tag: number
  readonly octets: Buffer
}

/** By name, in the order sent. */
export type IppAttributes = ReadonlyMap<string, readonly IppValue[]>

export interface IppMessage {
  /** RFC 8011, appendix B: under 0x0100 it was done. */
  readonly status: number
  /** Of the printer; none of other groups. */
  readonly attributes: IppAttributes
}

/** RFC 8010, 3.5.1 and 3.5.2. */
const groupTag = { end: 0x03, printer: 0x04 } as const
const valueTag = {
  integer: 0x21,
  enum: 0x23,
  octetString: 0x30,
  textWithLanguage: 0x35,
  nameWithLanguage: 0x36,
  text: 0x41,
  name: 0x42,
  keyword: 0x44,
} as const

const [beginCollection, endCollection] = [0x34, 0x37]

/** Supplies, trays and reasons of one printer; more are nobody's. */
const mostValues = 64
/** IANA knows some 500 names for a printer. */
const mostNames = 2000

/**
 * null: it is no IPP, or cut short. Collections are passed over, and so is what is not wanted, before it
 * costs anything: many a printer sends all that it has.
 */
export function readAnswer(octets: Buffer, wanted: readonly string[]): IppMessage | null {
  if (octets.length < 9) return null
  const attributes = new Map<string, IppValue[]>()
  let at = 8
  let group = 0
  let values: IppValue[] | null = null
  let depth = 0
  let names = 0
  while (at < octets.length) {
    const tag = octets.readUInt8(at)
    if (tag === groupTag.end) return { status: octets.readUInt16BE(2), attributes }
    if (tag < 0x10) {
      group = tag
      values = null
      at += 1
      continue
    }
    const nameEnd = endOfCounted(octets, at + 1)
    const valueEnd = endOfCounted(octets, nameEnd)
    const isNamed = nameEnd > at + 3
    if (isNamed && (depth > 0 || names === mostNames)) return null
    if (isNamed) {
      names += 1
      values = null
      const name =
        group === groupTag.printer ? nameIn(octets.subarray(at + 3, nameEnd), wanted) : null
      // RFC 8011, 4.1.3: a name comes once; of two the first counts.
      if (name !== null && !attributes.has(name)) {
        values = []
        attributes.set(name, values)
      }
    }
    if (tag === beginCollection) depth += 1
    else if (tag === endCollection) depth = Math.max(0, depth - 1)
    // RFC 8010, 3.5.2: what is under 0x20 stands for no value: unknown, no-value.
    else if (values !== null && depth === 0 && tag >= 0x20 && values.length < mostValues)
      values.push({ tag, octets: octets.subarray(nameEnd + 2, valueEnd) })
    at = valueEnd
  }
  return null
}

function nameIn(octets: Buffer, wanted: readonly string[]): string | null {
  if (!wanted.some(({ length }) => length === octets.length)) return null
  const name = octets.toString('latin1')
  return wanted.includes(name) ? name : null
}

export function numberOf({ tag, octets }: IppValue): number | null {
  const isNumber = tag === valueTag.integer || tag === valueTag.enum
  return isNumber && octets.length === 4 ? octets.readInt32BE(0) : null
}

/** RFC 8011, 5.1: names and keywords have 255 octets at most, octetStrings 1023; longer is no printer's. */
const longestText = 255
const longestOctets = 1023

const plainTexts: readonly number[] = [
  valueTag.text,
  valueTag.name,
  valueTag.keyword,
  valueTag.octetString,
]

export function textOf({ tag, octets }: IppValue): string | null {
  if (octets.length > (tag === valueTag.octetString ? longestOctets : longestText)) return null
  if (plainTexts.includes(tag)) return readText(octets, null)
  if (tag !== valueTag.textWithLanguage && tag !== valueTag.nameWithLanguage) return null
  // RFC 8010, 3.9: length and language, length and text.
  const languageEnd = endOfCounted(octets, 0)
  const textEnd = endOfCounted(octets, languageEnd)
  return textEnd > octets.length ? null : readText(octets.subarray(languageEnd + 2, textEnd), null)
}

/** Of what has its length before it; past the end where there is no room for that. */
function endOfCounted(octets: Buffer, at: number): number {
  return at + 2 > octets.length ? octets.length + 1 : at + 2 + octets.readUInt16BE(at)
}
