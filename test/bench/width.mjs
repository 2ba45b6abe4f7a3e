import { join } from 'node:path'
import { startFleet } from './fleet.mjs'
import { dist } from './platen.mjs'
import { doing, row, say } from './table.mjs'

// How wide a sweep should be: until every living printer is read for the first time, a tenth dead,
// platen's own timeout. The default of SNMP_CONCURRENCY comes from here.

const usual = 64

export async function benchWidth() {
  const fleet = await startFleet({ count: 200, deadPercent: 10, delayMs: 20, port: 16_282 })
  doing('how wide a sweep should be')
  const walls = new Map()
  for (const width of [16, usual, 256, 512]) walls.set(width, await livingRead(fleet, width))
  await fleet.stop()
  say(`sweep: until every living printer of 200 is read, 10 % dead; as a ratio to ${usual} wide`)
  for (const [width, wall] of walls) row(`${width} wide`, wall / walls.get(usual))
}

/** Milliseconds until the last living printer was read. */
async function livingRead({ addresses, living }, width) {
  const { createReader } = await import(join(dist, 'snmp/status.js'))
  const reader = createReader({ timeoutMs: 3000, retries: 1 })
  const started = performance.now()
  const waiting = [...addresses]
  let read = 0
  return new Promise((resolve) => {
    const next = async () => {
      const address = waiting.shift()
      if (!address) return
      const target = { address, community: 'public', version: 'auto', known: null }
      const { ok } = await reader.readPrinter(target)
      if (ok && ++read === living) {
        resolve(performance.now() - started)
        reader.close()
      }
      await next()
    }
    for (let lane = 0; lane < width; lane++) void next()
  })
}
