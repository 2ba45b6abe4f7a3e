import { timeInName } from './name.ts'

// How long backups stay: the newest of each of the last 14 days, 8 weeks and 12 months that have one. Of a day
// the first stays too: on the day that a card dies its last copy is the first of the day on the share, and
// the newest is of the new card, which is empty yet.

const daily = 14
const weekly = 8
const monthly = 12

/**
 * Which of the names in a folder may go. What is no backup (of this site) stays, and the newest does. One
 * dated in the future comes from a clock that was wrong: it stays, and pushes no other out.
 */
export function mayGo(names: readonly string[], now: Date, site: string | null = null): string[] {
  const past = names
    .flatMap((name) => {
      const at = timeInName(name, site)
      return at !== null && at <= now ? [{ name, at }] : []
    })
    .sort((a, b) => b.at.getTime() - a.at.getTime())
  const days = newestOfEach(past, dayOf, daily)
  const first = ({ at }: Dated) => past.findLast((one) => dayOf(one.at) === dayOf(at))
  const stays = new Set([
    ...days,
    ...days.map(first),
    ...newestOfEach(past, weekOf, weekly),
    ...newestOfEach(past, monthOf, monthly),
  ])
  return past.flatMap((one) => (stays.has(one) ? [] : [one.name]))
}

/**
 * Which copies from before a newer version of platen may go, `shape-N-change-M.json`: all but the three
 * of the newest shape and change.
 */
export function copiesThatMayGo(names: readonly string[]): string[] {
  return names
    .flatMap((name) => {
      const [, shape, change] = /^shape-(\d+)-change-(\d+)\.json$/.exec(name) ?? []
      return shape && change ? [{ name, shape: Number(shape), change: Number(change) }] : []
    })
    .sort((a, b) => b.shape - a.shape || b.change - a.change)
    .slice(3)
    .map(({ name }) => name)
}

interface Dated {
  readonly name: string
  readonly at: Date
}

function newestOfEach(newestFirst: readonly Dated[], of: (at: Date) => string, most: number) {
  const newest = new Map<string, Dated>()
  for (const one of newestFirst) if (!newest.has(of(one.at))) newest.set(of(one.at), one)
  return [...newest.values()].slice(0, most)
}

const dayOf = (at: Date) => at.toISOString().slice(0, 10)
const monthOf = (at: Date) => at.toISOString().slice(0, 7)

/** By its Monday, as ISO 8601 counts weeks. */
function weekOf(at: Date): string {
  const monday = new Date(at)
  monday.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7))
  return dayOf(monday)
}
