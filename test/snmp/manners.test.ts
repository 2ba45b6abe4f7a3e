import { describe, expect, test } from 'vitest'
import { binding, pdu, writeValue } from '../../src/demo/ber.ts'
import { createReader } from '../../src/snmp/status.ts'
import type { Faults, Row } from '../parts/agent.ts'
import { aPrinter, meantBy, read } from './printers.ts'

const whole = { ok: true, error: null, ...meantBy('alder-c440') }
const row = (oid: string, type = '2', text = '1'): Row => ({
  oid,
  value: writeValue(type, text) ?? Buffer.alloc(0),
})

describe('a printer is read whole although', () => {
  const noise = [
    Buffer.from('300'),
    Buffer.from([0x30, 0x03, 0x02]),
    Buffer.from([0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 0x02, 0x01, 0x00]),
    Buffer.from([0x30, 0x80, 0x02, 0x01, 0x00]),
    Buffer.from(`3088${'ff'.repeat(8)}`, 'hex'),
    Buffer.alloc(1400, 0xff),
    Buffer.alloc(60_000, 0x30),
    Buffer.alloc(0),
  ]
  const ways: Record<string, Faults> = {
    'it answers after a while': { delayMs: 40 },
    'its first two datagrams are lost': { hears: (_, count) => count > 2 },
    'every seventh datagram is lost': { hears: (_, count) => count % 7 !== 0 },
    'noise comes before each answer': { sends: (answer) => [...noise, answer] },
    'a cut copy comes before each answer': { sends: (answer) => [answer.subarray(0, 90), answer] },
    'a cut copy comes a moment before each answer': {
      blurts: (answer) => [answer.subarray(0, 90)],
      delayMs: 15,
    },
    'it answers everything twice': { sends: (answer) => [answer, answer] },
    'its replies are short': { mostOctets: 484 },
    'its replies are long': { mostOctets: 60_000 },
    'it is silent to long requests': { hears: ({ oids }) => oids.length <= 20 },
    'it answers long requests with genErr': {
      declines: ({ oids }) => (oids.length > 20 ? { status: 5, index: 0 } : null),
    },
    'it says tooBig of more than five': {
      declines: ({ oids }) => (oids.length > 5 ? { status: 1, index: 0 } : null),
    },
    'it does not know GETBULK': { hears: ({ pduType }) => pduType !== pdu.getBulk },
    'it refuses GETBULK': {
      declines: ({ pduType }) => (pduType === pdu.getBulk ? { status: 5, index: 0 } : null),
    },
    'it answers GETBULK with nothing': { bulk: () => [] },
    'it answers three bindings at a time': {
      bulk: ({ oids }, next) =>
        oids.slice(0, 3).map((oid) => {
          const found = next(oid)
          return binding(found?.oid ?? oid, found?.value ?? Buffer.from([0x82, 0]))
        }),
    },
    'it cuts its long answers': {
      sends: (answer, { oids }) => [oids.length > 30 ? answer.subarray(0, 700) : answer],
    },
  }
  test.for(Object.entries(ways))('%s', async ([, faults]) => {
    const reading = await read(await aPrinter({ faults }))
    expect(reading).toMatchObject(whole)
  })

  test.for(['1', '2c'] as const)(
    'every name is declined without an index, in SNMP %s',
    async (version) => {
      const printer = await aPrinter({
        versions: [version],
        faults: { declines: ({ oids }) => (oids.length > 1 ? { status: 2, index: 0 } : null) },
      })
      expect(await read(printer)).toMatchObject(whole)
    },
  )
})

test('asks for a name again that was lost with its neighbours, and then alone', async () => {
  const level = '1.3.6.1.2.1.43.11.1.1.9'
  let alone = 0
  const printer = await aPrinter({
    faults: {
      hears({ oids }) {
        if (alone > 1 || !oids.some((oid) => oid.startsWith(level))) return true
        if (oids.length === 1) alone += 1
        return alone > 1
      },
    },
  })
  expect(await read(printer, { timeoutMs: 300 })).toMatchObject(whole)
  expect(alone).toBe(2)
})

test('leaves a table whose rows come round again, with the rows it has', async () => {
  const level = '1.3.6.1.2.1.43.11.1.1.9.1'
  const printer = await aPrinter()
  printer.faults.next = (oid, found) => (oid === `${level}.8` ? row(`${level}.1`, '2', '9') : found)
  const reading = await read(printer, { known: '2c' })
  expect(reading).toMatchObject(whole)
  expect(printer.requests.length).toBeLessThan(10)
})

test('reads a table whose rows are out of order', async () => {
  const level = '1.3.6.1.2.1.43.11.1.1.9.1'
  const order = [5, 8, 1, 2, 3, 4, 6, 7]
  const printer = await aPrinter()
  printer.faults.next = (oid, found) => {
    if (oid === '1.3.6.1.2.1.43.11.1.1.9') return row(`${level}.5`, '2', '50')
    const at = order.indexOf(Number(oid.slice(level.length + 1)))
    if (!oid.startsWith(`${level}.`) || at === -1) return found
    const next = order[at + 1]
    return next === undefined
      ? row('1.3.6.1.2.1.43.12.1.1.2.1.1')
      : row(`${level}.${next}`, '2', '70')
  }
  const { supplies } = await read(printer)
  expect(supplies.map(({ index }) => index)).toEqual(
    [1, 2, 3, 4, 5, 6, 7, 8].map((at) => `1.${at}`),
  )
  expect(supplies.map(({ level }) => level)).toEqual([70, 70, 70, 70, 50, 70, 70, 70])
})

test('remembers a printer that chokes on long requests, and does not pay for it at every poll', async () => {
  const printer = await aPrinter({ faults: { hears: ({ oids }) => oids.length <= 20 } })
  const reader = createReader({ timeoutMs: 100, retries: 1 })
  const target = {
    address: printer.address,
    community: 'public',
    version: 'auto',
    known: '2c',
  } as const
  await reader.readPrinter(target)
  await reader.readPrinter(target)
  const before = printer.requests.length
  expect(await reader.readPrinter(target)).toMatchObject(whole)
  expect(printer.requests.slice(before).every(({ oids }) => oids.length <= 20)).toBe(true)
  reader.close()
})
