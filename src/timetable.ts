import cron from 'node-cron'
import type { Log } from './core/log.ts'

// What happens when; the only home of node-cron. Cron lines read wall time, so they are for what may
// be early or late; a printer's interval is asked of the monotonic clock, each second.

export interface Line {
  readonly name: string
  /** A cron line, or the seconds between two calls. */
  readonly when: string | { readonly everySeconds: number }
  readonly call: () => void | Promise<void>
}

/** Starts all lines; a call that fails is logged and the line goes on. Returns how to stop them. */
export function startTimetable(
  lines: readonly Line[],
  log: Log,
  timeZone: string | null,
): () => void {
  // node-cron's own goes to the terminal, where the dashboard is.
  const cronLog = {
    info: (words: string) => log.debug({}, words),
    debug: (words: string | Error) => log.debug({}, String(words)),
    warn: (words: string) => log.warn({}, words),
    error: (words: string | Error) => log.error({}, String(words)),
  }
  const stops = lines.map(({ name, when, call }) => {
    const guarded = async () => {
      try {
        await call()
      } catch (error) {
        log.error({ error, line: name }, 'a line of the timetable failed')
      }
    }
    if (typeof when !== 'string') {
      const timer = setInterval(guarded, when.everySeconds * 1000)
      return () => clearInterval(timer)
    }
    const options = {
      ...{ name, noOverlap: true, logger: cronLog },
      ...(timeZone ? { timezone: timeZone } : {}),
    }
    const task = cron.schedule(when, guarded, options)
    return () => task.stop()
  })
  return () => {
    for (const stop of stops) stop()
  }
}
