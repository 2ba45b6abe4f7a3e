import type { Supply } from './reading.ts'
import type { WatchedSupply } from './status.ts'
import { isReceptacle, supplyName, supplyNames } from './supplies.ts'

// When a supply was replaced. Any rise would be wrong: levels flicker, sleepers say 0, and a cartridge that
// is taken out and put back is the same one (field notes 6.1).

/** What is remembered of the supplies, by their index. */
export interface Shelf {
  readonly supplies: readonly WatchedSupply[]
  readonly places: ReadonlyMap<string, Place>
  /** Some level is far from its last steady one, and must be heard again. */
  readonly isWaiting: boolean
}

interface Place {
  /** The level that was last held. */
  readonly steady: number | null
  /** Readings in a row so far above it, or below. */
  readonly above: number
  readonly below: number
  /** The cartridge's own. */
  readonly serial: string | null
}

export interface Replacement {
  readonly index: string
  readonly sentence: string
}

export const emptyShelf: Shelf = { supplies: [], places: new Map(), isWaiting: false }

const rise = 20
const readingsInARow = 2
/** A waste box that was emptied is empty. One that counts the wrong way round rises too, while it fills. */
const emptied = 80

export function lookAtShelf(
  before: Shelf,
  supplies: readonly WatchedSupply[],
): { readonly shelf: Shelf; readonly replaced: readonly Replacement[] } {
  if (supplies === before.supplies && !before.isWaiting) return { shelf: before, replaced: [] }
  const places = new Map<string, Place>()
  const replaced: Replacement[] = []
  for (const supply of supplies) {
    const place = before.places.get(supply.index)
    const next = placeAfter(place, supply)
    places.set(supply.index, next.place)
    if (next.isNew)
      replaced.push({ index: supply.index, sentence: sentenceOf(supply, supplies, place) })
  }
  const isWaiting = [...places.values()].some(({ above, below }) => above + below > 0)
  return { shelf: { supplies, places, isWaiting }, replaced }
}

const nothingYet: Place = { steady: null, above: 0, below: 0, serial: null }

/** A level that nobody knows tells nothing. */
function placeAfter(
  place: Place = nothingYet,
  supply: WatchedSupply,
): { readonly place: Place; readonly isNew: boolean } {
  const told = serialOf(supply)
  const serial = told ?? place.serial
  const { percent } = supply
  if (told !== null && place.serial !== null && told !== place.serial)
    return { place: { ...nothingYet, steady: percent, serial }, isNew: true }
  if (percent === null) return { place: { ...place, serial }, isNew: false }
  const { steady } = place
  const held = { ...nothingYet, steady: percent, serial }
  if (steady === null) return { place: held, isNew: false }
  const above = percent - steady >= rise ? place.above + 1 : 0
  const below = steady - percent >= rise ? place.below + 1 : 0
  const isHeld = above + below === 0 || above >= readingsInARow || below >= readingsInARow
  const isSameOne = told !== null && told === place.serial
  const isNew = above >= readingsInARow && !isSameOne && isFull(supply, percent)
  return { place: isHeld ? held : { ...place, above, below, serial }, isNew }
}

const isFull = (supply: Supply, percent: number): boolean =>
  !isReceptacle(supply) || percent >= emptied

/** Xerox: 'Cyan Toner, PN 006R01512;SN461E7A80E0000489'; ';SNunknown' tells none. */
function serialOf({ description }: Supply): string | null {
  const at = description?.indexOf(';SN') ?? -1
  if (!description || at < 0) return null
  const serial = description.slice(at + 3).trim()
  return /\d/.test(serial) ? serial : null
}

function sentenceOf(
  supply: WatchedSupply,
  all: readonly WatchedSupply[],
  place: Place | undefined,
): string {
  const name = supplyNames(all)[all.indexOf(supply)] ?? supplyName(supply)
  if (isReceptacle(supply)) return `${name} emptied`
  const was = supply.coarse ? null : (place?.steady ?? null)
  return was === null ? `${name} replaced` : `${name} replaced, was ${was} %`
}
