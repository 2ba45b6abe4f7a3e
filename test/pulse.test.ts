import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import type { SweepProgress } from '../src/core/status/status.ts'
import { getsOn, pulseLines } from '../src/pulse.ts'

// What the watchdog of the service is fed by.

const sweep = (progress: Partial<SweepProgress>): SweepProgress => ({
  ...{ intervalSeconds: 300, running: 0, waiting: 0, lastHeardSecondsAgo: 4 },
  ...progress,
})

it.each([
  ['idle between two rounds', { lastHeardSecondsAgo: 290 }, true],
  ['without a printer', { lastHeardSecondsAgo: null }, true],
  ['with none but printers that are silent for days', { lastHeardSecondsAgo: 900 }, true],
  ['at work, an answer a moment ago', { running: 64, waiting: 400, lastHeardSecondsAgo: 1 }, true],
  ['at work, and nobody answered or fell silent', { running: 3, lastHeardSecondsAgo: 11 }, false],
  ['at its very first, and nothing yet', { running: 3, lastHeardSecondsAgo: null }, false],
  ['not called any more', { lastHeardSecondsAgo: 1600 }, false],
])('a sweep that is %s', (_, progress, does) => {
  expect(getsOn(sweep(progress), 10)).toBe(does)
})

it('is alive only when sweep and site have both moved since the last time', async () => {
  let status = 200
  const server = createServer((_, response) => response.writeHead(status).end()).listen(0)
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  let progress = sweep({})
  let alive = 0
  const [lookAtSweep, lookAtSite] = pulseLines({
    progress: () => progress,
    site: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    alive: () => {
      alive += 1
    },
  })
  const look = async (times = 1) => {
    for (let time = 0; time < times; time++)
      await Promise.all([lookAtSweep?.call(), lookAtSite?.call()])
    return alive
  }
  expect(await look(3)).toBe(3)
  status = 500
  expect(await stands()).toBe(true)
  status = 200
  expect(await look(3)).toBeGreaterThan(3)
  progress = sweep({ running: 1, lastHeardSecondsAgo: 60 })
  expect(await stands()).toBe(true)
  progress = sweep({})
  expect(await stands()).toBe(false)
  server.close()
  expect(await stands()).toBe(true)

  /** What one of them did before may count once; after that nothing moves. */
  async function stands(): Promise<boolean> {
    const before = await look(1)
    return (await look(5)) === before
  }
})
