import { describe, expect, test } from 'vitest'
import { createReader } from '../../src/snmp/status.ts'
import { startAgent } from '../parts/agent.ts'
import { aPrinter, meantBy, read, walkNames, walkOf } from './printers.ts'

describe.for(['2c', '1'] as const)('over SNMP %s', (version) => {
  test.for(walkNames)('reads %s whole', async (name) => {
    const reading = await read(await aPrinter({ walk: walkOf(name) }), { version })
    expect(reading).toMatchObject({ ok: true, error: null, ...meantBy(name) })
    expect(reading.snmp.version).toBe(version)
  })
})

test('reads the jam of a printer whose device is the third', async () => {
  const reading = await read(await aPrinter({ walk: walkOf('fir-mfp-third') }))
  expect(reading.device).toEqual({
    index: 3,
    model: 'Fir MFP 300',
    status: { code: 5, name: 'down' },
  })
  expect(reading.errors?.flags).toContain('jammed')
  expect(reading.alerts.map(({ codeName }) => codeName)).toEqual(['jam', 'inputMediaSupplyEmpty'])
})

test('sees an alert come and go between two polls', async () => {
  const printer = await aPrinter()
  expect((await read(printer)).alerts).toEqual([])
  printer.set('1.3.6.1.2.1.43.18.1.1.2.1.5', '2', '3')
  printer.set('1.3.6.1.2.1.43.18.1.1.7.1.5', '2', '8')
  const [alert] = (await read(printer)).alerts
  expect(alert).toMatchObject({ index: '1.5', severity: 'critical', codeName: 'jam' })
  printer.remove('1.3.6.1.2.1.43.18.1.1.2.1.5')
  printer.remove('1.3.6.1.2.1.43.18.1.1.7.1.5')
  expect((await read(printer)).alerts).toEqual([])
})

test('shows a printer that tells only its name as having told nothing else', async () => {
  const reading = await read(await aPrinter({ walk: '1.3.6.1.2.1.1.1.0|4|LABEL 4000\n' }))
  expect(reading).toMatchObject({ ok: true, supplies: [], trays: [], errors: null, status: null })
  expect(reading.system.description).toBe('LABEL 4000')
  expect(reading.device).toEqual({ index: null, model: null, status: null })
})

test('reads a printer that tells nothing at all', async () => {
  const reading = await read(await aPrinter({ walk: '' }))
  expect(reading).toMatchObject({ ok: true, supplies: [], pageCount: null })
})

test('takes four requests for a laser with eight supplies once its version is known', async () => {
  const printer = await aPrinter()
  const reading = await read(printer, { known: '2c' })
  expect(reading.ok).toBe(true)
  expect(reading.snmp.requests).toBeLessThanOrEqual(4)
  expect(printer.requests).toHaveLength(reading.snmp.requests)
})

test('counts the requests that were sent again', async () => {
  const printer = await aPrinter({ faults: { hears: (_, count) => count > 2 } })
  const reading = await read(printer)
  expect(reading.ok).toBe(true)
  expect(printer.requests).toHaveLength(reading.snmp.requests)
})

test('reads two hundred rows and not the thousands of an agent that makes them up', async () => {
  const rows = (count: number) =>
    Array.from({ length: count }, (_, at) => `1.3.6.1.2.1.43.11.1.1.9.1.${at + 1}|2|${at}`).join(
      '\n',
    )
  expect((await read(await aPrinter({ walk: rows(200) }))).supplies).toHaveLength(200)
  expect((await read(await aPrinter({ walk: rows(5000) }))).supplies).toEqual([])
})

test('reads a printer over IPv6', async () => {
  const printer = await aPrinter({ host: '::1' })
  expect(printer.address).toMatch(/^\[::1\]:\d+$/)
  expect((await read(printer)).identity.serial).toBe('AL44000317')
})

test('reads a printer by its name', async () => {
  const printer = await aPrinter()
  const address = printer.address.replace('127.0.0.1', 'localhost')
  expect(await read({ address })).toMatchObject({ ok: true, address })
})

test('says so when a name is not known', async () => {
  const reading = await read({ address: 'no-such-printer.invalid' })
  expect(reading).toMatchObject({ ok: false, error: 'The address is not known on this network' })
})

test('breaks off what is under way when it is closed', async () => {
  const printer = await startAgent({ walk: '', faults: { hears: () => false } })
  const reader = createReader({ timeoutMs: 10_000, retries: 1 })
  const target = {
    address: printer.address,
    community: 'public',
    version: 'auto',
    known: null,
  } as const
  const reading = reader.readPrinter(target)
  setTimeout(() => reader.close(), 50)
  expect(await reading).toMatchObject({ ok: false, error: 'The reading was broken off' })
  await printer.stop()
})
