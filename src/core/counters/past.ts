import type { HistoryLine } from '../status/history.ts'
import type { KnownBetter } from '../status/known-better.ts'
import type { Epoch } from './epoch.ts'
import type { Counted } from './epochs.ts'
import { usage } from './usage.ts'

// What a printer's history tells a person: pages and levels by day, when it was silent, what was replaced.

export interface Past {
  /** The oldest first. */
  readonly days: readonly DayPast[]
  /** The newest first. */
  readonly silences: readonly Silence[]
  /** The newest first; of each its supplies' indexes. */
  readonly replaced: readonly { readonly at: string; readonly supplies: readonly string[] }[]
}

export interface DayPast {
  /** Its beginning. */
  readonly from: Date
  /** null: nobody knows. */
  readonly pages: number | null
  /**
   * By the supply's index: the last percent that was known that day, as the office reads it. A day without a
   * line, on which the printer was not silent, goes on as the one before.
   */
  readonly levels: ReadonlyMap<string, number>
}

export interface Silence {
  readonly from: string
  /** null: it lasts. */
  readonly to: string | null
  readonly why: string | null
}

/**
 * `edges`: where the days begin, and where the last one ends, in order. `lines`: the oldest first. `office`:
 * of its supplies, for a percent that counts the other way round.
 */
export function pastOf(
  lines: readonly HistoryLine[],
  epochs: readonly Epoch[],
  edges: readonly Date[],
  office: KnownBetter = {},
): Past {
  // A clock that was not set yet has written down times of its own.
  const sure = lines.filter(({ clock }) => clock !== 'untrusted')
  const days = edges.slice(0, -1).map((from, at): DayPast => {
    const to = edges[at + 1] ?? from
    const day = { from: from.toISOString(), to: to.toISOString() }
    const { pages, told } = dayOf(sure, epochs, day)
    return { from, pages, levels: levelsIn(told, office) }
  })
  return {
    days,
    silences: silencesIn(sure).reverse(),
    replaced: sure
      .flatMap(({ at, replaced }) => (replaced ? [{ at, supplies: replaced }] : []))
      .reverse(),
  }
}

/** Times as text, which sort like times. */
function dayOf(
  lines: readonly HistoryLine[],
  epochs: readonly Epoch[],
  { from, to }: { readonly from: string; readonly to: string },
): { readonly pages: number | null; readonly told: readonly HistoryLine[] } {
  const inside = lines.filter(({ at }) => at >= from && at < to)
  const before = lines.findLast(({ at }) => at < from)
  const counted = lines.filter(({ at, pageCount }) => at < to && pageCount != null)
  // From the last count of the days before on.
  const points = counted
    .slice(
      Math.max(
        0,
        counted.findLastIndex(({ at }) => at < from),
      ),
    )
    .flatMap(pointOf)
  // It says nothing new while nobody prints; but of a day that it was silent all through nobody knows.
  if (inside.length === 0) return before?.ok ? { pages: 0, told: [before] } : nothingTold
  return { pages: usage(points, epochs), told: inside }
}

const nothingTold = { pages: null, told: [] }

function levelsIn(lines: readonly HistoryLine[], office: KnownBetter): Map<string, number> {
  const levels = new Map<string, number>()
  for (const { supplies } of lines)
    for (const [index, , , percent] of supplies ?? [])
      if (percent !== null) levels.set(index, office[index]?.invert ? 100 - percent : percent)
  return levels
}

function pointOf({ at, pageCount }: HistoryLine): Counted[] {
  return pageCount == null ? [] : [{ pageCount, at: new Date(at) }]
}

function silencesIn(lines: readonly HistoryLine[]): Silence[] {
  const silences: Silence[] = []
  for (const [at, line] of lines.entries()) {
    if (line.ok || lines[at - 1]?.ok === false) continue
    const end = lines.slice(at).find(({ ok }) => ok)
    silences.push({ from: line.at, to: end?.at ?? null, why: line.error ?? null })
  }
  return silences
}
