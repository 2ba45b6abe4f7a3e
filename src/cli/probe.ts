import { parseArgs } from 'node:util'
import { readAddress } from '../core/printers/address.ts'
import type { Reading } from '../core/status/reading.ts'
import { type Desk, printable, table, type Verb, WrongUsage } from './verb.ts'

export const probeVerb: Verb = {
  help: `platen probe HOST[:PORT] [--community C] [--snmp 1|2c|3] [--context N] [--json]

  Reads one printer whole and prints what it answered. Exit: 0 it answered, 1 it did not.

  --community C   instead of SNMP_COMMUNITY; of SNMP 3 the name of a user of SNMP_USERS
  --snmp 1|2c|3   ask in this version only; without, 2c and then 1
  --context N     a part of the printer that answers apart, as HP's Jetdirect (community C@N)
  --json          all of it, as JSON
`,
  async run(args, desk) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        community: { type: 'string' },
        snmp: { type: 'string' },
        context: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    })
    const [address, ...more] = positionals
    if (!address || more.length > 0) throw new WrongUsage('Name one printer.')
    if (!readAddress(address)) throw new WrongUsage(`${address} is no address like 10.0.0.7:161.`)
    const { snmp, community = desk.community } = values
    if (snmp !== undefined && snmp !== '1' && snmp !== '2c' && snmp !== '3')
      throw new WrongUsage(`--snmp ${snmp} is not spoken; 1, 2c and 3 are.`)
    const reading = await desk.readPrinter({
      address,
      community,
      version: snmp ?? 'auto',
      known: null,
      context: values.context || null,
    })
    if (values.json) desk.out(`${JSON.stringify(reading, null, 2)}\n`)
    else tell(reading, desk)
    return reading.ok ? 0 : 1
  },
}

function tell(reading: Reading, desk: Desk): void {
  if (!reading.ok) {
    desk.err(`${reading.address}: ${reading.error}\n`)
    return
  }
  const { system, device, identity, snmp } = reading
  const facts: (readonly [string, string | number | null | undefined])[] = [
    ['address', reading.address],
    ['snmp', `${snmp.version}, ${snmp.requests} requests, ${snmp.ms} ms`],
    ['description', system.description],
    ['object id', system.objectId],
    ['name', system.name],
    ['location', system.location],
    ['up', system.uptimeSeconds === null ? null : `${system.uptimeSeconds} s`],
    ['device', device.index],
    ['model', device.model],
    ['serial', identity.serial],
    ["maker's model", identity.model],
    ['firmware', identity.firmware],
    ['printer name', identity.printerName],
    ['MAC', identity.macAddresses.join(' ') || null],
    ['device status', device.status?.name],
    ['status', reading.status?.name],
    ['errors', reading.errors && (reading.errors.flags.join(', ') || 'none')],
    ['page count', reading.pageCount],
    ["maker's counters", reading.counters && countersIn(reading.counters)],
    ['panel', reading.console.join(' | ') || null],
  ]
  desk.out(table(facts.map(([name, value]) => [name, String(value ?? '-')])))
  section(desk, 'supplies', reading.supplies, (row) => [
    row.index,
    row.description,
    row.kind,
    row.colour,
    level(row),
  ])
  section(desk, 'trays', reading.trays, (row) => [
    row.index,
    row.name ?? row.description,
    row.media,
    level(row),
  ])
  section(desk, 'outputs', reading.outputs, (row) => [
    row.index,
    row.name ?? row.description,
    level(row),
  ])
  section(desk, 'covers', reading.covers, (row) => [row.index, row.description, row.status])
  section(desk, 'alerts', reading.alerts, (row) => [
    row.index,
    row.severity,
    row.codeName,
    row.description,
  ])
}

function section<Row>(
  desk: Desk,
  title: string,
  rows: readonly Row[],
  cells: (row: Row) => (string | null)[],
): void {
  desk.out(`\n${title}${rows.length > 0 ? '' : ': none told'}\n`)
  desk.out(table(rows.map((row) => ['', ...cells(row).map((cell) => printable(cell ?? '-'))])))
}

/** 'total 812, mono 700, colour 112', of what is told. */
function countersIn({ source: _, ...counts }: NonNullable<Reading['counters']>): string {
  const told = Object.entries(counts).filter(([, count]) => count !== null)
  return told.map(([name, count]) => `${name} ${count}`).join(', ')
}

type Level = Pick<
  Reading['trays'][number],
  'unit' | 'maxCapacity' | 'level' | 'levelState' | 'percent'
>

/** '42 %', 'some left', '180 of 550 sheets', '?': never a number that nobody knows. */
function level(row: Level & { readonly source?: string }): string {
  const isOther = row.source !== undefined && row.source !== 'printer-mib'
  if (isOther && row.percent !== null) return `${row.percent} %, by ${row.source}`
  if (row.levelState === 'someRemaining') return 'some left'
  if (row.levelState === 'noRestriction') return 'no limit'
  if (row.levelState !== 'value') return '?'
  const of = row.maxCapacity !== null && row.maxCapacity > 0 ? ` of ${row.maxCapacity}` : ''
  const amount = `${row.level}${of} ${row.unit ?? ''}`.trim()
  return row.percent === null ? amount : `${row.percent} % (${amount})`
}
