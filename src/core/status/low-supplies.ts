import type { ReasonWord, Status, Watched, WatchedSupply } from './status.ts'
import { isReceptacle, oneLine, supplyNames } from './supplies.ts'

// Which supplies a person should bring along: what the verdicts say of them, supply by supply.

export interface LowSupply {
  readonly printer: Status['printer']
  /** As the office has it, else as the printer says. */
  readonly model: string | null
  readonly word: ReasonWord
  readonly weight: 'error' | 'warning'
  /** 'Black toner at 8 %'. */
  readonly sentence: string
  /** 'Black toner'. This and the next three are null where the sentence names no supply that the printer tells of. */
  readonly name: string | null
  readonly colour: string | null
  readonly kind: string | null
  readonly supply: WatchedSupply | null
  /** All that is known of the printer. */
  readonly watched: Watched
}

const ofSupplies: ReadonlySet<ReasonWord> = new Set(['low', 'empty', 'waste', 'parts'])

/** In the order of the printers; of each one the worst first, and each supply once. */
export function lowSupplies(printers: readonly Watched[]): LowSupply[] {
  return printers.flatMap((watched) => {
    const { status, reasons } = watched
    const low = reasons.filter(({ word }) => ofSupplies.has(word))
    if (low.length === 0) return []
    const names = supplyNames(status.supplies)
    const model = status.printer.model ?? status.device.model
    const told = new Set<WatchedSupply>()
    return low.flatMap(({ word, weight, sentence }): LowSupply[] => {
      const named = supplyIn(sentence, status.supplies, names)
      const at = named < 0 ? onlyOne(sentence, status.supplies) : named
      const supply = status.supplies[at] ?? null
      // An alert and the level often say the same.
      if (supply && told.has(supply)) return []
      if (supply) told.add(supply)
      const { colour = null, kind = null } = supply ?? {}
      const of = { name: names[at] ?? null, colour, kind, supply, watched }
      return [{ printer: status.printer, model, word, weight, sentence, ...of }]
    })
  })
}

/** Index of the supply that a sentence begins with, or else has in it ('Toner low: Black Cartridge'); -1: of none, or of two. */
function supplyIn(
  sentence: string,
  supplies: readonly WatchedSupply[],
  names: readonly string[],
): number {
  const begins = names.filter((name) => sentence.startsWith(`${name} `))
  const longest = begins.sort((a, b) => b.length - a.length)[0]
  if (longest !== undefined) return names.indexOf(longest)
  const text = sentence.toLowerCase()
  const isIn = (words = ''): boolean => words.length > 2 && text.includes(words.toLowerCase())
  const found = supplies.filter(
    ({ description }, at) => isIn(oneLine(description)) || isIn(names[at]),
  )
  const [one, other] = found
  return one && !other ? supplies.indexOf(one) : -1
}

/** Index of the one toner of a printer that says 'Toner low', or its one ink; -1: it has none, or several. */
function onlyOne(sentence: string, supplies: readonly WatchedSupply[]): number {
  if (!/^(?:toner|ink|toner or ink) (?:low|empty)$/i.test(sentence)) return -1
  const inks = supplies.filter(({ kind }) => kind === 'toner' || kind === 'ink')
  const [one, other] = inks
  return one && !other ? supplies.indexOf(one) : -1
}

/** 'black toner', so many times; null: somebody has to look what it is. */
export interface Bring {
  readonly name: string | null
  readonly count: number
}

/** What to bring along for all of them: the most first, what has to be looked at last. */
export function toBring(low: readonly LowSupply[]): Bring[] {
  const counts = new Map<string | null, number>()
  for (const each of low) counts.set(itemOf(each), (counts.get(itemOf(each)) ?? 0) + 1)
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort(
      (a, b) =>
        Number(a.name === null) - Number(b.name === null) ||
        b.count - a.count ||
        ((a.name ?? '') < (b.name ?? '') ? -1 : 1),
    )
}

/** Alike for all printers: not 'Drum 5', nor the words of one maker. */
function itemOf({ supply, name }: LowSupply): string | null {
  if (!supply || supply.kind === 'other') return name
  if (isReceptacle(supply)) return 'waste box'
  return [supply.colour, supply.kind].filter(Boolean).join(' ')
}

/** Of how many printers nobody knows whether something is low: silence is not fullness. */
export interface Unknown {
  /** They do not answer: what they told is old. */
  readonly silent: number
  /** Nothing was read yet. */
  readonly unread: number
  /** They answer, and tell a level of nothing. */
  readonly tellNone: number
}

export function unknownLevels(printers: readonly Watched[]): Unknown {
  const isUnread = ({ status }: Watched): boolean => status.fetchedAt === null
  const isSilent = ({ status }: Watched): boolean => status.verdict === 'offline'
  const rest = printers.filter((each) => !isSilent(each) && !isUnread(each))
  return {
    silent: printers.filter(isSilent).length,
    unread: printers.filter((each) => isUnread(each) && !isSilent(each)).length,
    tellNone: rest.filter(({ status }) => status.supplies.every((each) => each.percent === null))
      .length,
  }
}

/** A warning of supplies alone: nobody has to go there today. */
export const hasOnlyLowSupplies = ({ status, reasons }: Watched): boolean =>
  status.verdict === 'warning' && reasons.every(({ word }) => ofSupplies.has(word))

export const hasLowSupplies = ({ reasons }: Watched): boolean =>
  reasons.some(({ word }) => ofSupplies.has(word))
