import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Reading } from '../../src/core/status/reading.ts'
import { createReader } from '../../src/snmp/status.ts'
import { startAgent } from '../parts/agent.ts'

// Every recorded printer, served over UDP and read over both versions, compared cell for cell with what
// its recording means. $RECORDINGS: a folder of NAME.snmprec with NAME.expected.json.

const folder = process.env.RECORDINGS ?? join(import.meta.dirname, '../../../shared/recordings')
const names = existsSync(folder)
  ? readdirSync(folder)
      .filter((file) => file.endsWith('.snmprec'))
      .map((file) => file.slice(0, -'.snmprec'.length))
  : []

test('has recordings to read', () => {
  expect(names.length, `set RECORDINGS to a folder of recordings; none in ${folder}`).not.toBe(0)
})

describe.for(['2c', '1'] as const)('over SNMP %s', (version) => {
  test.for(names)('reads %s as it is meant', async (name) => {
    const agent = await startAgent({ walk: readFileSync(join(folder, `${name}.snmprec`)) })
    const target = { address: agent.address, community: 'public', version, known: null }
    // One of its own: the system may give two agents one port, and a reader remembers who was there.
    const reader = createReader({ timeoutMs: 5000, retries: 1 })
    const reading = await reader.readPrinter(target)
    reader.close()
    await agent.stop()
    const expected: Expected = JSON.parse(
      readFileSync(join(folder, `${name}.expected.json`), 'utf8'),
    )
    expect(reading.error).toBe(null)
    expect(asRecorded(reading, expected)).toEqual(wanted(expected))
  })
})

type Cells = Record<string, unknown>
interface Expected extends Cells {
  readonly supplies: readonly Cells[]
  readonly alerts: readonly Cells[]
  readonly trays: readonly Cells[]
  readonly outputs: readonly Cells[]
  readonly covers: readonly Cells[]
  readonly markers: readonly Cells[]
}

const keys = {
  facts: [
    ...['sysDescr', 'sysObjectID', 'hrDeviceIndex', 'model', 'printerName', 'serial', 'pageCount'],
    ...['hrPrinterStatus', 'hrPrinterStatusName', 'hrDeviceStatus', 'hrDeviceStatusName'],
    ...['errorState', 'errorFlags', 'consoleLines'],
  ],
  supplies: [
    ...['index', 'description', 'class', 'type', 'unit', 'maxCapacity', 'level', 'levelState'],
    ...['percent', 'colorant'],
  ],
  alerts: [
    ...['index', 'severity', 'group', 'groupIndex', 'location', 'code', 'codeName'],
    'description',
  ],
  trays: [
    ...['index', 'name', 'description', 'media', 'unit', 'maxCapacity', 'level', 'levelState'],
    'percent',
  ],
  outputs: ['index', 'name', 'description', 'unit', 'maxCapacity', 'remaining', 'remainingState'],
  covers: ['index', 'description', 'status'],
  markers: ['index', 'lifeCount', 'unit'],
}

function wanted(expected: Expected): Cells {
  const rows = (rows: readonly Cells[], keys: readonly string[]) =>
    rows.map((row) => pick(row, keys))
  return {
    ...pick(expected, keys.facts),
    supplies: rows(expected.supplies, keys.supplies),
    alerts: rows(expected.alerts, keys.alerts),
    trays: rows(expected.trays, keys.trays),
    outputs: rows(expected.outputs, keys.outputs),
    covers: rows(expected.covers, keys.covers),
    markers: rows(expected.markers, keys.markers),
  }
}

const pick = (row: Cells, keys: readonly string[]): Cells =>
  Object.fromEntries(keys.map((key) => [key, row[key] ?? null]))

/** A reading in the words of the expected files. */
function asRecorded(reading: Reading, expected: Expected): Cells {
  return {
    sysDescr: reading.system.description,
    sysObjectID: reading.system.objectId,
    hrDeviceIndex: reading.device.index,
    model: reading.device.model,
    printerName: reading.identity.printerName,
    // The recordings mean Printer-MIB alone; what a maker tells beside it is tested with the makers.
    serial: expected.serial === null ? null : reading.identity.serial,
    pageCount: reading.pageCount,
    hrPrinterStatus: reading.status?.code ?? null,
    hrPrinterStatusName: reading.status?.name ?? null,
    hrDeviceStatus: reading.device.status?.code ?? null,
    hrDeviceStatusName: reading.device.status?.name ?? null,
    errorState: reading.errors?.raw ?? null,
    errorFlags: reading.errors?.flags ?? null,
    consoleLines: reading.console,
    supplies: reading.supplies.map((supply, at) => {
      const colorant = expected.supplies[at]?.colorant
      const same = typeof colorant === 'string' && colorant.toLowerCase() === supply.colour
      const percent = supply.source === 'printer-mib' ? supply.percent : null
      return { ...pick(supply, keys.supplies), percent, colorant: same ? colorant : null }
    }),
    alerts: reading.alerts.map((alert) => pick(alert, keys.alerts)),
    trays: reading.trays.map((tray) => pick(tray, keys.trays)),
    outputs: reading.outputs.map((output) => ({
      ...pick(output, keys.outputs),
      remaining: output.level,
      remainingState: output.levelState,
    })),
    covers: reading.covers.map((cover) => pick(cover, keys.covers)),
    markers: reading.markers.map((marker) => pick(marker, keys.markers)),
  }
}
