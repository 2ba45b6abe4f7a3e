import type { Epoch } from './epoch.ts'
import { type Counted, stepOf } from './epochs.ts'

/**
 * Pages printed between the first and the last of the points, which are in the order of time: what each
 * epoch counted, never negative. What was printed between the last reading of an epoch and the first of the
 * next one nobody knows, and it is left out. null: nothing is known.
 */
export function usage(points: readonly Counted[], epochs: readonly Epoch[]): number | null {
  const from = points[0]?.at
  const to = points.at(-1)?.at
  if (!from || !to) return null
  const known = epochs
    .filter(({ state }) => state === 'begun')
    .toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt))
  const told = known.map((epoch, at): number | null => {
    const next = known[at + 1]
    // What was read before the first epoch is of no other.
    const begins = at === 0 ? Number.NEGATIVE_INFINITY : Date.parse(epoch.startedAt)
    const ends = next ? Date.parse(next.startedAt) : Number.POSITIVE_INFINITY
    if (begins > to.getTime() || ends <= from.getTime()) return null
    const inside = points.filter(
      (point) =>
        point.at.getTime() >= begins && point.at.getTime() < ends && fits(point, epoch, next),
    )
    const first = begins > from.getTime() ? startOf(epoch) : []
    const last = next && ends <= to.getTime() ? endOf(next) : []
    return grown([...first, ...inside, ...last])
  })
  const counted = told.filter((pages) => pages !== null)
  return counted.length === 0 ? null : counted.reduce((sum, pages) => sum + pages, 0)
}

/** In an epoch no count is below its first or above its last. */
function fits({ pageCount, at }: Counted, { first, startedAt }: Epoch, next?: Epoch): boolean {
  if (first !== null && pageCount < first && at.getTime() >= Date.parse(startedAt)) return false
  return next?.last == null || pageCount <= next.last
}

/** In one epoch, without the readings that were odd. null: one count alone is no usage. */
function grown(points: readonly Counted[]): number | null {
  if (points.length < 2) return null
  const line: Counted[] = []
  for (const [at, point] of points.entries()) {
    const before = line.at(-1)
    if (before && stepOf(before, point) !== 'on') continue
    if (!isSpike(point, points.slice(at + 1, at + 3), before)) line.push(point)
  }
  const [first, last] = [line[0], line.at(-1)]
  return first && last ? Math.max(0, last.pageCount - first.pageCount) : null
}

/** What comes after is where the line was before; of the first of all, two say so. */
function isSpike(point: Counted, after: readonly Counted[], before: Counted | undefined): boolean {
  const [next, second] = after
  if (!next || next.pageCount >= point.pageCount) return false
  if (before) return next.pageCount >= before.pageCount
  return (
    second !== undefined && second.pageCount < point.pageCount && second.pageCount >= next.pageCount
  )
}

function startOf({ first, startedAt }: Epoch): Counted[] {
  return first === null ? [] : [{ pageCount: first, at: new Date(startedAt) }]
}

function endOf({ last, lastAt }: Epoch): Counted[] {
  return last === null || lastAt === null ? [] : [{ pageCount: last, at: new Date(lastAt) }]
}
