import { expect, onTestFinished, test } from 'vitest'
import { Acquaintance } from '../../src/snmp/acquaintance.ts'
import { type Outcome, read } from '../../src/snmp/read.ts'
import { createReader } from '../../src/snmp/status.ts'
import type { Agent } from '../parts/agent.ts'
import { aPrinter, meantBy } from './printers.ts'

// A printer that never answers for some of its objects, though for all others.

const names = '1.3.6.1.2.1.43.8.2.1.13'
const { trays, ...allTheRest } = meantBy('alder-c440')

function aReader() {
  const reader = createReader({ timeoutMs: 60, retries: 1, wholeEveryMs: 0 })
  onTestFinished(() => reader.close())
  return ({ address }: Agent) =>
    reader.readPrinter({ address, community: 'public', version: '2c', known: null })
}

/** Silent to a column while it is; how often that was asked. */
async function aPrinterSilentTo(column: string) {
  const printer = await aPrinter()
  const silent = { is: true, requests: 0 }
  printer.faults = {
    hears({ oids }) {
      const isAsked = oids.some((oid) => oid.startsWith(column))
      if (isAsked) silent.requests += 1
      return !(isAsked && silent.is)
    },
  }
  return { printer, silent }
}

const namesOf = (trays: readonly { readonly name: string | null }[]) =>
  trays.map(({ name }) => name)

test('what it was silent to in two readings is asked no more, and the rest is read', async () => {
  const { printer, silent } = await aPrinterSilentTo(names)
  const read = aReader()
  for (let reading = 1; reading <= 2; reading += 1) {
    const before = silent.requests
    expect(await read(printer)).toMatchObject({ ok: true, ...allTheRest })
    expect(silent.requests).toBeGreaterThan(before)
  }
  const before = silent.requests
  expect(await read(printer)).toMatchObject({ ok: true, ...allTheRest })
  expect(silent.requests).toBe(before)
})

test('what it was silent to in one reading is asked as ever', async () => {
  const { printer, silent } = await aPrinterSilentTo(names)
  const read = aReader()
  for (const isSilent of [true, false, true, false]) {
    silent.is = isSilent
    const reading = await read(printer)
    expect(reading).toMatchObject({ ok: true, ...allTheRest })
    expect(namesOf(reading.trays)).toEqual(isSilent ? trays.map(() => null) : namesOf(trays))
  }
})

test('a column of which some rows come is asked on', async () => {
  const { printer } = await aPrinterSilentTo(`${names}.1.1`)
  const read = aReader()
  for (let reading = 1; reading <= 3; reading += 1)
    expect(namesOf((await read(printer)).trays)).toContain('Tray 2')
})

test('silent to more than there is time for, it is read when that is known', async () => {
  const { printer } = await aPrinterSilentTo('1.3.6.1.2.1.43.9.2.1')
  const known = new Acquaintance()
  onTestFinished(() => known.close())
  const [address = '', port] = printer.address.split(':')
  const place = { address, family: 4, port: Number(port) } as const
  const readings: Outcome[] = []
  while (!readings.at(-1)?.reading && readings.length < 30)
    readings.push(
      await read({
        target: { address, community: 'public', version: '2c', known: null },
        ...{ known, place, channel: known.channelTo(place), community: 'public', context: null },
        ...{ timeoutMs: 60, retries: 1, wholeEveryMs: 0, userSession: null },
        // All of its ten seconds but for what one or two of the six columns take.
        startMs: performance.now() - 8400,
      }),
    )
  expect(readings[0]).toMatchObject({ error: 'Answers too slowly to be read whole', reading: null })
  const { supplies } = meantBy('alder-c440')
  expect(readings.at(-1)).toMatchObject({ error: null, reading: { supplies } })
})

test.each([
  ['switched off and on', '1.3.6.1.2.1.1.3.0', '67', '500'],
  ['another one', '1.3.6.1.2.1.43.5.1.1.17.1', '4', 'AL44000999'],
])('%s, it is asked for everything again', async (_, oid, type, value) => {
  const { printer, silent } = await aPrinterSilentTo(names)
  const read = aReader()
  for (let reading = 1; reading <= 3; reading += 1) await read(printer)
  silent.is = false
  expect(namesOf((await read(printer)).trays)).not.toContain('Tray 2')
  printer.set(oid, type, value)
  await read(printer)
  expect(namesOf((await read(printer)).trays)).toEqual(namesOf(trays))
})
