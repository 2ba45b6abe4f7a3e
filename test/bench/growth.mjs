import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

// A harness, run by memory.mjs: growth.mjs DIST ROUNDS, addresses on standard input. Sweep, reader and
// judgement over a clock that is moved on by hand, so that a round follows upon the other.

const [dist, wanted] = process.argv.slice(2)
const load = (file) => import(join(dist, file))
const { openStore } = await load('disk/store.js')
const { createSystemClock } = await load('disk/system-clock.js')
const { actOf } = await load('core/act.js')
const { importPrinters } = await load('core/printers/import.js')
const { createFleet } = await load('core/status/fleet.js')
const { createSweep } = await load('core/status/poll.js')
const { readConfig } = await load('config.js')
const { readerOf } = await load('reader.js')

const silent = () => {}
const log = { debug: silent, info: silent, warn: silent, error: silent, room: () => log }
const config = readConfig({ SNMP_TIMEOUT: '1', SNMP_POLL_INTERVAL_SECONDS: '5' }, () => '')
const intervalSeconds = config.SNMP_POLL_INTERVAL_SECONDS
const rules = {
  intervalSeconds,
  warningPercent: config.SUPPLY_WARNING_PERCENT,
  errorPercent: config.SUPPLY_ERROR_PERCENT,
  alarmReadings: config.ALARM_READINGS,
}
const folder = mkdtempSync(join(tmpdir(), 'platen-bench-'))
let elapsedMs = 0
const clock = { ...createSystemClock(), monotonicMs: () => elapsedMs }
const store = await openStore({ folder, log, clock })
const addresses = (await text(process.stdin)).trim().split('\n')
const csv = addresses.map((address, at) => `P-${at},${address}\n`).join('')
const act = actOf(clock, { by: 'bench', from: 'platen' })
await store.update((tx) => importPrinters(tx, `label,ipAddress\n${csv}`, act))

let isOver = silent
let heard = 0
const fleet = createFleet({ store, clock, rules })
const reader = readerOf(config)
const sweep = createSweep({
  ...{ store, fleet, clock, log, intervalSeconds, readPrinter: reader.readPrinter },
  concurrency: config.SNMP_CONCURRENCY,
  defaults: { community: config.SNMP_COMMUNITY, version: config.SNMP_VERSION },
  onHeard: () => {
    if (++heard % addresses.length === 0) isOver()
  },
})

async function round() {
  elapsedMs += intervalSeconds * 1000
  const over = new Promise((resolve) => {
    isOver = resolve
  })
  sweep.tick()
  await over
  while (sweep.progress().running > 0) await new Promise((resolve) => setImmediate(resolve))
}

/** After the first tenth everything that is kept once is there. */
const first = Math.ceil(Number(wanted) / 10)
for (let done = 0; done < first; done++) await round()
const early = await liveBytes()
for (let done = first; done < Number(wanted); done++) await round()
const late = await liveBytes()
await sweep.stop()
reader.close()
await store.close()
rmSync(folder, { recursive: true, force: true })
process.stdout.write(JSON.stringify({ early, late, between: Number(wanted) - first }))
process.exit(0)

async function liveBytes() {
  for (let times = 0; times < 3; times++) {
    globalThis.gc()
    await new Promise((resolve) => setImmediate(resolve))
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
