import { expect, onTestFinished, test } from 'vitest'
import { Acquaintance } from '../../src/snmp/acquaintance.ts'
import { Doubtful } from '../../src/snmp/doubtful.ts'
import { read } from '../../src/snmp/read.ts'
import { createReader } from '../../src/snmp/status.ts'
import type { Agent, Faults } from '../parts/agent.ts'
import { aPrinter, meantBy } from './printers.ts'

// A printer that never answers for some of its objects, though for all others.

const names = '1.3.6.1.2.1.43.8.2.1.13'
const { trays = [], ...allTheRest } = meantBy('alder-c440')

function aReader({ wholeEveryMs = 0 } = {}) {
  const reader = createReader({ timeoutMs: 60, retries: 1, wholeEveryMs })
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

const isOfNames = ({ oids }: { readonly oids: readonly string[] }) =>
  oids.some((oid) => oid.startsWith(names))
const namesOf = (trays: readonly { readonly name: string | null }[]) =>
  trays.map(({ name }) => name)

test('what it was silent to is asked by itself at the next reading, and keeps nothing back', async () => {
  const { printer, silent } = await aPrinterSilentTo(names)
  const read = aReader()
  const first = await read(printer)
  const { length } = printer.requests
  const among = silent.requests
  const again = await read(printer)
  for (const reading of [first, again])
    expect(reading).toMatchObject({ ok: true, ...allTheRest, trays: [{ name: null }, {}, {}] })
  const asked = printer.requests.slice(length).filter(isOfNames)
  expect(asked.map(({ oids }) => oids.length)).toEqual([1, 1, 1, 1])
  expect(among).toBeGreaterThan(2 * asked.length)
})

test('as soon as it answers that again, it is told', async () => {
  const { printer, silent } = await aPrinterSilentTo(names)
  const read = aReader()
  for (const isSilent of [true, true, false, false, true, false]) {
    silent.is = isSilent
    const reading = await read(printer)
    expect(reading).toMatchObject({ ok: true, ...allTheRest })
    expect(namesOf(reading.trays)).toEqual(isSilent ? trays.map(() => null) : namesOf(trays))
  }
  const { length } = printer.requests
  await read(printer)
  const asked = printer.requests.slice(length).filter(isOfNames)
  expect(asked.filter(({ oids }) => oids.length === 1)).toEqual([])
  expect(asked).not.toEqual([])
})

test('a column that tells its later rows is asked with the others, which know where to go on', async () => {
  const printer = await aPrinter({ faults: { hears: ({ oids }) => !oids.includes(names) } })
  const read = aReader()
  for (let reading = 1; reading <= 3; reading += 1)
    expect(namesOf((await read(printer)).trays)).toEqual([null, ...namesOf(trays).slice(1)])
})

/** Somebody who has time for one or two of six columns that it does not answer. */
function aHastyReader({ address }: Agent) {
  const known = new Acquaintance()
  onTestFinished(() => known.close())
  const [host = '', port] = address.split(':')
  const place = { address: host, family: 4, port: Number(port) } as const
  const target = { address, community: 'public', version: '2c', known: null } as const
  const readOnce = async () => {
    const { error, reading } = await read({
      ...{ target, known, place, channel: known.channelTo(place), community: 'public' },
      ...{ timeoutMs: 60, retries: 1, wholeEveryMs: 0, userSession: null, context: null },
      // Nearly all of its ten seconds are over.
      startMs: performance.now() - 8400,
    })
    known.reading = reading ?? known.reading
    known.readMs = performance.now()
    return { error, told: reading?.outputs ?? null }
  }
  return { known, read: readOnce }
}

const bins = '1.3.6.1.2.1.43.9.2.1'
const tooSlow = { error: 'Answers too slowly to be read whole', told: null }

test('silent to more than there is time for, it is read when that is known', async () => {
  const { printer } = await aPrinterSilentTo(bins)
  const { read } = aHastyReader(printer)
  expect(await read()).toEqual(tooSlow)
  await expect.poll(read, { timeout: 100_000 }).toEqual({ error: null, told: [] })
}, 120_000)

test('asleep, it is not told to have none of what it told before; another in its place is', async () => {
  const { printer, silent } = await aPrinterSilentTo(bins)
  const { known, read } = aHastyReader(printer)
  silent.is = false
  const awake = await read()
  silent.is = true
  expect(await read()).toEqual(tooSlow)
  expect(known.doubtful.inTurn()).toEqual([])
  printer.set('1.3.6.1.2.1.1.2.0', '6', '1.3.6.1.4.1.99999.2')
  expect(await read()).toEqual(tooSlow)
  expect(known.doubtful.inTurn()).not.toEqual([])
  printer.set('1.3.6.1.2.1.1.2.0', '6', '1.3.6.1.4.1.99999.1.440')
  silent.is = false
  expect(await read()).toEqual(awake)
}, 120_000)

// Whatever is asked before them; past the capacity of the last tray.
const alerts = Buffer.from('2b060102012b1201', 'hex')
const lastCapacity = '1.3.6.1.2.1.43.8.2.1.9.1.3'
test.each([
  ['a table', { sends: (answer) => (answer.includes(alerts) ? [] : [answer]) }],
  ['the end of one', { hears: ({ oids }) => !oids.includes(lastCapacity) }],
] satisfies [string, Faults][])(
  'to be silent to %s is no reason to be read whole at each poll',
  async (_, faults) => {
    const printer = await aPrinter({ faults })
    const read = aReader({ wholeEveryMs: 3_600_000 })
    await read(printer)
    for (let reading = 1; reading <= 3; reading += 1)
      expect((await read(printer)).snmp.requests).toBeLessThan(10)
  },
)

test('of a card that answers for a printer which sleeps, nothing is put off', () => {
  const doubtful = new Doubtful()
  const columns = Array.from({ length: 17 }, (_, at) => `1.3.6.1.2.1.43.8.2.1.${at + 1}`)
  doubtful.add(columns.slice(1))
  expect(doubtful.inTurn()).toHaveLength(16)
  const ofItsMaker = Array.from({ length: 40 }, (_, at) => `1.3.6.1.4.1.367.3.2.1.${at + 1}`)
  doubtful.add(ofItsMaker)
  doubtful.add(columns)
  expect(doubtful.inTurn()).toEqual(expect.arrayContaining(ofItsMaker))
  expect(columns.filter((oid) => doubtful.has(oid))).toEqual([])
})

test('what is asked last takes turns', () => {
  const doubtful = new Doubtful()
  doubtful.add(['1', '2', '3'])
  expect([doubtful.inTurn(), doubtful.inTurn(), doubtful.inTurn()]).toEqual([
    ['1', '2', '3'],
    ['2', '3', '1'],
    ['3', '1', '2'],
  ])
})
