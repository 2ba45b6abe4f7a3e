import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { startFleet } from './fleet.mjs'
import { dist } from './platen.mjs'
import { doing, printers, row, say } from './table.mjs'

// The same fleet undisturbed and on a bad network: each value that is told must be the right one. With
// one retry a request is lost for good once in 400 where one datagram in 20 is; such a printer may be
// silent, and says so.

const port = 16_281
const walks = { count: printers, port, walks: 'completed' }
const troubles = [
  { words: '5 % of the requests lost', how: { lossPercent: 5 }, maySilent: 0.02 },
  { words: 'one request at a time (--serial), 5 ms', how: { isSerial: true, delayMs: 5 } },
  { words: 'answers between 0 and 50 ms late', how: { jitterMs: 50 } },
]

export async function benchTruth() {
  doing('values on a bad network')
  const quiet = await startFleet(walks)
  const [right] = await readTwice(quiet.addresses)
  await quiet.stop()
  for (const { words, how, maySilent = 0 } of troubles) {
    const fleet = await startFleet({ ...walks, ...how })
    const rounds = await readTwice(fleet.addresses)
    await fleet.stop()
    say(`sweep: ${printers} printers, ${words}; a first round and a later one`)
    for (const [at, name] of ['first', 'later'].entries()) {
      const told = fleet.addresses.map((address) => [right.get(address), rounds[at].get(address)])
      const wrong = told.filter(([a, b]) => b.ok && !isDeepStrictEqual(facts(a), facts(b))).length
      const silent = told.filter(([, b]) => !b.ok).length
      row(`${name}: readings with a wrong value / all`, wrong / told.length, 0)
      const older = told.filter(([a, b]) => b.ok && a.snmp.version !== b.snmp.version).length
      row(`${name}: printers that were silent / all`, silent / told.length, maySilent)
      row(`${name}: printers asked by an older version than they speak / all`, older / told.length)
    }
  }
}

/** How it was asked, and what that cost, is no fact of the printer. */
const facts = ({ snmp, ...rest }) => rest

/** Two rounds by address. */
async function readTwice(addresses) {
  const { createReader } = await import(join(dist, 'snmp/status.js'))
  const { settings } = await import(join(dist, 'config.js'))
  const reader = createReader({ timeoutMs: 1000, retries: 1 })
  const rounds = []
  for (let round = 0; round < 2; round++) {
    const before = rounds[0] ?? new Map()
    const read = new Map()
    const waiting = [...addresses]
    const lane = async () => {
      for (let address = waiting.shift(); address; address = waiting.shift()) {
        const known = before.get(address)?.snmp.version ?? null
        const target = { address, community: 'public', version: 'auto', known }
        read.set(address, await reader.readPrinter(target))
      }
    }
    await Promise.all(Array.from({ length: settings.SNMP_CONCURRENCY.parse(undefined) }, lane))
    rounds.push(read)
  }
  reader.close()
  return rounds
}
