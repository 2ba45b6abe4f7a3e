import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'

// A harness, run by console.mjs: board.mjs DIST SECONDS UPDATES, a message with the addresses first. The
// console over the running program's facts: store, fleet, sweep and keeping are its own, each printer is read
// once, and what that brought is heard again and again. The clock is moved on by hand.

const [dist, seconds, updates] = process.argv.slice(2)
const load = (file) => import(join(dist, file))
const { readConfig } = await load('config.js')
const { actOf } = await load('core/act.js')
const { createConsole } = await load('console/console.js')
const { watchKept } = await load('console/kept.js')
const { createFirstCode } = await load('core/people/first-code.js')
const { importPrinters } = await load('core/printers/import.js')
const { createFleet } = await load('core/status/fleet.js')
const { createSweep } = await load('core/status/poll.js')
const { createSensors } = await load('disk/sensors.js')
const { openStore } = await load('disk/store.js')
const { createSystemClock } = await load('disk/system-clock.js')
const { factsOf } = await load('facts.js')
const { openKeeping } = await load('keeping.js')
const { createOutbox } = await load('mail/outbox.js')
const { mailSiteOf, postOf } = await load('post.js')
const { readerOf } = await load('reader.js')

const sizes = [
  [80, 24],
  [240, 67],
]
const viewKeys = '123456'
const silent = () => {}
const log = { debug: silent, info: silent, warn: silent, error: silent, room: () => log }
const config = readConfig({ SNMP_TIMEOUT: '1', PLATEN_SITE: 'Print room North' }, () => '')
const intervalSeconds = config.SNMP_POLL_INTERVAL_SECONDS
const folder = mkdtempSync(join(tmpdir(), 'platen-bench-'))
/** Seconds that the clock was moved on. */
let moved = 0
let answered = 0
const system = createSystemClock()
const clock = {
  ...system,
  now: () => new Date(system.now().getTime() + moved * 1000),
  monotonicMs: () => system.monotonicMs() + moved * 1000,
}
const store = await openStore({ folder, log, clock })
const rules = {
  intervalSeconds,
  warningPercent: config.SUPPLY_WARNING_PERCENT,
  errorPercent: config.SUPPLY_ERROR_PERCENT,
  // Each change is to be seen at once.
  alarmReadings: 1,
}
const fleet = createFleet({ store, clock, rules })
const heardOf = new Map()
const sweep = createSweep({
  ...{ store, fleet, clock, log, intervalSeconds },
  ...{ errorIntervalSeconds: config.SNMP_ERROR_INTERVAL_SECONDS, concurrency: 16 },
  defaults: { community: config.SNMP_COMMUNITY, version: config.SNMP_VERSION },
  readPrinter: ({ address }) => wait(40, heardOf.get(address)),
  onHeard: (_printer, _reading, { isNews }) => {
    if (isNews) for (const board of boards) board.redraw()
  },
})
const keeping = await openKeeping({
  config,
  folder,
  version: '0',
  clock,
  log,
  store,
  fleet,
  isDemo: true,
})
const outbox = createOutbox({
  ...{ store, clock, log, post: postOf(config), fallback: config.EMAIL_TO },
  site: mailSiteOf(config),
})
const facts = factsOf({
  parts: { config, clock, version: '0', folder },
  ...{ store, fleet, sweep, keeping, outbox, port: 8080, traps: null },
  ...{ kept: watchKept(store, config.PLATEN_CONSOLE_NAMES), firstCode: createFirstCode() },
  ...{ sensors: createSensors({ folder }), startedAt: clock.now().toISOString() },
})
const boards = new Set()

const [addresses] = await once(process, 'message')
const printers = await fill()
const told = { redraw: {}, idle: {}, bytes: {}, updates: {} }
for (const size of sizes) told.idle[size] = await idle([size], silent)
told.idle.reading = await idle([sizes[1]], answers)
told.idle.ten = await idle(
  Array.from({ length: 10 }, () => sizes[1]),
  silent,
)
for (const size of sizes) told.redraw[size] = await redraws(size)
for (const size of sizes) told.bytes[size] = await bytesOfViews(size)
told.updates = await manyUpdates(sizes[1])
await outbox.stop()
await store.close()
rmSync(folder, { recursive: true, force: true })
process.send(told)
process.disconnect()

/** The printers in their buildings, each as it answered; heard over an interval, the last a minute ago. */
async function fill() {
  const reader = readerOf(config)
  const asked = { community: 'public', version: 'auto', known: null }
  for (const address of addresses)
    heardOf.set(address, await reader.readPrinter({ address, ...asked }))
  reader.close()
  const rows = addresses.map((address, at) => {
    const place = `Building ${String.fromCharCode(65 + (at % 12))},${at % 9}F`
    return `P-${String(at).padStart(4, '0')},${address},${place}\n`
  })
  const act = actOf(clock, { by: 'bench', from: 'command line' })
  const csv = `label,ipAddress,building,location\n${rows.join('')}`
  await store.update((tx) => importPrinters(tx, csv, act))
  const all = Object.values(store.state.printers)
  for (const printer of all) {
    moved += 120 / all.length
    fleet.heard(printer, heardOf.get(printer.ipAddress))
  }
  moved += 60
  return all
}

/** A console on a terminal of that size, which takes what it is sent and counts it. */
function aBoard([columns, rows]) {
  const output = Object.assign(new PassThrough(), { columns, rows })
  const sent = { bytes: 0, at: 0 }
  output.on('data', (bytes) => {
    sent.bytes += bytes.length
    sent.at = performance.now()
  })
  const input = new PassThrough()
  const board = createConsole({
    ...{ input, output, terminal: 'linux', noColor: false, leaves: 'at-once', facts },
    wishes: { layout: 'auto', wallSeconds: null, night: 'off', bell: 'off' },
    looks: {
      past: () => Promise.resolve({ days: [], silences: [], replaced: [] }),
      pageOf: () => null,
    },
    acts: { checkPin: null, names: () => [], leave: silent, pollNow: sweep.pollNow },
    log: (error) => {
      throw error
    },
  })
  boards.add(board)
  return {
    ...{ sent, drawNow: board.drawNow, press: (key) => input.write(key) },
    close() {
      boards.delete(board)
      board.close()
    },
  }
}

/** It jams, and it does not: another each time. */
function happen(at) {
  const printer = printers[Math.floor(at / 2) % printers.length]
  const reading = heardOf.get(printer.ipAddress)
  const errors = { raw: '0400', flags: ['jammed'] }
  const { isNews } = fleet.heard(printer, at % 2 === 0 ? { ...reading, errors } : reading)
  if (!isNews) throw new Error(`nothing is new at ${printer.label}`)
}

/** Milliseconds from a change to the last byte of its drawing. */
async function redraws(size) {
  const board = aBoard(size)
  const took = []
  for (let at = 0; at < 110; at++) {
    await wait(10)
    const from = performance.now()
    happen(at)
    board.drawNow()
    await turn()
    await turn()
    if (board.sent.at < from) throw new Error('nothing was drawn')
    if (at >= 10) took.push(board.sent.at - from)
  }
  board.close()
  return took
}

/** Bytes in each of three minutes, by view: the clock and the ages go on as the console's own ticks draw them. */
async function bytesOfViews(size) {
  const byView = {}
  for (const key of viewKeys) {
    const board = aBoard(size)
    board.press(key)
    await settled()
    const minutes = []
    for (let minute = 0; minute < 3; minute++) {
      const before = board.sent.bytes
      for (let tick = 0; tick < 6; tick++) {
        moved += 10
        board.drawNow()
        await settled()
      }
      minutes.push(board.sent.bytes - before)
    }
    byView[key] = minutes
    board.close()
  }
  return byView
}

async function settled() {
  await wait(5)
  await turn()
}

/** Share of a processor while nothing is new. */
async function idle(those, meanwhile) {
  const all = those.map(aBoard)
  // Warm, and without the rubbish of what went before.
  for (let at = 0; at < 20; at++) for (const { drawNow } of all) drawNow()
  await liveBytes()
  await wait(2000)
  const work = setInterval(meanwhile, 500)
  const before = process.cpuUsage()
  await wait(Number(seconds) * 1000)
  const { user, system: kernel } = process.cpuUsage(before)
  clearInterval(work)
  for (const board of all) board.close()
  return (user + kernel) / 1e6 / Number(seconds)
}

function answers() {
  void sweep.pollNow(printers[answered++ % printers.length].id)
}

/** Eight hours compressed: bytes of the heap before and after, once everything is there that is kept once. */
async function manyUpdates(size) {
  const board = aBoard(size)
  const update = async (at) => {
    moved += (8 * 3600) / Number(updates)
    happen(at)
    board.drawNow()
    await turn()
  }
  for (let at = 0; at < 2000; at++) await update(at)
  const before = await liveBytes()
  for (let at = 0; at < Number(updates); at++) await update(at)
  const after = await liveBytes()
  board.close()
  return { before, after }
}

async function liveBytes() {
  for (let times = 0; times < 3; times++) {
    globalThis.gc()
    await turn()
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
