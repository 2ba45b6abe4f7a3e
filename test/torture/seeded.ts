/** Chance that can be had again: the same seed, the same search (mulberry32). */
export interface Seeded {
  /** 0 to `limit` - 1. */
  below(limit: number): number
  /** True in `percent` of a hundred. */
  isIn(percent: number): boolean
  pick<One>(from: readonly [One, ...One[]] | readonly One[]): One
}

export function seeded(seed: number): Seeded {
  let state = seed >>> 0
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
  }
  return {
    below,
    isIn: (percent) => below(100) < percent,
    pick(from) {
      const one = from[below(from.length)]
      if (one === undefined) throw new Error('nothing to pick from')
      return one
    },
  }
}
