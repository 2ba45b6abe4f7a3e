import { readAddress } from './address.ts'
import type { Column } from './csv-columns.ts'

// Cells as people and other programs write them, made what a record takes. Whatever is taken away or read
// in another way is told; nothing is made up.

export interface Cleaned {
  readonly cells: readonly (string | undefined)[]
  /** What was done, in words: of a row. */
  readonly told: readonly string[]
}

/** `at`: where each column stands. */
export function cleanRow(
  at: ReadonlyMap<Column, number>,
  cells: readonly (string | undefined)[],
): Cleaned {
  const clean = cells.map((cell) => cell?.trim())
  const byKind = new Map<string, Column[]>()
  const told: string[] = []
  for (const [column, position] of at) {
    const cell = cells[position]
    if (cell === undefined) continue
    let text = cell
    for (const { words, pattern, by } of anyStain.test(cell) ? stains : []) {
      const next = text.replaceAll(pattern, by)
      if (next !== text && next.trim() !== '')
        byKind.set(words, [...(byKind.get(words) ?? []), column])
      text = next
    }
    const read = readers[column]?.(text) ?? { text, told: null }
    clean[position] = read.text
    if (read.told !== null) told.push(`${column} ${read.told}`)
  }
  const stained = [...byKind].map(([words, columns]) => `${words} ${columns.join(', ')}`)
  return { cells: clean, told: [...stained, ...told] }
}

/** Every blank but the plain one: pages and spreadsheets are full of them, and nobody sees which is which. */
export const hardBlanks = /[^\P{Zs} ]/gu

/** In this order: what is left of a cell is looked at again. A control character is not for us to explain. */
const stains: readonly { readonly words: string; readonly pattern: RegExp; readonly by: string }[] =
  [
    { words: 'characters that nobody sees taken out of', pattern: /\p{Cf}/gu, by: '' },
    { words: 'hard blanks made plain ones in', pattern: hardBlanks, by: ' ' },
    { words: 'blanks taken off', pattern: /^\s+|(?<!\s)\s+$/g, by: '' },
    { words: 'line breaks and tabs made blanks in', pattern: /[\r\n\t\u2028\u2029]+/g, by: ' ' },
  ]

/** Most cells have none, and ten thousand rows have many cells. */
const anyStain = /[\p{Cf}\r\n\t\u2028\u2029]|[^\P{Zs} ]|^\s|\s$/u

interface Read {
  readonly text: string
  readonly told: string | null
}

const readers: { readonly [C in Column]?: (text: string) => Read } = {
  ipAddress: readTypedAddress,
  macAddress: readTypedMac,
}

/** `http://10.0.0.7/` as browsers and CUPS have it, `10.0.0.7/24`, `010.000.000.007` as inventories do. */
function readTypedAddress(typed: string): Read {
  if (readAddress(typed)) return { text: typed, told: null }
  let text = typed.replaceAll(/\s/g, '')
  const [, scheme, host] = /^([a-z][a-z\d+.-]*):\/\/([^/?#@]+)(?:[/?#].*)?$/i.exec(text) ?? []
  if (scheme !== undefined && host !== undefined)
    // The port of its page is not where it answers SNMP.
    text = /^snmp$/i.test(scheme) ? host : host.replace(/:\d+$/, '')
  text = text.replace(/\/\d{0,3}$/, '')
  const zeros = /^\d+(?:\.\d+){3}(?=:|$)/.test(text) && /(?:^|\.)0\d/.test(text)
  if (zeros) text = text.replaceAll(/(^|\.)0+(?=\d)/g, '$1')
  if (text === typed || !readAddress(text)) return { text: typed, told: null }
  // Some programs take 010 for eight.
  const how = zeros ? ', its zeros as decimal' : ''
  return { text, told: `"${typed}" read as ${text}${how}` }
}

/** `aa-bb-…`, `aabb.ccdd.eeff`, `0:1b:…` with its zeros left out. */
function readTypedMac(typed: string): Read {
  if (typed === '') return { text: typed, told: null }
  const parts = typed.replace(/^0x/i, '').split(/[-:. ]/)
  const digits = (parts.length === 6 ? parts.map((part) => part.padStart(2, '0')) : parts).join('')
  if (!/^[\da-f]{12}$/i.test(digits)) return { text: typed, told: null }
  // What a program writes that got no answer; it would make one printer of many.
  if (/^(?:0{12}|f{12})$/i.test(digits)) return { text: '', told: `${typed} is nobody's; left out` }
  const text = digits.toUpperCase().replaceAll(/(..)(?!$)/g, '$1:')
  return { text, told: text === typed.toUpperCase() ? null : `"${typed}" read as ${text}` }
}
