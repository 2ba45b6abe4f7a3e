import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { quantile, say, startFleet } from './fleet.mjs'

// The feed of 200 printers, asked again and again while the first sweep runs and after it, beside a
// bare node:http server that sends the same bytes.

const program = join(import.meta.dirname, '../../dist/main.js')
const port = 16_290

export async function benchFeed() {
  const fleet = await startFleet({ count: 200, deadPercent: 10, delayMs: 20, port: 16_283 })
  const folder = mkdtempSync(join(tmpdir(), 'platen-bench-'))
  const env = {
    ...process.env,
    PLATEN_DATA_DIR: join(folder, 'data'),
    PLATEN_HTTP_PORT: String(port),
    PLATEN_HTTP_HOST: '127.0.0.1',
    PLATEN_LOG_LEVEL: 'warn',
    SNMP_POLL_INTERVAL_SECONDS: '5',
  }
  const platen = (args, input = '') =>
    spawnSync(process.execPath, [program, ...args], { env, input, encoding: 'utf8' }).stdout.trim()
  const csv = join(folder, 'printers.csv')
  writeFileSync(
    csv,
    `label,ipAddress\n${fleet.addresses.map((a, at) => `P-${at},${a}\n`).join('')}`,
  )
  platen(['import', csv, '--as', 'printers'])
  platen(['people', 'add', 'BENCH', '--role', 'administrator'], 'correct horse battery\n')
  const headers = { authorization: `Bearer ${platen(['people', 'token', 'BENCH'])}` }

  const child = spawn(process.execPath, [program, 'serve', '--no-console'], {
    env,
    stdio: 'ignore',
  })
  const url = `http://127.0.0.1:${port}/api/v1/status`
  while (!(await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null)))
    await new Promise((resolve) => setTimeout(resolve, 20))
  const { times, bytes } = await ask(url, headers, 12_000)
  child.kill()
  await once(child, 'exit')
  fleet.stop()

  const bare = createServer((_, res) => res.end(bytes)).listen(port, '127.0.0.1')
  await once(bare, 'listening')
  const { times: bareTimes } = await ask(url, {}, 4000)
  bare.close()

  say(
    `feed: 200 printers, ${bytes.length} bytes, a client that asks 20 times a second while sweeps run`,
  )
  for (const share of [0.5, 0.99])
    say(
      `  ${share * 100}th percentile, platen / bare node:http  ` +
        (quantile(times, share) / quantile(bareTimes, share)).toFixed(2),
    )
  say(`  99th percentile, platen / a frame of 100 ms  ${(quantile(times, 0.99) / 100).toFixed(2)}`)
}

async function ask(url, headers, ms) {
  const times = []
  let bytes = Buffer.alloc(0)
  const end = performance.now() + ms
  while (performance.now() < end) {
    const started = performance.now()
    const answer = await fetch(url, { headers })
    if (answer.status !== 200) throw new Error(`the feed answered ${answer.status}`)
    bytes = Buffer.from(await answer.arrayBuffer())
    times.push(performance.now() - started)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { times, bytes }
}
