import type { Alarm } from './alarm.ts'
import { rank } from './rank.ts'

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
  /** What the readings in a row said that say otherwise, the newest last. */
  readonly otherwise: readonly (Alarm | null)[]
}

/** Where nothing was known before, all counts at once: the board is not empty for a round. */
export function countAnew(alarms: readonly Alarm[]): Counting {
  const held = new Map(alarms.map((alarm) => [alarm.subject, { shown: alarm, otherwise: [] }]))
  return { shown: alarms, isWaiting: false, heard: alarms, held }
}

export function countOn(before: Counting, alarms: readonly Alarm[], readings: number): Counting {
  if (alarms === before.heard && !before.isWaiting) return before
  const heard = new Map(alarms.map((alarm) => [alarm.subject, alarm]))
  const held = new Map<string, Held>()
  for (const subject of new Set([...heard.keys(), ...before.held.keys()])) {
    const next = step(before.held.get(subject), heard.get(subject) ?? null, readings)
    if (next.shown || next.otherwise.length > 0) held.set(subject, next)
  }
  const all = [...held.values()]
  return {
    shown: all.flatMap(({ shown }) => shown ?? []),
    isWaiting: all.some(({ otherwise }) => otherwise.length > 0),
    heard: alarms,
    held,
  }
}

/**
 * One alarm after one reading more. Another weight or word of the same subject waits like a new one; where the
 * readings that disagree with what is shown do not agree with each other, the mildest of them is what all say.
 */
function step(before: Held | undefined, heard: Alarm | null, readings: number): Held {
  const shown = before?.shown ?? null
  if (heard?.atOnce || isSame(shown, heard)) return { shown: heard, otherwise: [] }
  const otherwise = [...(before?.otherwise ?? []), heard].slice(-readings)
  if (otherwise.length < readings) return { shown: inNewWords(shown, heard), otherwise }
  const next = otherwise.reduce(milder)
  const since = otherwise.findLastIndex((each) => isSame(each, next)) + 1
  return { shown: inNewWords(next, heard), otherwise: otherwise.slice(since) }
}

const isSame = (a: Alarm | null, b: Alarm | null): boolean =>
  a?.weight === b?.weight && a?.word === b?.word

const milder = (a: Alarm | null, b: Alarm | null): Alarm | null =>
  a === null || b === null ? null : rank(a) > rank(b) ? a : b

/** Of the same matter the newest sentence is the true one. */
const inNewWords = (shown: Alarm | null, heard: Alarm | null): Alarm | null =>
  shown !== null && shown.word === heard?.word ? { ...shown, sentence: heard.sentence } : shown
