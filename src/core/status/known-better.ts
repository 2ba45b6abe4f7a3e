import type { Printer } from '../printers/printer.ts'
import type { Grains } from './coarse.ts'
import type { Supply } from './reading.ts'
import type { WatchedSupply } from './status.ts'

/** What the office knows better of a printer's supplies, by their index. */
export type KnownBetter = Printer['supplies']

/**
 * The supplies as they are judged and shown: as the printer tells them, the percent turned round where the
 * office says so. Whose percent it was, level and capacity stay what was told; the reading itself is never
 * touched.
 */
export function asKnownBetter(
  supplies: readonly Supply[],
  office: KnownBetter,
  grains: Grains,
): readonly WatchedSupply[] {
  return supplies.map((supply) => {
    const coarse = grains[supply.index] === 'coarse'
    const { percent } = supply
    const inverted = ruleOf(office, supply)?.invert === true && percent !== null
    return { ...supply, percent: inverted ? 100 - percent : percent, coarse, inverted }
  })
}

/** None where another supply stands at its index than the one that it was written for. */
export function ruleOf(
  office: KnownBetter,
  { index, kind, colour }: Supply,
): KnownBetter[string] | undefined {
  const rule = Object.hasOwn(office, index) ? office[index] : undefined
  if (rule && rule.kind !== null && (rule.kind !== kind || rule.colour !== colour)) return undefined
  return rule
}
