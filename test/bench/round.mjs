import { readFileSync } from 'node:fs'
import { createReader } from '../../dist/snmp/status.js'

// One round of platen's reading: round.mjs WIDTH ($TARGETS, $SNMP_PORT), as the rivals' scripts do.

const width = Number(process.argv[2])
const waiting = readFileSync(process.env.TARGETS, 'utf8').trim().split('\n')
const reader = createReader({ timeoutMs: 1000, retries: 1 })

async function lane() {
  for (let host = waiting.shift(); host; host = waiting.shift())
    await reader.readPrinter({
      address: `${host}:${process.env.SNMP_PORT}`,
      community: 'public',
      version: '2c',
      known: '2c',
    })
}

await Promise.all(Array.from({ length: width }, lane))
reader.close()
