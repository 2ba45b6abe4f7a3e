import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { pdu, writeValue } from '../../src/demo/ber.ts'
import { createReader } from '../../src/snmp/status.ts'
import type { Faults, Row } from '../parts/agent.ts'
import { aPrinter, meantBy, read } from './printers.ts'

const whole = { ok: true, error: null, ...meantBy('alder-c440') }
const row = (oid: string, type = '2', text = '1'): Row => ({
  oid,
  value: writeValue(type, text) ?? Buffer.alloc(0),
})

describe('a printer that is not there', () => {
  test('costs one question and no more', async () => {
    const printer = await aPrinter({ faults: { hears: () => false } })
    const reading = await read(printer, { timeoutMs: 100, retries: 1 })
    expect(reading).toMatchObject({ ok: false, error: 'No answer', supplies: [] })
    // The same question in both versions, twice.
    expect(printer.requests).toHaveLength(4)
  })

  test('costs no more tries when its version is known', async () => {
    const printer = await aPrinter({ faults: { hears: () => false } })
    const reading = await read(printer, { known: '2c', timeoutMs: 100, retries: 1 })
    expect(reading).toMatchObject({ ok: false, error: 'No answer' })
    // All there is to ask, then the question in both versions.
    expect(printer.requests).toHaveLength(3)
  })

  test('is told at once where the address is in use without SNMP', async () => {
    const socket = createSocket('udp4')
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    const address = `127.0.0.1:${socket.address().port}`
    socket.close()
    // Longer than a test may take.
    expect(await read({ address }, { timeoutMs: 60_000 })).toMatchObject({
      ok: false,
      error: 'The address is in use, but nothing there answers SNMP',
    })
  })

  test('is told at once where no way leads to it', async () => {
    // Broadcast, which no socket may be connected to.
    expect(await read({ address: '127.255.255.255' }, { timeoutMs: 5000 })).toMatchObject({
      ok: false,
      error: 'The address cannot be reached from here (EACCES)',
    })
  })

  test('is read again when it is back', async () => {
    const printer = await aPrinter({ faults: { hears: () => false } })
    const reader = createReader({ timeoutMs: 500, retries: 0 })
    const target = {
      address: printer.address,
      community: 'public',
      version: 'auto',
      known: '2c',
    } as const
    expect((await reader.readPrinter(target)).ok).toBe(false)
    printer.faults = {}
    expect(await reader.readPrinter(target)).toMatchObject(whole)
    reader.close()
  })
})

describe('nothing is taken', () => {
  const ways: Record<string, Faults> = {
    'from another port': { fromAnotherPort: true },
    'that answers another request': {
      sends: (answer) => {
        const other = Buffer.from(answer)
        // The request id: past sequence, version, community `public` and the head of the PDU.
        const at = other.indexOf('public') + 'public'.length
        const id = other[at + 1] === 0x82 ? at + 4 : at + 2
        other[id + 2] = (other[id + 2] ?? 0) ^ 1
        return [other]
      },
    },
    'that comes with another community': {
      sends: (answer) => [
        Buffer.from(answer.toString('latin1').replace('public', 'secret'), 'latin1'),
      ],
    },
    'that is a request itself': {
      sends: (answer) => {
        const other = Buffer.from(answer)
        other[other.indexOf('public') + 'public'.length] = pdu.getNext
        return [other]
      },
    },
  }
  test.for(Object.entries(ways))('%s', async ([, faults]) => {
    const reading = await read(await aPrinter({ faults }), { timeoutMs: 100 })
    expect(reading).toMatchObject({ ok: false, error: 'No answer', supplies: [] })
  })
})

describe('a printer out of its mind costs one poll', () => {
  const level = '1.3.6.1.2.1.43.11.1.1.9'
  let count = 0
  const ways: Record<string, Faults> = {
    'with one row for ever': { next: () => row(`${level}.1.1`) },
    'with rows that never end': { next: (oid) => row(`${oid}.1`) },
    'with rows counted on for ever': {
      next: (oid) => {
        const arcs = oid.split('.')
        return row([...arcs.slice(0, -1), Number(arcs.at(-1)) + 1].join('.'))
      },
    },
    'with rows in any order': {
      next: () => {
        count += 1
        return row(`${level}.1.${(count * 7919) % 1000}`)
      },
    },
    'with names of its own': { next: () => row('1.3.6.1.4.1.99999.1.1') },
    'with names that are lower': { next: () => row('1.0.1') },
    'with half of each answer': { sends: (answer) => [answer.subarray(0, answer.length >> 1)] },
    'with an answer to everything but nothing in it': { next: () => undefined },
    'with integers of no octets': {
      next: (_, found) => found && { ...found, value: Buffer.from([2, 0]) },
    },
    'with values of no type': {
      next: (_, found) => found && { ...found, value: Buffer.from([0x99, 1, 1]) },
    },
  }
  test.for(
    Object.entries(ways).flatMap(([name, faults]) => [
      [name, '1', faults] as const,
      [name, '2c', faults] as const,
    ]),
  )('%s, in SNMP %s', async ([, version, faults]) => {
    const printer = await aPrinter({ faults })
    const reading = await read(printer, { version })
    expect(reading.supplies.length).toBeLessThanOrEqual(2048)
    expect(printer.requests.length).toBeLessThan(1000)
    printer.faults = {}
    expect(await read(printer)).toMatchObject(whole)
  })
})

test('does not say of a printer that it was never there when it was', async () => {
  const printer = await aPrinter({ faults: { hears: (_, count) => count <= 2 } })
  const error = 'Stopped answering in the middle of the reading'
  expect(await read(printer, { timeoutMs: 100 })).toMatchObject({ ok: false, error })
})

test('does not show half a printer when it falls silent in the middle', async () => {
  const printer = await aPrinter({ faults: { hears: (_, count) => count <= 2 } })
  expect(await read(printer, { known: '2c', timeoutMs: 100 })).toMatchObject({
    ok: false,
    error: 'Stopped answering in the middle of the reading',
    supplies: [],
    snmp: { version: '2c' },
  })
})

test('keeps what came right beside a cell that cannot be read', async () => {
  const broken = '1.3.6.1.2.1.43.11.1.1.9.1.2'
  const printer = await aPrinter({
    faults: {
      next: (_, found) =>
        found?.oid === broken ? { ...found, value: Buffer.from([2, 0]) } : found,
    },
  })
  const reading = await read(printer)
  expect(reading.ok).toBe(true)
  expect(reading.identity.serial).toBe('AL44000317')
  expect(reading.supplies.map(({ maxCapacity }) => maxCapacity)).toContain(8000)
  expect(reading.supplies[1]).toMatchObject({ level: null, levelState: 'absent', percent: null })
})

test('does not make numbers of what is none', async () => {
  const printer = await aPrinter()
  printer.set('1.3.6.1.2.1.43.11.1.1.9.1.1', '4', '6700')
  printer.set('1.3.6.1.2.1.43.11.1.1.9.1.2', '5', '')
  printer.set('1.3.6.1.2.1.43.11.1.1.9.1.3', '68x', '9f780400000000')
  printer.set('1.3.6.1.2.1.43.11.1.1.9.1.4', '70', '4000')
  printer.set('1.3.6.1.2.1.43.10.2.1.4.1.1', '2', '512')
  printer.set('1.3.6.1.2.1.43.11.1.1.6.1.1', '2', '5')
  const reading = await read(printer)
  expect(reading.supplies.map(({ level }) => level).slice(0, 4)).toEqual([null, null, null, 4000])
  expect(reading.supplies[0]?.description).toBe(null)
  expect(reading.pageCount).toBe(512)
})

test('outlives whatever octets come', async () => {
  // Lehmer's generator, so that a failure can be had again.
  let seed = 20_261
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % below
  }
  const printer = await aPrinter({
    faults: {
      sends: (answer) => {
        const spoilt = Buffer.from(answer)
        // Past the head, which an answer must have right to be looked at.
        for (let count = 0; count < 6; count += 1)
          spoilt[40 + random(answer.length - 40)] = random(256)
        return [spoilt]
      },
    },
  })
  const readings = Array.from({ length: 20 }, () => read(printer, { known: '2c', timeoutMs: 100 }))
  for (const reading of await Promise.all(readings)) expect(reading.address).toBe(printer.address)
  printer.faults = {}
  expect(await read(printer)).toMatchObject(whole)
})
