import { describe, expect, test } from 'vitest'
import { aPrinter, read } from './printers.ts'

// Printers with much to tell, and one thing in it that goes wrong: the rest is still told, in few requests.

const supplies = '1.3.6.1.2.1.43.11.1.1'

function walkOfSupplies(count: number): string {
  const rows = ['1.3.6.1.2.1.25.3.2.1.2.1|6|1.3.6.1.2.1.25.3.1.5']
  for (let row = 1; row <= count; row++) {
    rows.push(`${supplies}.6.1.${row}|4|Toner ${row}`)
    rows.push(`${supplies}.8.1.${row}|2|100`, `${supplies}.9.1.${row}|2|${row}`)
  }
  return rows.join('\n')
}

describe.each(['1', '2c'] as const)('in SNMP %s', (version) => {
  test('a column that the printer chokes on costs that column and not the reading', async () => {
    const printer = await aPrinter({
      walk: walkOfSupplies(20),
      faults: {
        declines: ({ oids }) =>
          oids.some((oid) => oid.startsWith('1.3.6.1.2.1.43.6.1.1.3'))
            ? { status: 5, index: 0 }
            : null,
      },
    })
    const reading = await read(printer, { version })
    expect(reading.ok).toBe(true)
    expect(reading.supplies.map(({ level }) => level)).toHaveLength(20)
    expect(printer.requests.length).toBeLessThan(60)
  })
})

test('one cell that cannot be told costs that cell and not the rows behind it', async () => {
  const bad = `${supplies}.9.1.3`
  const printer = await aPrinter({
    walk: walkOfSupplies(6),
    faults: {
      // Whatever would answer the third level breaks the whole request.
      declines: ({ oids }) =>
        oids.includes(bad) || oids.includes(`${supplies}.9.1.2`) ? { status: 5, index: 0 } : null,
    },
  })
  const reading = await read(printer, { version: '1' })
  expect(reading.ok).toBe(true)
  expect(reading.supplies.map(({ level }) => level)).toEqual([1, 2, null, null, 5, 6])
})

test('a table of 300 alerts is told whole', async () => {
  const rows = Array.from({ length: 300 }, (_, at) => [
    `1.3.6.1.2.1.43.18.1.1.2.1.${at + 1}|2|4`,
    `1.3.6.1.2.1.43.18.1.1.8.1.${at + 1}|4|Alert ${at + 1}`,
  ])
  const reading = await read(await aPrinter({ walk: rows.flat().join('\n') }), { timeoutMs: 1000 })
  expect(reading.alerts).toHaveLength(300)
  expect(reading.alerts.at(-1)?.description).toBe('Alert 300')
})
