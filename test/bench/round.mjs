import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dist } from './platen.mjs'

// Rounds of platen's reading alone: round.mjs ROUNDS [WIDTH] ($TARGETS, $SNMP_PORT), as the rivals'
// scripts do. As wide as the sweep is where no width is given.

const { createReader } = await import(join(dist, 'snmp/status.js'))
const { settings } = await import(join(dist, 'config.js'))

const rounds = Number(process.argv[2])
const width = Number(process.argv[3] ?? settings.SNMP_CONCURRENCY.parse(undefined))
const hosts = readFileSync(process.env.TARGETS, 'utf8').trim().split('\n')
const reader = createReader({ timeoutMs: 1000, retries: 1 })
const known = new Map()
let failed = 0

async function lane(waiting) {
  for (let host = waiting.shift(); host; host = waiting.shift()) {
    const { ok, snmp } = await reader.readPrinter({
      address: `${host}:${process.env.SNMP_PORT}`,
      community: 'public',
      version: 'auto',
      known: known.get(host) ?? null,
    })
    if (ok) known.set(host, snmp.version)
    else failed++
  }
}

for (let round = 0; round < rounds; round++) {
  const waiting = [...hosts]
  await Promise.all(Array.from({ length: width }, () => lane(waiting)))
}
reader.close()
process.stdout.write(`${JSON.stringify({ failed })}\n`)
