import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createReader } from '../../dist/snmp/status.js'
import { median, rivals, say, startFleet } from './fleet.mjs'

// One round over 200 printers, 20 ms an answer: our reading beside npm net-snmp used column by column
// and used well, in turns; then how wide a sweep should be with a tenth of the printers dead.

const pairs = 3

/** Wall seconds of one round, in a process of its own, start-up included. */
async function timed(args, env) {
  const started = performance.now()
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: 'ignore' })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}`)
  return (performance.now() - started) / 1000
}

export async function benchSweep() {
  const quick = await startFleet({ count: 200, deadPercent: 0, delayMs: 20, port: 16_281 })
  const env = { TARGETS: quick.targets, SNMP_PORT: String(quick.port) }
  const modules = { MODULES: join(import.meta.dirname, '../..') }
  const ours = []
  const ratios = { naive: [], well: [] }
  for (let pair = 0; pair < pairs; pair++) {
    const mine = await timed([join(import.meta.dirname, 'round.mjs'), '64'], env)
    ours.push(mine)
    for (const how of ['naive', 'well'])
      ratios[how].push(
        mine /
          (await timed([join(rivals, `poll-netsnmp-${how}.mjs`), '64'], { ...env, ...modules })),
      )
  }
  quick.stop()
  say(
    'sweep: wall of one round, 200 printers, 20 ms, 64 wide; platen reads every table of the contract',
  )
  say(`  platen / npm net-snmp column by column (20 columns)  ${median(ratios.naive).toFixed(2)}`)
  say(`  platen / npm net-snmp, few GETBULK (20 columns)      ${median(ratios.well).toFixed(2)}`)

  const fleet = await startFleet({ count: 200, deadPercent: 10, delayMs: 20, port: 16_282 })
  const walls = new Map()
  for (const width of [8, 16, 32, 64, 128, 256]) walls.set(width, await livingRead(fleet, width))
  fleet.stop()
  say(
    'sweep: until every living printer of 200 is read, 10 % dead, the defaults; as a ratio to 64 wide',
  )
  for (const [width, wall] of walls)
    say(`  ${String(width).padStart(3)} wide  ${(wall / walls.get(64)).toFixed(2)}`)
}

/** Milliseconds until the last living printer was read. */
async function livingRead({ addresses, living }, width) {
  const reader = createReader({ timeoutMs: 3000, retries: 1 })
  const started = performance.now()
  const waiting = [...addresses]
  let read = 0
  return new Promise((resolve) => {
    const next = async () => {
      const address = waiting.shift()
      if (!address) return
      const { ok } = await reader.readPrinter({
        address,
        community: 'public',
        version: 'auto',
        known: null,
      })
      if (ok && ++read === living) {
        resolve(performance.now() - started)
        reader.close()
      }
      await next()
    }
    for (let lane = 0; lane < width; lane++) void next()
  })
}
