import type { Change } from '../change.ts'
import { wallMs } from './local.ts'

// When something is due by the calendar. A slot is a day or a month, not a moment: so a clock that
// jumps, a night without power, a new time of day or another time zone ask for no slot twice.

/** 'HH:MM' on the wall of the site: of each day, or of each first of a month. */
export type Rule = { readonly daily: string } | { readonly monthly: string }

/**
 * The newest slot that has begun, '2026-11-20' or '2026-11', unless it was done; older ones are past. A
 * time of day that the change to summer time leaves out begins with the first that there is.
 */
export function dueSlot(
  rule: Rule,
  now: Date,
  { timeZone, done }: { readonly timeZone: string | null; readonly done: readonly string[] },
): string | null {
  const newest = slotsAround(rule, wallMs(now, timeZone)).find(({ atMs }) =>
    hasShown(atMs, now, timeZone),
  )
  return newest === undefined || done.includes(newest.id) ? null : newest.id
}

/** Two months of days; a clock that was wrong for longer has worse to answer for. */
const kept = 64

/** Notes that it was done for that slot. `name`: what is scheduled, 'backup' say. */
export function markDone(tx: Change, name: string, slot: string): void {
  const done = tx.state.schedule[name]?.done ?? []
  if (!done.includes(slot)) tx.put('schedule', { id: name, done: [...done, slot].slice(-kept) })
}

interface Slot {
  readonly id: string
  /** What the clock on the wall shows when it begins. */
  readonly atMs: number
}

/** The next one, that of now, the last one. */
function slotsAround(rule: Rule, shownMs: number): Slot[] {
  const shown = new Date(shownMs)
  const [year, month, day] = [shown.getUTCFullYear(), shown.getUTCMonth(), shown.getUTCDate()]
  const isDaily = 'daily' in rule
  const [hours = 0, minutes = 0] = (isDaily ? rule.daily : rule.monthly).split(':').map(Number)
  return [1, 0, -1].map((step) => {
    const atMs = isDaily
      ? Date.UTC(year, month, day + step, hours, minutes)
      : Date.UTC(year, month + step, 1, hours, minutes)
    return { id: new Date(atMs).toISOString().slice(0, isDaily ? 10 : 7), atMs }
  })
}

/** Whether the clock on the wall has shown it, though it may have been set back since, as in autumn. */
function hasShown(atMs: number, now: Date, timeZone: string | null): boolean {
  if (wallMs(now, timeZone) >= atMs) return true
  const yesterday = new Date(now.getTime() - 86_400_000)
  const asBefore = new Date(atMs - (wallMs(yesterday, timeZone) - secondsOf(yesterday)))
  return asBefore <= now && wallMs(asBefore, timeZone) === atMs
}

const secondsOf = (at: Date) => Math.floor(at.getTime() / 1000) * 1000
