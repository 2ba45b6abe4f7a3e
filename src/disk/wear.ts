import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import { wallMs } from '../core/schedule/local.ts'
import type { Files } from './files.ts'
import { createStatusFile } from './status-file.ts'

/** Of bytes. */
export interface Written {
  readonly today: number
  /** Mean of those of the last seven whole days that were counted; null: none was. */
  readonly aDay: number | null
  /** How many those are. */
  readonly days: number
}

export interface Wear {
  /** Takes what this process has written since the last time. Never rejects. */
  note(): Promise<void>
  /** Keeps the count. Never rejects. */
  save(): Promise<void>
  /** Null where the system does not count. */
  written(): Written | null
}

export interface WearParts {
  readonly folder: string
  readonly log: Log
  readonly clock: Clock
  /** Days begin by it; null: the system's. */
  readonly timeZone: string | null
  readonly files?: Files
  /** Bytes that this process had written to a disk so far; null where the system does not count. */
  readonly bytesSoFar?: () => Promise<number | null>
}

export const wearName = 'wear.json'
const keptDays = 31
const kept = z.object({ days: z.record(z.iso.date(), z.int().nonnegative()) })

/** What platen writes to the card, by day and over restarts: `wear.json`, which may be lost. */
export async function openWear(parts: WearParts): Promise<Wear> {
  const { clock, timeZone, bytesSoFar = writtenByThisProcess } = parts
  const file = createStatusFile({ ...parts, name: wearName, what: 'what is written a day' })
  const days = new Map(Object.entries((await file.load(kept))?.days ?? {}))
  let counted: number | null = 0

  return {
    note,
    async save() {
      await note()
      if (counted !== null) await file.save({ days: Object.fromEntries(days) })
    },
    written: () => (counted === null ? null : writtenBy(days, dayOf(clock.now(), timeZone))),
  }

  async function note(): Promise<void> {
    const bytes = await bytesSoFar()
    if (counted === null || bytes === null) counted = null
    else {
      const day = dayToCountFor()
      days.set(day, (days.get(day) ?? 0) + bytes - counted)
      counted = bytes
      forgetOthers()
    }
  }

  /** A clock that nothing has set yet may be weeks back: the last day that is known is nearer. */
  function dayToCountFor(): string {
    const today = dayOf(clock.now(), timeZone)
    if (clock.trusted()) return today
    return [...days.keys()].sort().at(-1) ?? today
  }

  /** The oldest, and those that a wrong clock made up. */
  function forgetOthers(): void {
    if (!clock.trusted()) return
    const today = dayOf(clock.now(), timeZone)
    for (const day of days.keys())
      if (day > today || day <= daysBefore(today, keptDays)) days.delete(day)
  }
}

/** What lies in a folder, whether platen runs there or not; null where nothing was counted. */
export async function readWear(
  parts: Pick<WearParts, 'folder' | 'log' | 'clock' | 'timeZone' | 'files'>,
): Promise<Written | null> {
  const file = createStatusFile({ ...parts, name: wearName, what: 'what is written a day' })
  const read = await file.load(kept)
  return (
    read && writtenBy(new Map(Object.entries(read.days)), dayOf(parts.clock.now(), parts.timeZone))
  )
}

function writtenBy(days: ReadonlyMap<string, number>, today: string): Written {
  const before = [...days].filter(([day]) => day < today && day >= daysBefore(today, 7))
  const sum = before.reduce((all, [, bytes]) => all + bytes, 0)
  return {
    today: days.get(today) ?? 0,
    aDay: before.length === 0 ? null : sum / before.length,
    days: before.length,
  }
}

/** `2026-11-20`, as people there call it. */
const dayOf = (time: Date, timeZone: string | null): string =>
  new Date(wallMs(time, timeZone)).toISOString().slice(0, 10)

function daysBefore(day: string, count: number): string {
  return new Date(Date.parse(day) - count * 86_400_000).toISOString().slice(0, 10)
}

/** proc(5): what went, or is on its way, to a disk for it; other processes and the system not. */
async function writtenByThisProcess(): Promise<number | null> {
  const told = await readFile('/proc/self/io', 'utf8').catch(() => '')
  const bytes = /^write_bytes: (\d+)$/m.exec(told)?.[1]
  return bytes === undefined ? null : Number(bytes)
}
