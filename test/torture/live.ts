import { setTimeout as wait } from 'node:timers/promises'
import { importPrinters } from '../../src/core/printers/import.ts'
import type { Printer } from '../../src/core/printers/printer.ts'
import { createFleet } from '../../src/core/status/fleet.ts'
import { createReader } from '../../src/snmp/status.ts'
import { createAct } from '../parts/act.ts'
import { createTestClock } from '../parts/clock.ts'
import { createMemoryStore } from '../parts/store.ts'

// A reader and a fleet that hears what it reads: the two that remember printers.

/** Live octets of heap and buffers, after all that can go is gone. */
export async function liveOctets(): Promise<number> {
  if (!globalThis.gc) throw new Error('node --expose-gc')
  for (let time = 0; time < 4; time += 1) {
    globalThis.gc()
    await wait(20)
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

export async function aWatch(addresses: readonly string[], timeoutMs = 1000) {
  const store = createMemoryStore()
  const clock = createTestClock()
  const rows = addresses.map((address, at) => `P-${at},${address}\n`)
  const csv = `label,ipAddress\n${rows.join('')}`
  await store.update((tx) => importPrinters(tx, csv, createAct()))
  const emptyOctets = await liveOctets()
  const rules = { intervalSeconds: 300, warningPercent: 20, errorPercent: 10, alarmReadings: 2 }
  const fleet = createFleet({ store, clock, rules })
  const reader = createReader({ timeoutMs, retries: 1 })
  const printers = Object.values(store.state.printers)

  async function poll(printer: Printer, address: string): Promise<boolean> {
    const known = fleet.knownVersion(printer)
    const target = { address, community: 'public', version: '2c', known } as const
    const reading = await reader.readPrinter({ ...target, silentPolls: fleet.failures(printer) })
    fleet.heard(printer, reading)
    return reading.ok
  }

  return {
    emptyOctets,
    /** Everybody once, side by side; says how many were read. */
    async round(at: (printer: Printer) => string = ({ ipAddress }) => ipAddress): Promise<number> {
      clock.advance(300_000)
      let read = 0
      const waiting = [...printers]
      const width = Array.from({ length: 128 }, async () => {
        for (let next = waiting.pop(); next; next = waiting.pop())
          if (await poll(next, at(next))) read += 1
      })
      await Promise.all(width)
      return read
    },
    savedOctets: () => JSON.stringify(fleet.save()).length,
    close: () => reader.close(),
  }
}
