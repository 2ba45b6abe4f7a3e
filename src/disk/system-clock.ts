import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../core/clock.ts'
import { codeOf } from './files.ts'
import { createKernelWord } from './kernel-word.ts'

/** Time that a clock is made of; a test turns its own. */
export type Time = Pick<Clock, 'now' | 'monotonicMs'>

export interface SystemClock extends Clock {
  wasAt(time: Date): void
  /** Resolves when the system has said for the first time whether it has set the clock. */
  asked(): Promise<void>
}

export interface SystemClockParts {
  /** The newest time that was ever written down here. */
  readonly notBefore?: Date
  /** Where systemd-timesyncd says when it has set the time; touched each time that it does. */
  readonly timesync?: string
  /** There while systemd runs the machine. */
  readonly systemd?: string
  readonly timedatectl?: string
  readonly time?: Time
}

const askedForMs = 5_000
/** No service that keeps a clock right sets it back by as much. */
const setBackMs = 120_000

/**
 * A Raspberry Pi starts at the time it was last told to save, weeks back at worst. It is trusted once
 * systemd-timesyncd says that it has set it; without that service, once the kernel knows of another one
 * that did; where neither can be asked, when it is not before any time that was written down. Set back
 * by minutes, it is right only when one of them says so again.
 */
export function createSystemClock(parts: SystemClockParts = {}): SystemClock {
  const { timesync = '/run/systemd/timesync', time = systemTime } = parts
  const kernel = createKernelWord(parts, time)
  let notBefore = parts.notBefore ?? new Date(0)
  let isTrusted = false
  let seen = { wall: time.now(), ms: time.monotonicMs() }
  let askedAtMs = Number.NEGATIVE_INFINITY
  /** When timesyncd last set the clock, as that clock told; and when before the clock was set back. */
  let synchronized: Date | null = null
  let outdated: Date | null = null

  return {
    ...time,
    trusted() {
      if (wasSetBack()) distrust()
      if (!isTrusted || time.monotonicMs() - askedAtMs > askedForMs) {
        askedAtMs = time.monotonicMs()
        isTrusted = ask() || isTrusted
      }
      return isTrusted
    },
    wasAt(known) {
      if (known <= notBefore) return
      notBefore = known
      if (known > time.now()) isTrusted = false
    },
    async asked() {
      if (!existsSync(timesync)) await kernel.asked()
    },
  }

  function wasSetBack(): boolean {
    const before = seen
    seen = { wall: time.now(), ms: time.monotonicMs() }
    const jumpMs = seen.wall.getTime() - before.wall.getTime() - (seen.ms - before.ms)
    if (jumpMs > -setBackMs) return false
    if (isTrusted && before.wall > notBefore) notBefore = before.wall
    return true
  }

  function distrust(): void {
    isTrusted = false
    outdated = synchronized
    kernel.forget()
  }

  function ask(): boolean {
    if (!existsSync(timesync)) return kernel.word() ?? seen.wall >= notBefore
    synchronized = statSync(`${timesync}/synchronized`, { throwIfNoEntry: false })?.mtime ?? null
    if (synchronized === null || synchronized.getTime() === outdated?.getTime()) return false
    // Of a time that is still to come: it was set back after that.
    return synchronized <= seen.wall
  }
}

const systemTime: Time = { now: () => new Date(), monotonicMs: () => performance.now() }

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
