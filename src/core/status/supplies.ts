import { capital } from '../capital.ts'
import type { Alarm } from './alarm.ts'
import { type KnownBetter, ruleOf } from './known-better.ts'
import type { Supply } from './reading.ts'
import type { Thresholds } from './rules.ts'
import type { WatchedSupply } from './status.ts'

/** What a person calls a supply: 'Black toner', 'Waste box', 'Toner TK-3130', else the printer's own words. */
function supplyName(supply: Supply): string {
  const kind = supply.kind === 'waste' ? 'waste box' : supply.kind
  const colour = supply.kind === 'waste' ? null : supply.colour
  const words = ownWords(supply)
  // A part number alone tells a person nothing, and the kind alone not which of them (Kyocera).
  if (supply.kind !== 'other' && !colour && isPartNumber(words)) return capital(`${kind} ${words}`)
  const named = supply.kind !== 'other' && (colour || supply.kind !== 'toner' || !words)
  return capital(
    (named ? [colour, kind].filter(Boolean).join(' ') : words) || `supply ${supply.index}`,
  )
}

/**
 * In the supplies' order. Where two would be called the same (four drums without a colour, Fujifilm's two
 * black toners) the printer's own words tell them apart, or else their index does.
 */
export function supplyNames(supplies: readonly Supply[]): readonly string[] {
  const names = supplies.map(supplyName)
  const uses = counted(names)
  const words = counted(supplies.map(ownWords))
  return supplies.map((supply, at) => {
    const name = names[at] ?? ''
    if (uses.get(name) === 1) return name
    const own = ownWords(supply)
    const isAlone = own !== '' && words.get(own) === 1
    return isAlone ? capital(own) : `${name} ${supply.index.split('.').at(-1)}`
  })
}

/** What one of them is called beside the others. */
export function nameAmong(supply: Supply, all: readonly Supply[]): string {
  return supplyNames(all)[all.indexOf(supply)] ?? supplyName(supply)
}

/**
 * Alarms from levels. A level that nobody knows gives none. Of a receptacle the level is the space that is
 * left (RFC 3805, prtMarkerSuppliesLevel), so 0 is a full one.
 */
export function levelAlarms(
  supplies: readonly WatchedSupply[],
  { office, site }: { readonly office: KnownBetter; readonly site: Thresholds },
  wanted: 'counted' | 'ignored' = 'counted',
): Alarm[] {
  const names = supplyNames(supplies)
  return supplies.flatMap((supply, at): Alarm[] => {
    const rule = ruleOf(office, supply)
    const { percent } = supply
    if (percent === null || (rule?.ignore ? 'ignored' : 'counted') !== wanted) return []
    const warningPercent = rule?.warningPercent ?? site.warningPercent
    // Who wants to hear of it later than the site does, wants no error of it earlier.
    const siteError = Math.min(site.errorPercent, rule?.warningPercent ?? 100)
    const isError = percent < (rule?.errorPercent ?? siteError)
    if (!isError && percent >= warningPercent) return []
    const name = names[at] ?? supplyName(supply)
    return [
      {
        ...reasonOf({ ...supply, percent }, name, isError ? 'error' : 'warning'),
        ...{ source: 'level', subject: `level ${supply.index}`, atOnce: false },
      },
    ]
  })
}

type Leveled = WatchedSupply & { readonly percent: number }

function reasonOf(
  supply: Leveled,
  name: string,
  weight: Alarm['weight'],
): Pick<Alarm, 'word' | 'weight' | 'sentence'> {
  const { percent, coarse } = supply
  if (isReceptacle(supply)) {
    if (percent === 0) return { word: 'waste', weight: 'error', sentence: `${name} full` }
    const left = coarse
      ? `${name} nearly full ${inStages}`
      : `${name} has ${percent} % of its space left`
    return { word: 'waste', weight, sentence: left }
  }
  const wears = worn.has(supply.kind)
  if (isUsedUp(supply))
    return wears
      ? { word: 'parts', weight: 'error', sentence: `${name} worn out` }
      : { word: 'empty', weight: 'error', sentence: `${name} empty` }
  if (coarse)
    return {
      word: 'low',
      weight,
      sentence: `${name} ${wears ? 'nearly worn out' : 'low'} ${inStages}`,
    }
  return {
    word: 'low',
    weight,
    sentence: `${name} ${percent === 0 ? 'under 1' : `at ${percent}`} %`,
  }
}

const inStages = '(the printer tells stages only)'

/** Of Printer-MIB's level a rounded 0 percent may still be 40 sheets; others tell the percent alone. */
const isUsedUp = ({ percent, level, source, inverted }: Leveled): boolean =>
  percent === 0 && (level === 0 || source !== 'printer-mib' || inverted)

/** These are worn, not emptied. */
const worn = new Set<Supply['kind']>(['drum', 'fuser', 'belt'])

/** What is filled in use: its level is the space that is left. */
export function isReceptacle(supply: Supply): boolean {
  return supply.class === 'receptacleThatIsFilled' || supply.kind === 'waste'
}

/** Without part and serial number: Xerox writes ', PN 006R01509;SN48178080E0000481' behind. */
function ownWords({ description }: Supply): string {
  const words = oneLine(description)
  const at = words.search(/[,;] ?(?:PN|SN|P\/N|S\/N)\b/)
  return at > 0 ? words.slice(0, at) : words
}

const isPartNumber = (words: string): boolean => !words.includes(' ') && /\d/.test(words)

function counted(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const each of words) counts.set(each, (counts.get(each) ?? 0) + 1)
  return counts
}

/** Printers put line feeds and rows of blanks into texts; a sentence is one line. */
export function oneLine(text: string | null): string {
  return (text ?? '').replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()
}
