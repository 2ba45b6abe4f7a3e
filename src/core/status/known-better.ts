import type { Printer } from '../printers/printer.ts'
import type { Grains } from './coarse.ts'
import type { Supply } from './reading.ts'
import type { WatchedSupply } from './status.ts'

/** What the office knows better of a printer's supplies, by their index. */
export type KnownBetter = Printer['supplies']

/**
 * The supplies as they are judged and shown: as the printer tells them, the percent turned round where the
 * office says so. Then the percent is the office's reckoning and `source` says so; level and capacity stay
 * what the printer sent. The reading itself is never touched.
 */
export function asKnownBetter(
  supplies: readonly Supply[],
  office: KnownBetter,
  grains: Grains,
): readonly WatchedSupply[] {
  return supplies.map((supply) => {
    const coarse = grains[supply.index] === 'coarse'
    const { percent } = supply
    return ruleOf(office, supply)?.invert && percent !== null
      ? { ...supply, percent: 100 - percent, source: 'office', coarse }
      : { ...supply, coarse }
  })
}

export function ruleOf(office: KnownBetter, { index }: Supply): KnownBetter[string] | undefined {
  return Object.hasOwn(office, index) ? office[index] : undefined
}
