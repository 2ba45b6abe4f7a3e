import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../core/clock.ts'
import { codeOf } from './files.ts'

/** Where systemd-timesyncd says whether it has set the time since the start of the machine. */
const timesyncd = '/run/systemd/timesync'
const askedForMs = 5_000

/**
 * A Raspberry Pi starts at the time it was last told to save, weeks back at worst. Where nothing
 * sets the time that could be asked, it is trusted when it is not before `notBefore`, the newest time
 * that was ever written down here.
 */
export function createSystemClock(parts: { notBefore?: Date; timesync?: string } = {}): Clock {
  const { notBefore = new Date(0), timesync = timesyncd } = parts
  let asked = { trusted: false, atMs: Number.NEGATIVE_INFINITY }

  return {
    now: () => new Date(),
    monotonicMs: () => performance.now(),
    trusted() {
      if (performance.now() - asked.atMs > askedForMs)
        asked = { trusted: isTrusted(), atMs: performance.now() }
      return asked.trusted
    },
  }

  function isTrusted(): boolean {
    if (existsSync(timesync)) return existsSync(`${timesync}/synchronized`)
    return Date.now() >= notBefore.getTime()
  }
}

/**
 * When something in the data folder was last written: time was not before that. A folder that cannot
 * be read tells nothing here; opening the store says what is wrong with it.
 */
export function lastWritten(folder: string): Date {
  try {
    const times = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      // Between the two a temporary file may be renamed into its place.
      .map(({ name }) => statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0)
    return new Date(Math.max(0, ...times))
  } catch (error) {
    if (codeOf(error) === '') throw error
    return new Date(0)
  }
}
