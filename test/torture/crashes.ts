import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { type Again, type Depth, type Searched, searchCrashes } from '../parts/search.ts'

// What test/disk/store-crashes.test.ts searches, with longer histories and more crashes of each. A
// history a seed: it can go on from any.

/** What npm test has no time for. */
export const depth: Depth = { most: 24, changes: 60 }

const everyMs = 5_000

/** null: so many states, and nothing found; else what is wrong, and where it can be had again. */
export async function searchForLong(count: number, first: number): Promise<string | null> {
  console.log(`from seed ${first}: ${count} states after a power cut`)
  const since = performance.now()
  const progress = { states: 0, next: first, saidAt: since }
  let wrong: string | null = null
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  say()
  return wrong

  async function work(): Promise<void> {
    const worker = new Worker(new URL('./crashes-worker.js', import.meta.url))
    while (progress.states < count && wrong === null) {
      const found = await searchIn(worker, progress.next++)
      progress.states += found.states
      wrong ??= found.wrong
      if (performance.now() - progress.saidAt > everyMs) say()
    }
    await worker.terminate()
  }

  function say(): void {
    progress.saidAt = performance.now()
    const perSecond = Math.round((progress.states * 1000) / (progress.saidAt - since))
    console.log(`${progress.states} states, ${perSecond} a second; next is seed ${progress.next}`)
  }
}

/** One history whole, or one crash of it, as a failure names them: `61` or `61 17 2.0.1`. */
export async function searchAgain(seed: number, again: Again | null): Promise<string | null> {
  const { states, moments, wrong } = await searchCrashes(seed, { ...depth, again })
  console.log(`seed ${seed}: ${states} states at ${moments} moments`)
  return wrong
}

async function searchIn(worker: Worker, seed: number): Promise<Searched> {
  worker.postMessage(seed)
  // Throws where the worker does.
  const [found] = await once(worker, 'message')
  return found
}
