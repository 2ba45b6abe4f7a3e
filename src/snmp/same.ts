import { alike } from '../core/status/alike.ts'
import type { Reading } from '../core/status/reading.ts'

/**
 * `now`, with each part that says the same as `before` replaced by that very part: who shows or keeps a
 * reading sees at once what is new.
 */
export function keepSame(before: Reading, now: Reading): Reading {
  const kept: Record<string, unknown> = { ...now }
  for (const key of Object.keys(now) as (keyof Reading)[])
    if (alike(before[key], now[key])) kept[key] = before[key]
  return kept as Reading
}
