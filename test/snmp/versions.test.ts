import { expect, test } from 'vitest'
import { aPrinter, read } from './printers.ts'

test('prefers 2c where a printer speaks both', async () => {
  expect((await read(await aPrinter())).snmp.version).toBe('2c')
})

test('prefers 2c where that answer comes a moment after the other', async () => {
  const printer = await aPrinter({ faults: { delayMs: ({ version }) => (version === 0 ? 1 : 20) } })
  expect((await read(printer)).snmp.version).toBe('2c')
})

test('speaks 1 to a printer that speaks nothing else', async () => {
  const reading = await read(await aPrinter({ versions: ['1'] }))
  expect(reading).toMatchObject({ ok: true, snmp: { version: '1' } })
  expect(reading.supplies).toHaveLength(8)
})

test('speaks 2c to a printer that has 1 switched off', async () => {
  const reading = await read(await aPrinter({ versions: ['2c'] }))
  expect(reading).toMatchObject({ ok: true, snmp: { version: '2c' } })
})

test('asks a known printer at once, without finding out first', async () => {
  const printer = await aPrinter()
  await read(printer, { known: '2c' })
  expect(printer.requests[0]?.oids.length).toBeGreaterThan(40)
  expect(printer.requests.every(({ version }) => version === 1)).toBe(true)
})

test('finds the other version when a printer was put in another one’s place', async () => {
  const reading = await read(await aPrinter({ versions: ['1'] }), { known: '2c' })
  expect(reading).toMatchObject({ ok: true, snmp: { version: '1' } })
  expect(reading.supplies).toHaveLength(8)
})

test('asks in the version that was set and in no other', async () => {
  const printer = await aPrinter({ versions: ['1'] })
  expect(await read(printer, { version: '2c' })).toMatchObject({ ok: false, error: 'No answer' })
  expect(printer.requests.every(({ version }) => version === 1)).toBe(true)
})

test('gets no answer with another community', async () => {
  const printer = await aPrinter({ community: 'print-room' })
  expect(await read(printer)).toMatchObject({ ok: false, error: 'No answer' })
  expect(await read(printer, { community: 'print-room' })).toMatchObject({ ok: true })
})

test('one lost datagram at first contact does not make a printer slow for good', async () => {
  let lost = 0
  const printer = await aPrinter({
    faults: { hears: ({ version }) => version === 0 || ++lost > 1 },
  })
  expect((await read(printer)).snmp.version).toBe('2c')
})
