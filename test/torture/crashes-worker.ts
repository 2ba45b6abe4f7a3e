import { parentPort } from 'node:worker_threads'
import { searchCrashes } from '../parts/search.ts'
import { depth } from './crashes.ts'

// Seeds in, what was found out: a processor more for the search.

parentPort?.on('message', async (seed: number) => {
  parentPort?.postMessage(await searchCrashes(seed, depth))
})
