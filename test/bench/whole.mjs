import { join } from 'node:path'

// A harness, run by platen.mjs: whole.mjs DIST PAUSE_MS. The whole program as main.ts starts it, with a
// reader that notes when readings are under way. Its monotonic clock stands still during a round and
// the pause after it, then it is an interval further: each round is one of all that are due.

const [dist, pauseMs] = process.argv.slice(2)
const load = (file) => import(join(dist, file))
const { startPlaten } = await load('app.js')
const { findSettings } = await load('environment.js')
const { readerOf } = await load('reader.js')
const { createLog } = await load('log.js')
const { createSystemClock } = await load('disk/system-clock.js')

/** Times since the epoch in ms, so that another process can lay its own beside them. */
const now = () => performance.timeOrigin + performance.now()

/** Each: from the first asking to the last reading with no moment between in which none ran. */
const rounds = []
let running = 0
let elapsedMs = 0
const begin = () => {
  if (running++ === 0) rounds.push({ from: now(), to: null, read: 0, silent: 0 })
}
const end = ({ ok }) => {
  const round = rounds.at(-1)
  round[ok ? 'read' : 'silent']++
  if (--running > 0) return
  round.to = now()
  setTimeout(() => {
    if (running === 0) elapsedMs += config.SNMP_POLL_INTERVAL_SECONDS * 1000
  }, Number(pauseMs))
}

/** When a timer of a millisecond fired: perf_hooks' own histogram cannot leave out the pauses. */
let fired = []
const turn = () => {
  fired.push(now())
  setTimeout(turn, 1)
}
turn()

const clock = createSystemClock()
const { config, folder } = findSettings(process.env, join(dist, '..'))
const reader = readerOf(config)
const platen = await startPlaten({
  ...{ config, folder, version: '0.0.0', terminal: null, leave: () => {} },
  log: createLog(config.PLATEN_LOG_LEVEL, null),
  clock: { ...clock, monotonicMs: () => elapsedMs },
  reader: {
    ...reader,
    async readPrinter(target) {
      begin()
      const reading = await reader.readPrinter(target)
      end(reading)
      return reading
    },
  },
})

process.on('message', async () => {
  const told = { rounds: rounds.filter(({ to }) => to !== null), delays: delays() }
  fired = []
  process.send({ ...told, liveBytes: await liveBytes() })
})
process.on('SIGTERM', async () => {
  await platen.stop()
  process.exit(0)
})

/** Milliseconds that each turn of the loop was late, of the turns that met a round. */
function delays() {
  const met = (from, to) => rounds.some((round) => from < (round.to ?? to) && to > round.from)
  return fired
    .slice(1)
    .map((at, before) => [fired[before], at])
    .filter(([from, to]) => met(from, to))
    .map(([from, to]) => Math.max(0, to - from - 1))
}

/** Of the heap and outside of it, what is still held after a collection between two rounds. */
async function liveBytes() {
  while (running > 0) await new Promise((resolve) => setTimeout(resolve, 1))
  for (let times = 0; times < 3; times++) {
    globalThis.gc()
    await new Promise((resolve) => setImmediate(resolve))
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
