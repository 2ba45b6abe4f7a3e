import type { Alarm } from './alarm.ts'

// An alarm counts after so many readings in a row, and goes after as many without it: a printer that says
// one thing in this reading and another in the next must not flap on the board.

export interface Counting {
  /** What counts, in the newest words. */
  readonly shown: readonly Alarm[]
  /** Something waits to count, or to go. */
  readonly isWaiting: boolean
  /** What the newest reading said. */
  readonly heard: readonly Alarm[]
  /** By subject. */
  readonly held: ReadonlyMap<string, Held>
}

interface Held {
  readonly shown: Alarm | null
  /** Readings in a row that said otherwise. */
  readonly otherwise: number
}

/** Where nothing was known before, all counts at once: the board is not empty for a round. */
export function countAnew(alarms: readonly Alarm[]): Counting {
  const held = new Map(alarms.map((alarm) => [alarm.subject, { shown: alarm, otherwise: 0 }]))
  return { shown: alarms, isWaiting: false, heard: alarms, held }
}

export function countOn(before: Counting, alarms: readonly Alarm[], readings: number): Counting {
  if (alarms === before.heard && !before.isWaiting) return before
  const heard = new Map(alarms.map((alarm) => [alarm.subject, alarm]))
  const held = new Map<string, Held>()
  for (const subject of new Set([...heard.keys(), ...before.held.keys()])) {
    const next = step(before.held.get(subject), heard.get(subject) ?? null, readings)
    if (next.shown || next.otherwise > 0) held.set(subject, next)
  }
  const all = [...held.values()]
  return {
    shown: all.flatMap(({ shown }) => shown ?? []),
    isWaiting: all.some(({ otherwise }) => otherwise > 0),
    heard: alarms,
    held,
  }
}

/** One alarm after one reading more. Another weight or word of the same subject waits like a new one. */
function step(before: Held | undefined, heard: Alarm | null, readings: number): Held {
  const shown = before?.shown ?? null
  if (shown?.weight === heard?.weight && shown?.word === heard?.word)
    return { shown: heard, otherwise: 0 }
  const otherwise = (before?.otherwise ?? 0) + 1
  if (heard?.atOnce || otherwise >= readings) return { shown: heard, otherwise: 0 }
  const isSameMatter = shown !== null && shown.word === heard?.word
  return { shown: isSameMatter ? { ...shown, sentence: heard.sentence } : shown, otherwise }
}
