import type { Clock } from '../core/clock.ts'
import { newId } from '../core/ids.ts'
import type { Log } from '../core/log.ts'
import type { Found, Search, SearchOrder, SearchProgress } from '../core/printers/found.ts'
import { Refusal } from '../core/refusal.ts'

// A search of the network that people watch from the site: one at a time, for all of them together.

export interface RunningSearch {
  readonly id: string
  readonly range: string | null
  readonly link: boolean
  /** Who began it. */
  readonly by: string
  readonly progress: SearchProgress
  /** null: it is still under way. */
  readonly found: Found | null
  /** Why it ended without finding out anything, in a sentence; null: it did not. */
  readonly broke: string | null
}

export function searchState({ found, broke }: RunningSearch): 'running' | 'done' | 'broken' {
  if (found) return 'done'
  return broke === null ? 'running' : 'broken'
}

export interface Searches {
  /** The one that runs, or the last, for half an hour after its end. */
  latest(): RunningSearch | null
  /** Refuses `missing`. */
  get(id: string): RunningSearch
  /** Refuses `invalid` what is no range, `conflict` while another one runs. */
  start(
    order: Pick<SearchOrder, 'range' | 'link' | 'community'>,
    by: string,
  ): Promise<RunningSearch>
  /** It ends with what was found by then. */
  stop(): void
}

const keptMs = 30 * 60_000

export function createSearches(parts: {
  readonly search: Search
  readonly clock: Pick<Clock, 'monotonicMs'>
  readonly log: Log
}): Searches {
  const { clock } = parts
  const log = parts.log.room('search')
  let current: RunningSearch | null = null
  let endedMs = 0
  let stopping = new AbortController()

  const isRunning = () => current !== null && searchState(current) === 'running'

  function latest(): RunningSearch | null {
    if (!isRunning() && clock.monotonicMs() - endedMs > keptMs) current = null
    return current
  }

  function note(id: string, news: Partial<RunningSearch>): void {
    if (current?.id === id) current = { ...current, ...news }
    if (!isRunning()) endedMs = clock.monotonicMs()
  }

  return {
    latest,
    get(id) {
      const found = latest()
      if (found?.id === id) return found
      throw new Refusal('missing', 'There is no such search; the last one is kept half an hour.')
    },
    async start({ range, link, community }, by) {
      if (isRunning())
        throw new Refusal(
          'conflict',
          `${current?.by} is searching the network already. Wait until that has ended, or stop it.`,
        )
      const id = newId('n')
      const before = current
      const progress = { asked: 0, of: 0, answered: 0 }
      current = { id, range, link, by, progress, found: null, broke: null }
      stopping = new AbortController()
      let refused: Refusal | null = null
      const { signal: stop } = stopping
      const onProgress = (at: SearchProgress) => note(id, { progress: at })
      void parts.search({ range, link, community, stop, onProgress }).then(
        (found) => note(id, { found }),
        (error: unknown) => {
          if (error instanceof Refusal) refused = error
          else log.error({ error }, 'a search for printers broke')
          const sentence = 'The search broke; the log of platen says more.'
          note(id, { broke: refused?.message ?? sentence })
        },
      )
      // What is no range is told before anything is asked.
      await new Promise((resolve) => setImmediate(resolve))
      if (refused === null) return current
      current = before
      throw refused
    },
    stop: () => stopping.abort(),
  }
}
