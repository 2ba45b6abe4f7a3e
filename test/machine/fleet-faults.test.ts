import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import type { Reading } from '../../src/core/status/reading.ts'
import { createReader } from '../../src/snmp/status.ts'
import { startAgent } from '../parts/agent.ts'
import { type FleetFaults, startFleet } from '../parts/simulator.ts'

// A whole fleet behind a bad network, or of slow or old printers: what is told of each is what its recording
// says, or that it could not be read.

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0).reverse()) end()
})

const count = 120

test.for<[name: string, faults: FleetFaults, leastRead: number]>([
  ['that loses 5 % of all datagrams', { lossPercent: 5 }, 100],
  ['whose answers overtake each other', { jitterMs: 60 }, 110],
  ['of printers that do one thing at a time', { isSerial: true, jitterMs: 10 }, 110],
  ['of printers that speak version 1 alone', { v1OnlyPercent: 100 }, 110],
  ['with all of that', { lossPercent: 5, jitterMs: 30, isSerial: true, v1OnlyPercent: 30 }, 90],
])('a fleet %s is told truly, round after round', async ([, faults, leastRead]) => {
  const fleet = await startFleet({ count, deadPercent: 0, delayMs: 10, faults })
  ends.push(fleet.stop)
  const reader = createReader({ timeoutMs: 1000, retries: 1 })
  ends.push(() => reader.close())
  truth ??= await truthOf(fleet.printers)
  const seen = new Set<string>()
  for (let round = 1; round <= 3; round += 1) {
    const readings = await Promise.all(
      fleet.printers.map(({ address }) => reader.readPrinter({ address, ...asked })),
    )
    for (const [at, reading] of readings.entries()) {
      if (!reading.ok) {
        expect(reading.error).toMatch(/^(?:No answer|Stopped answering|Answers too slowly)/)
        continue
      }
      const recording = fleet.printers[at]?.recording ?? ''
      expect(factsOf(reading), recording).toEqual(truth.get(recording)?.[`${reading.snmp.version}`])
      seen.add(reading.address)
    }
    expect(readings.filter(({ ok }) => ok).length).toBeGreaterThanOrEqual(leastRead)
  }
  expect(seen.size).toBeGreaterThanOrEqual(leastRead)
})

test.for([
  ['a network card', '1.3.6.1.2.1.2.2.1.6'],
  ['a level', '1.3.6.1.2.1.43.11.1.1.9'],
] as const)(
  'a printer that never answers for %s is read for the rest by the defaults',
  async ([, column]) => {
    const walk = readFileSync(join(import.meta.dirname, '../walks/alder-c440.snmprec'))
    const hears = ({ oids }: { readonly oids: readonly string[] }) =>
      !oids.some((oid) => oid === column || oid.startsWith(`${column}.`))
    const printer = await startAgent({ walk, faults: { hears } })
    const { SNMP_TIMEOUT, SNMP_RETRIES: retries } = readConfig({}, () => '')
    const reader = createReader({ timeoutMs: SNMP_TIMEOUT * 1000, retries })
    ends.push(() => reader.close())
    const first = await reader.readPrinter({ address: printer.address, ...asked })
    const again = await reader.readPrinter({ address: printer.address, ...asked })
    await printer.stop()
    expect([first.error, again.error]).toEqual([null, null])
    expect(first.supplies.length).toBeGreaterThan(3)
    expect(again.supplies).toEqual(first.supplies)
  },
)

const asked = { community: 'public', version: 'auto', known: null } as const

/** What each recording says over a network that is well, by version. */
let truth: ReadonlyMap<string, Record<string, unknown>> | undefined

async function truthOf(printers: readonly { readonly recording: string }[]) {
  const reader = createReader({ timeoutMs: 20_000, retries: 1 })
  ends.push(() => reader.close())
  const recordings = [...new Set(printers.map(({ recording }) => recording))]
  const told = recordings.map(async (recording) => {
    const agent = await startAgent({ walk: readFileSync(recording) })
    const target = { address: agent.address, community: 'public', known: null }
    const first = await reader.readPrinter({ ...target, version: '1' })
    const second = await reader.readPrinter({ ...target, version: '2c' })
    await agent.stop()
    expect([first.error, second.error]).toEqual([null, null])
    return [recording, { '1': factsOf(first), '2c': factsOf(second) }] as const
  })
  return new Map<string, Record<string, unknown>>(await Promise.all(told))
}

/** All but the asking itself, and where. */
const factsOf = ({ address: _address, snmp: _snmp, ...facts }: Reading) => facts
