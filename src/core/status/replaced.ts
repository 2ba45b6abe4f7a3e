import type { Supply } from './reading.ts'
import type { WatchedSupply } from './status.ts'
import { isReceptacle, nameAmong } from './supplies.ts'

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
  readonly fell: Fall | null
}

/** A level that fell by more than was printed: a sleeper's 0, or a cartridge that was taken out. */
interface Fall {
  readonly from: number
  /** The page counter when it was heard so low first. */
  readonly pages: number | null
}

/** The page counter of the reading before, and of this one. */
interface Pages {
  readonly before: number | null
  readonly now: number | null
}

export interface Replacement {
  readonly index: string
  readonly sentence: string
}

export const emptyShelf: Shelf = { supplies: [], places: new Map(), isWaiting: false }

const rise = 20
const readingsInARow = 2
/** What a level may lie beside where it was, and be back. */
const few = 5
/** Fewer pages have used up no percent of any cartridge. */
const leastPagesAPercent = 5
/** More than any printer has; one that calls its supplies anew each time fills no memory. */
const mostPlaces = 128
/** A waste box that was emptied is empty. One that counts the wrong way round rises too, while it fills. */
const emptied = 80

export function lookAtShelf(
  before: Shelf,
  supplies: readonly WatchedSupply[],
  pages: Pages,
): { readonly shelf: Shelf; readonly replaced: readonly Replacement[] } {
  if (supplies === before.supplies && !before.isWaiting) return { shelf: before, replaced: [] }
  // A row that is away for one reading is remembered.
  const places = new Map(before.places.size > mostPlaces ? [] : before.places)
  const replaced: Replacement[] = []
  for (const supply of supplies) {
    const place = before.places.get(supply.index)
    const next = placeAfter(place, supply, pages)
    places.set(supply.index, next.place)
    if (next.isNew)
      replaced.push({ index: supply.index, sentence: sentenceOf(supply, supplies, place) })
  }
  const isWaiting = supplies.some(({ index }) => isUnsteady(places.get(index)))
  return { shelf: { supplies, places, isWaiting }, replaced }
}

const nothingYet: Place = { steady: null, above: 0, below: 0, serial: null, fell: null }

const isUnsteady = ({ above, below }: Place = nothingYet): boolean => above + below > 0

/** A level that nobody knows tells nothing. */
function placeAfter(
  place: Place = nothingYet,
  supply: WatchedSupply,
  pages: Pages,
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
  const fell = fallAfter(place, { steady, percent, above, below }, pages)
  const isHeld = above + below === 0 || above >= readingsInARow || below >= readingsInARow
  if (!isHeld) return { place: { ...place, above, below, serial, fell }, isNew: false }
  const isSameOne = told !== null && told === place.serial
  const isNew = above >= readingsInARow && !isSameOne && isFull(supply, percent)
  if (above > 0) return { place: held, isNew: isNew && !isBack(fell, percent, pages) }
  return { place: { ...held, fell }, isNew: false }
}

interface Leap extends Pick<Place, 'above' | 'below'> {
  readonly steady: number
  readonly percent: number
}

/** What is remembered of a fall. One that goes on printing so low has fallen. */
function fallAfter(
  { fell, below: wasBelow }: Place,
  leap: Leap,
  { before, now }: Pages,
): Fall | null {
  const { steady, percent, above, below } = leap
  if (below === 1) {
    const printed = before === null || now === null ? 0 : now - before
    const isUsed = printed >= leastPagesAPercent * (steady - percent)
    return isUsed ? null : { from: steady, pages: now }
  }
  if (fell === null || (above === 1 && isMore(before, fell.pages))) return null
  const isEven = above === 0 && below === 0
  return isEven && (wasBelow > 0 || percent >= fell.from - few) ? null : fell
}

/** Back where it was before it fell, or on the way there without a page: the same cartridge. */
function isBack(fell: Fall | null, percent: number, { now }: Pages): boolean {
  if (fell === null || percent > fell.from + few) return false
  return percent >= fell.from - few || (now !== null && now === fell.pages)
}

const isMore = (pages: number | null, than: number | null): boolean =>
  pages !== null && than !== null && pages > than

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
  const name = nameAmong(supply, all)
  if (isReceptacle(supply)) return `${name} emptied`
  const was = supply.coarse ? null : (place?.steady ?? null)
  return was === null ? `${name} replaced` : `${name} replaced, was ${was} %`
}
