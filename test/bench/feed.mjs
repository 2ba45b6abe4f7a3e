import { once } from 'node:events'
import { createServer } from 'node:http'
import { startFleet } from './fleet.mjs'
import { aPrintRoom, wholeAnswer } from './platen.mjs'
import { doing, quantile, row, say, wait } from './table.mjs'

// The feed of 200 printers, asked again and again while the first sweep runs and after it, beside a
// bare node:http server that sends the same bytes.

export async function benchFeed() {
  doing('the feed')
  const fleet = await startFleet({ count: 200, deadPercent: 10, delayMs: 20, port: 16_283 })
  const room = aPrintRoom(fleet.addresses)
  const running = await room.serve()
  const { times, bytes } = await ask(() => room.ask('/api/v1/status'), 12_000)
  await running.stop()
  room.clear()
  await fleet.stop()

  const bare = createServer((_, res) => res.end(bytes)).listen(0, '127.0.0.1')
  await once(bare, 'listening')
  const { port } = bare.address()
  const { times: bareTimes } = await ask(() => wholeAnswer({ port, path: '/' }), 4000)
  bare.close()

  say(
    `feed: 200 printers, ${bytes.length} bytes, a client that asks 20 times a second while sweeps run`,
  )
  for (const share of [0.5, 0.99])
    row(
      `${share * 100}th percentile, platen / bare node:http`,
      quantile(times, share) / quantile(bareTimes, share),
    )
  row('99th percentile, platen / a frame of 100 ms', quantile(times, 0.99) / 100, 1)
}

async function ask(get, ms) {
  const times = []
  let bytes = Buffer.alloc(0)
  const end = performance.now() + ms
  while (performance.now() < end) {
    const started = performance.now()
    bytes = await get()
    times.push(performance.now() - started)
    await wait(50)
  }
  return { times, bytes }
}
