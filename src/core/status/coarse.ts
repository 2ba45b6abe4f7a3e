import { z } from 'zod'
import { alike } from './alike.ts'
import type { Reading, Supply } from './reading.ts'

// How finely a printer knows its levels, learned from how they change. Canon's LBP series tell 0 or 100 and
// its MF series 100, 10 and 1, which are no percentages (librenms#5637); no printer says so of itself.

/**
 * `fine`: it was heard to move in small steps, and is believed for good. `leapt`: it fell once by more than
 * anybody can have printed. `coarse`: and fell again, as only stages do.
 */
const grain = z.enum(['fine', 'leapt', 'coarse'])
type Grain = z.infer<typeof grain>

/** By the supply's index; one that was never heard to change is not in it. */
export const grains = z.record(z.string(), grain)
export type Grains = Readonly<z.infer<typeof grains>>

/** What a level is compared with: that of the reading before. */
export interface Step {
  readonly before: Reading
  readonly after: Reading
  readonly secondsBetween: number
}

/** The very same object where nothing was learned. */
export function learnGrains(known: Grains, step: Step): Grains {
  const { before, after } = step
  if (before.supplies === after.supplies) return known
  const learned = new Map(Object.entries(known))
  const earlier = new Map(before.supplies.map((supply) => [supply.index, supply]))
  for (const supply of after.supplies) {
    const held = learned.get(supply.index) ?? null
    const grain = grainAfter(held, { ...step, from: earlier.get(supply.index), to: supply })
    if (grain) learned.set(supply.index, grain)
    else learned.delete(supply.index)
  }
  // A printer that numbers its supplies anew each time must not be remembered for ever.
  const here = new Set([...earlier.keys(), ...after.supplies.map(({ index }) => index)])
  const next = Object.fromEntries([...learned].filter(([index]) => here.has(index)))
  return alike(known, next) ? known : next
}

/** Ricoh and Canon's plotters tell tens, which are fine enough; a stage of theirs would be wider. */
const leastLeap = 20
/** The lowest stages lie close together: 10, 1, 0. */
const low = 10
/** Without a page counter a leap is one between two readings that follow each other closely. */
const closeSeconds = 600
/** From here on a cartridge is a new one. */
const full = 95

function grainAfter(
  known: Grain | null,
  step: Step & { readonly from: Supply | undefined; readonly to: Supply },
): Grain | null {
  const [from, to] = [step.from?.percent ?? null, step.to.percent]
  if (known === 'fine' || from === null || to === null || from === to) return known
  const fall = from - to
  if (Math.abs(fall) < leastLeap && Math.max(from, to) > low) return 'fine'
  if (fall >= leastLeap && isTooFast(fall, step)) return known ? 'coarse' : 'leapt'
  // It only flickered: what is back where it was has not fallen.
  if (fall < 0 && to < full && known === 'leapt') return null
  return fall > 0 && from <= low && known ? 'coarse' : known
}

/**
 * No cartridge loses two percent and more with each page. Over more pages, or days, any cartridge may have
 * lost what it lost: such a fall tells nothing, and a printer that is asked rarely is not marked.
 */
function isTooFast(fall: number, { before, after, secondsBetween }: Step): boolean {
  if (before.pageCount === null || after.pageCount === null) return secondsBetween <= closeSeconds
  const pages = after.pageCount - before.pageCount
  return pages >= 0 && pages * 2 <= fall
}
