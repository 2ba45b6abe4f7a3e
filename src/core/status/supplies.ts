import type { Supply } from './reading.ts'
import type { StatusRules } from './rules.ts'
import type { Reason } from './status.ts'

/** What a person calls a supply: 'Black toner', 'Waste box', else the printer's own words. */
export function supplyName(supply: Supply): string {
  const kind = supply.kind === 'waste' ? 'waste box' : supply.kind
  const colour = supply.kind === 'waste' ? null : supply.colour
  const named =
    supply.kind !== 'other' && (colour || supply.kind !== 'toner' || !supply.description)
  return capital(
    (named ? [colour, kind].filter(Boolean).join(' ') : oneLine(supply.description)) ||
      `supply ${supply.index}`,
  )
}

/**
 * Reasons from levels. A level that nobody knows gives none. Of a receptacle the level is the space
 * that is left (RFC 3805, prtMarkerSuppliesLevel), so 0 is a full one.
 */
export function supplyReasons(supplies: readonly Supply[], rules: StatusRules): Reason[] {
  return supplies.flatMap((supply): Reason[] => {
    const { percent } = supply
    if (percent === null || percent >= rules.warningPercent) return []
    const weight = percent < rules.errorPercent ? 'error' : 'warning'
    const name = supplyName(supply)
    if (isReceptacle(supply))
      return percent === 0
        ? [{ word: 'waste', weight: 'error', sentence: `${name} full` }]
        : [{ word: 'waste', weight, sentence: `${name} has ${percent} % of its space left` }]
    if (supply.level !== 0)
      return [
        {
          word: 'low',
          weight,
          sentence: `${name} ${percent === 0 ? 'under 1' : `at ${percent}`} %`,
        },
      ]
    return wears.has(supply.kind)
      ? [{ word: 'parts', weight: 'error', sentence: `${name} worn out` }]
      : [{ word: 'empty', weight: 'error', sentence: `${name} empty` }]
  })
}

/** These are worn, not emptied. */
const wears = new Set<Supply['kind']>(['drum', 'fuser', 'belt'])

/** What is filled in use: its level is the space that is left. */
export function isReceptacle(supply: Supply): boolean {
  return supply.class === 'receptacleThatIsFilled' || supply.kind === 'waste'
}

/** Printers put line feeds and rows of blanks into texts; a sentence is one line. */
export function oneLine(text: string | null): string {
  return (text ?? '').replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
