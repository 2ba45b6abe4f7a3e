import { get } from 'node:http'
import type { SweepProgress } from './core/status/status.ts'
import type { Line } from './timetable.ts'

// What the service's watchdog lives on: not that a timer runs, but that the sweep gets on and that the
// site answers, both since the last time.

export interface PulseParts {
  readonly progress: () => SweepProgress
  /** Where the site answers this machine: `http://127.0.0.1:8080`. */
  readonly site: string
  /** Both have moved on. */
  readonly alive: () => void
}

const lookSeconds = 10

export function pulseLines({ progress, site, alive }: PulseParts): Line[] {
  const moved = new Set<'sweep' | 'site'>()
  const beat = (part: 'sweep' | 'site') => {
    moved.add(part)
    if (moved.size < 2) return
    moved.clear()
    alive()
  }
  return [
    {
      name: 'pulse of the sweep',
      when: { everySeconds: lookSeconds },
      call: () => {
        if (getsOn(progress(), lookSeconds)) beat('sweep')
      },
    },
    {
      name: 'pulse of the site',
      when: { everySeconds: lookSeconds },
      call: async () => {
        if (await answers(`${site}/healthz`)) beat('site')
      },
    },
  ]
}

/** A printer that is silent for long is asked each quarter of an hour (core/status/poll.ts). */
const longestPauseSeconds = 15 * 60

/**
 * At work: a printer answered, or was found silent, since the last look. Idle: the last time is not
 * longer ago than a printer may be left alone.
 */
export function getsOn(sweep: SweepProgress, sinceSeconds: number): boolean {
  const { running, waiting, lastHeardSecondsAgo: ago, intervalSeconds } = sweep
  const isIdle = running + waiting === 0
  const most = isIdle ? longestPauseSeconds + 2 * intervalSeconds : sinceSeconds
  return ago === null ? isIdle : ago <= most
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(address, { agent: false, timeout: lookSeconds * 1000 }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    request.on('timeout', () => request.destroy())
    request.on('error', () => resolve(false))
  })
}
