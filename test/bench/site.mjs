import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { startFleet } from './fleet.mjs'
import { aPrintRoom, wholeAnswer } from './platen.mjs'
import { counted, doing, median, printers, quantile, row, say, wait } from './table.mjs'

// The site with 1,000 printers: how many feeds a second 50 connections get, beside a bare node:http
// server that sends the same bytes, turn about; and how long the overview takes 20 people while it sweeps.

const connections = 50
const runs = counted('RUNS', 5)
const seconds = counted('SECONDS', 40)
const people = 20
const port = 16_284

export async function benchSite() {
  const fleet = await startFleet({ count: printers, port, walks: 'completed', delayMs: 20 })
  const room = aPrintRoom(fleet.addresses, { SNMP_POLL_INTERVAL_SECONDS: '5' })
  const users = Array.from({ length: people }, (_, at) => room.account(`USER-${at}`))
  const running = await room.serve()
  doing('until every printer was read')
  while ((await room.feed()).some(({ fetchedAt }) => fetchedAt === null)) await wait(500)

  doing(`the overview, ${people} people, ${seconds} seconds`)
  const took = await Promise.all(users.map((user, at) => visit(room, user, (at * 1000) / people)))
  const overview = took.flat()
  await running.stop()
  await fleet.stop()

  const { rates, bytes } = await feedBesideBare(room)
  room.clear()
  say(
    `site: ${printers} printers; ${overview.length} overviews of ${people} people while it sweeps`,
  )
  row('99th percentile of the overview / 100 ms', quantile(overview, 0.99) / 100, 1)
  say(`site: the feed, ${bytes} bytes, ${connections} connections, ${runs} runs turn about`)
  row('bare node:http / platen, answers a second', median(rates.bare) / median(rates.platen), 1.25)
}

/** Nobody sweeps meanwhile: the bare server does not either. */
async function feedBesideBare(room) {
  const running = await room.serve([], { SNMP_POLL_INTERVAL_SECONDS: '86400' })
  await wait(3000)
  const bytes = await room.ask('/api/v1/status')
  const bare = createServer((_, res) => {
    res.setHeader('Content-Length', bytes.length)
    res.end(bytes)
  }).listen(0, '127.0.0.1')
  await once(bare, 'listening')
  const rates = { platen: [], bare: [] }
  for (let run = 0; run < runs; run++) {
    doing(`the feed at ${connections} connections, run ${run + 1} of ${runs}`)
    rates.platen.push(await load(room.port, '/api/v1/status', room.authorization))
    rates.bare.push(await load(bare.address().port, '/'))
  }
  bare.close()
  await running.stop()
  return { rates, bytes: bytes.length }
}

/** Answers a second. */
async function load(port, path, ...more) {
  const clients = join(import.meta.dirname, 'site-clients.mjs')
  const words = [clients, port, path, connections, 4, ...more].map(String)
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  return Number(await text(child.stdout))
}

/** How long each overview took, once a second, in ms. */
async function visit(room, headers, afterMs) {
  const times = []
  const start = performance.now() + afterMs
  for (let second = 0; second < seconds; second++) {
    await wait(Math.max(0, start + second * 1000 - performance.now()))
    const from = performance.now()
    await wholeAnswer({ port: room.port, path: '/', headers })
    times.push(performance.now() - from)
  }
  return times
}
