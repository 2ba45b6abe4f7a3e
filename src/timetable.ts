import cron from 'node-cron'
import type { Log } from './core/log.ts'

// What happens when; the only home of node-cron, which says which minutes a cron line means. It does
// not wake us (`_shared.js`, heartBeat and planBeat of 4.6): its timer waits for the next minute by wall
// time, so that a line of every minute is silent for an hour after the clock was set back by one; and
// set forward, it walks through each minute between, 5 s of a standing loop for four weeks (measured).

export interface Line {
  readonly name: string
  /** A cron line, or the seconds between two calls: these are of a clock that never jumps. */
  readonly when: string | { readonly everySeconds: number }
  readonly call: () => void | Promise<void>
}

/**
 * Starts all lines; a call that fails is logged and the line goes on. A cron line is called in each of
 * its minutes that begins, however wall time (`now`) came there. Returns how to stop them.
 */
export function startTimetable(
  lines: readonly Line[],
  log: Log,
  timeZone: string | null,
  now: () => Date = () => new Date(),
): () => void {
  const stops = lines.map(({ name, when, call }) => {
    const guarded = async () => {
      try {
        await call()
      } catch (error) {
        log.error({ error, line: name }, 'a line of the timetable failed')
      }
    }
    if (typeof when !== 'string') return every(when.everySeconds, guarded)
    const task = cron.createTask(when, () => {}, timeZone ? { timezone: timeZone } : {})
    let minute = minuteOf(now())
    const stop = every(1, () => {
      const before = minute
      minute = minuteOf(now())
      if (minute !== before && task.match(new Date(minute * minuteMs))) void guarded()
    })
    return () => {
      stop()
      void task.destroy()
    }
  })
  return () => {
    for (const stop of stops) stop()
  }
}

const minuteMs = 60_000
const minuteOf = (at: Date) => Math.floor(at.getTime() / minuteMs)

function every(seconds: number, call: () => void): () => void {
  const timer = setInterval(call, seconds * 1000)
  return () => clearInterval(timer)
}
