import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createReader, type ReaderSettings } from '../../src/snmp/status.ts'
import type { Agent, Row } from '../parts/agent.ts'
import { aPrinter, meantBy } from './printers.ts'

const whole = { ok: true, error: null, ...meantBy('alder-c440') }
const printerMib = '1.3.6.1.2.1.43'
const alertColumns: readonly (readonly [column: number, type: string, value: string])[] = [
  [2, '2', '3'],
  [4, '2', '8'],
  [5, '2', '2'],
  [6, '2', '-1'],
  [7, '2', '8'],
  [8, '4', 'Paper jam in tray 1'],
]

/** Somebody who reads the same printer again and again. */
function aReader(settings: Partial<ReaderSettings> = {}) {
  const reader = createReader({ timeoutMs: 1000, retries: 1, ...settings })
  onTestFinished(() => reader.close())
  return ({ address }: Agent, silentPolls = 0) =>
    reader.readPrinter({
      ...{ address, community: 'public', version: 'auto', known: null, silentPolls },
    })
}

async function met(settings: Partial<ReaderSettings> = {}) {
  const printer = await aPrinter()
  const read = aReader(settings)
  const first = await read(printer)
  return { printer, read: () => read(printer), first }
}

describe('a printer that was read before', () => {
  test('is read again in three requests at most, all under way together', async () => {
    const { printer, read, first } = await met()
    const before = printer.requests.length
    const askedByThen: number[] = []
    printer.faults = {
      delayMs: 40,
      sends: (answer) => {
        askedByThen.push(printer.requests.length - before)
        return [answer]
      },
    }
    expect(await read()).toMatchObject(whole)
    const asked = printer.requests.length - before
    expect(asked).toBeLessThanOrEqual(3)
    expect(askedByThen).toEqual(askedByThen.map(() => asked))
    expect(first.snmp.requests).toBeGreaterThan(3)
  })

  test('that rests is told by the very same tables, so that nobody looks through them', async () => {
    const { read, first } = await met()
    const again = await read()
    for (const key of ['supplies', 'alerts', 'trays', 'console', 'covers', 'identity'] as const)
      expect(again[key]).toBe(first[key])
  })

  test.for([
    ['a level', '11.1.1.9.1.1', '2', '12', { supplies: 0, level: 12 }],
    ['a counter', '10.2.1.4.1.1', '65', '84214', { pageCount: 84_214 }],
    ['the panel', '16.5.1.2.1.1', '4', 'Paper jam', { console: 'Paper jam' }],
    ['a cover', '6.1.1.3.1.1', '2', '3', { covers: 'coverOpen' }],
    ['a tray', '8.2.1.10.1.2', '2', '17', { trays: 1, level: 17 }],
  ] as const)('tells %s as it is now', async ([, oid, type, value]) => {
    const { printer, read, first } = await met()
    await read()
    printer.set(`${printerMib}.${oid}`, type, value)
    const now = await read()
    expect(now).not.toMatchObject(whole)
    expect(now).toMatchObject(await aReader()(printer).then(({ snmp: _asked, ...told }) => told))
    expect(first.system).toEqual(now.system)
  })

  test('shows a new alert in the next reading, and no more when it is gone', async () => {
    const { printer, read, first } = await met()
    await read()
    for (const [column, type, value] of alertColumns)
      printer.set(`${printerMib}.18.1.1.${column}.1.77`, type, value)
    const jammed = await read()
    expect(jammed.alerts).toHaveLength(first.alerts.length + 1)
    expect(jammed.alerts.at(-1)).toMatchObject({ codeName: 'jam', severity: 'critical' })
    expect((await read()).alerts).toBe(jammed.alerts)
    for (const [column] of alertColumns) printer.remove(`${printerMib}.18.1.1.${column}.1.77`)
    expect((await read()).alerts).toEqual(first.alerts)
  })

  test('shows a new supply in the next reading', async () => {
    const { printer, read, first } = await met()
    await read()
    printer.set(`${printerMib}.11.1.1.6.1.99`, '4', 'Staples')
    printer.set(`${printerMib}.11.1.1.8.1.99`, '2', '5000')
    printer.set(`${printerMib}.11.1.1.9.1.99`, '2', '4000')
    const now = await read()
    expect(now.supplies).toHaveLength(first.supplies.length + 1)
    expect(now.supplies.at(-1)).toMatchObject({ description: 'Staples', percent: 80 })
  })

  test('shows a swapped cartridge whole in the next reading', async () => {
    const { printer, read } = await met()
    await read()
    printer.set(`${printerMib}.11.1.1.6.1.1`, '4', 'Black Toner XL SN:42')
    // Its unit is one of those that hardly change.
    printer.set(`${printerMib}.11.1.1.7.1.1`, '2', '7')
    expect((await read()).supplies[0]).toMatchObject({
      description: 'Black Toner XL SN:42',
      unit: 'impressions',
    })
  })

  test('is asked for everything again when its settings were changed', async () => {
    const { printer, read } = await met()
    await read()
    printer.set(`${printerMib}.8.2.1.13.1.2`, '4', 'Letterhead')
    expect((await read()).trays[1]?.name).toBe('Tray 1')
    printer.set(`${printerMib}.5.1.1.1.1`, '65', '5')
    expect((await read()).trays[1]?.name).toBe('Letterhead')
  })

  test('is asked for everything again when it was switched off and on', async () => {
    const { printer, read } = await met()
    await read()
    printer.set('1.3.6.1.2.1.1.6.0', '4', 'Basement')
    printer.set('1.3.6.1.2.1.1.3.0', '67', '1200')
    expect((await read()).system).toMatchObject({ location: 'Basement', uptimeSeconds: 12 })
  })

  test('is asked for everything again after its time', async () => {
    const { printer, read } = await met({ wholeEveryMs: 60 })
    printer.set('1.3.6.1.2.1.1.6.0', '4', 'Basement')
    await wait(70)
    expect((await read()).system.location).toBe('Basement')
  })

  test('is not taken for another of its kind that was put in its place', async () => {
    const { printer, read } = await met()
    await read()
    printer.set(`${printerMib}.5.1.1.17.1`, '4', 'AL44000999')
    printer.set('1.3.6.1.2.1.2.2.1.6.2', '4x', '02a1b2c3d4ff')
    expect((await read()).identity).toMatchObject({
      serial: 'AL44000999',
      macAddresses: ['02:A1:B2:C3:D4:FF'],
    })
  })

  test('tells that it is up longer now, whatever else is new', async () => {
    const { printer, read } = await met()
    await read()
    printer.set('1.3.6.1.2.1.1.3.0', '67', '918273888')
    expect((await read()).system.uptimeSeconds).toBe(9_182_738)
    printer.set(`${printerMib}.10.2.1.4.1.1`, '65', '84299')
    const before = printer.requests.length
    expect((await read()).pageCount).toBe(84_299)
    expect(printer.requests.length - before).toBeLessThanOrEqual(3)
    printer.set('1.3.6.1.2.1.1.3.0', '67', '918273999')
    expect((await read()).system.uptimeSeconds).toBe(9_182_739)
  })

  test('that loses datagrams is asked again for what is missing alone', async () => {
    const { printer, read } = await met()
    await read()
    const before = printer.requests.length
    printer.faults = { hears: (_, count) => count !== before + 1 }
    expect(await read()).toMatchObject(whole)
    expect(printer.requests.length - before).toBeLessThanOrEqual(4)
  })

  test('that declines such questions is read whole each time', async () => {
    const { printer, read } = await met()
    printer.faults = {
      declines: ({ oids, pduType }) =>
        oids.length > 12 && pduType === 0xa1 ? { status: 5, index: 0 } : null,
    }
    for (let time = 0; time < 4; time += 1) expect(await read()).toMatchObject(whole)
  })

  test('whose texts outgrow an answer is read all the same', async () => {
    const { printer, read } = await met()
    await read()
    for (let line = 1; line <= 4; line += 1)
      printer.set(`${printerMib}.16.5.1.2.1.${line}`, '4', `${line}`.repeat(400))
    for (let time = 0; time < 3; time += 1)
      expect((await read()).console.map((text) => text.length).slice(0, 4)).toEqual([
        400, 400, 400, 400,
      ])
  })

  test('that speaks version 1 alone is read again in few requests too', async () => {
    const printer = await aPrinter({ versions: ['1'] })
    const read = aReader()
    await read(printer)
    const before = printer.requests.length
    expect(await read(printer)).toMatchObject(whole)
    expect(printer.requests.length - before).toBeLessThanOrEqual(4)
  })
})

describe('another device', () => {
  /** Of a maker that tells the serial in an object of its own alone. */
  const brother = (serial: string, upTime: number, pages: number) =>
    [
      '1.3.6.1.2.1.1.1.0|4|Brother NC-8900h',
      '1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.2435.2.3.9.1',
      `1.3.6.1.2.1.1.3.0|67|${upTime}`,
      '1.3.6.1.2.1.25.3.2.1.2.1|6|1.3.6.1.2.1.25.3.1.5',
      `${printerMib}.10.2.1.4.1.1|65|${pages}`,
      `1.3.6.1.4.1.2435.2.3.9.4.2.1.5.5.1.0|4|${serial}`,
    ].join('\n')

  test('of the same make that was put in its place is known by the serial of its maker', async () => {
    const printer = await aPrinter({ walk: brother('E73000A1', 100_000, 400) })
    const read = aReader()
    await read(printer)
    await read(printer)
    for (const line of brother('E73000B2', 9_900_000, 900).split('\n')) {
      const [oid = '', type = '', value = ''] = line.split('|')
      printer.set(oid, type, value)
    }
    expect(await read(printer)).toMatchObject({
      ...{ identity: { serial: 'E73000B2' }, pageCount: 900, system: { uptimeSeconds: 99_000 } },
    })
  })

  test('without a serial is known by its network card, or by fewer pages', async () => {
    const { printer, read } = await met()
    for (const oid of ['5.1.1.17.1']) printer.remove(`${printerMib}.${oid}`)
    await read()
    await read()
    printer.set('1.3.6.1.2.1.2.2.1.6.2', '4x', '02a1b2c3d4ff')
    printer.set('1.3.6.1.2.1.1.6.0', '4', 'Basement')
    expect((await read()).system.location).toBe('Basement')
    printer.set(`${printerMib}.10.2.1.4.1.1`, '65', '12')
    printer.set('1.3.6.1.2.1.1.6.0', '4', 'Attic')
    expect((await read()).system.location).toBe('Attic')
  })

  test('is asked for what its maker tells once more where that was lost on the way', async () => {
    const printer = await aPrinter({ walk: brother('E73000A1', 100_000, 400) })
    printer.faults = { hears: ({ oids }) => !oids.some((oid) => oid.includes('.2435.2.3.9.4')) }
    const read = aReader({ timeoutMs: 100 })
    expect(await read(printer)).toMatchObject({ ok: true, identity: { serial: null } })
    printer.faults = {}
    expect(await read(printer)).toMatchObject({ identity: { serial: 'E73000A1' } })
  })

  const labels = '1.3.6.1.2.1.1.1.0|4|TOSHIBA TEC B-FV4'
  const isOfItsMaker = (oid: string) => oid.includes('.1129.1.2.1.1.1')

  test('is who it is, whatever was lost of what its maker tells', async () => {
    const printer = await aPrinter({ walk: labels })
    printer.faults = { hears: ({ oids }) => !oids.some(isOfItsMaker) }
    const { identity } = await aReader({ timeoutMs: 100 })(printer)
    expect(identity).toMatchObject({ model: 'B-FV4', source: 'toshiba' })
  })

  test('of which its maker tells nothing is not asked again for one lost request', async () => {
    const printer = await aPrinter({ walk: labels })
    let asked = 0
    printer.faults = { hears: ({ oids }) => !oids.some(isOfItsMaker) || asked++ > 0 }
    const read = aReader()
    await read(printer)
    const before = asked
    await read(printer)
    expect([before, asked]).toEqual([expect.toSatisfy((times) => times > 1), before])
  })

  test('is read on and on although it is silent to what its maker tells elsewhere', async () => {
    const printer = await aPrinter({ walk: labels })
    printer.faults = { hears: ({ oids }) => !oids.some(isOfItsMaker) }
    const read = aReader({ wholeEveryMs: 0, timeoutMs: 100 })
    for (let times = 0; times < 3; times += 1) await read(printer)
    const before = printer.requests.length
    expect(await read(printer)).toMatchObject({ ok: true, identity: { model: 'B-FV4' } })
    const asked = printer.requests.slice(before).filter(({ oids }) => oids.some(isOfItsMaker))
    // Three objects, each by itself: asked twice, and sent twice.
    expect(asked.map(({ oids }) => oids.length)).toEqual(Array(12).fill(1))
  })

  const endless = (oid: string, row: Row | undefined) =>
    isOfItsMaker(oid) ? { oid: `${oid}.1`, value: Buffer.from([2, 1, 5]) } : row

  test('is read on and on although what its maker tells has no end', async () => {
    const printer = await aPrinter({ walk: labels, faults: { next: endless } })
    const read = aReader({ wholeEveryMs: 0 })
    for (let times = 0; times < 5; times += 1)
      expect(await read(printer)).toMatchObject({ ok: true, identity: { model: 'B-FV4' } })
  })

  test('is read on and on although what its maker tells has no end one day', async () => {
    const printer = await aPrinter({ walk: labels })
    const read = aReader({ wholeEveryMs: 0 })
    await read(printer)
    printer.faults = { next: endless }
    expect(await read(printer)).toMatchObject({ ok: false, error: 'Its answers never end' })
    for (let times = 0; times < 3; times += 1)
      expect(await read(printer)).toMatchObject({ ok: true, identity: { model: 'B-FV4' } })
  })

  test('is not taken for its print server while its own serial is lost', async () => {
    const own = '1.3.6.1.4.1.10642.200.19.5'
    const walk = ['1.3.6.1.2.1.1.1.0|4|ZTC GK420d', '1.3.6.1.4.1.683.1.5.0|4|PS998877']
    const printer = await aPrinter({ walk: [...walk, `${own}.0|4|28J1234567`].join('\n') })
    printer.faults = { hears: ({ oids }) => !oids.some((oid) => oid.startsWith(own)) }
    const read = aReader({ timeoutMs: 100 })
    expect(await read(printer)).toMatchObject({ ok: true, identity: { serial: null } })
    printer.faults = {}
    expect(await read(printer)).toMatchObject({ identity: { serial: '28J1234567' } })
  })
})

describe('a printer that changed its ways', () => {
  test('and is heard again in version 1 is asked whether it speaks 2c', async () => {
    const { printer, read: _read } = await met()
    const read = aReader()
    await read(printer)
    expect((await read(printer, 3)).snmp.version).toBe('2c')
    expect((await read(printer, 4)).snmp.version).toBe('2c')
  })

  test('behind its last table is no other printer for that', async () => {
    const { printer, read } = await met()
    const behind = '1.3.6.1.2.1.99.1'
    printer.set(`${behind}.1`, '2', '1')
    await read()
    await read()
    printer.remove(`${behind}.1`)
    printer.set(`${behind}.2`, '2', '1')
    const before = printer.requests.length
    expect(await read()).toMatchObject(whole)
    expect(printer.requests.length - before).toBeLessThanOrEqual(3)
  })

  test('and holds more paper now is told by what it holds', async () => {
    const { printer, read } = await met()
    await read()
    printer.set(`${printerMib}.8.2.1.9.1.2`, '2', '1000')
    printer.set(`${printerMib}.8.2.1.10.1.2`, '2', '300')
    expect((await read()).trays[1]).toMatchObject({ maxCapacity: 1000, percent: 30 })
  })

  test('and could send only short answers for a while is asked in few questions again', async () => {
    const printer = await aPrinter({ faults: { mostOctets: 200 } })
    const read = aReader()
    for (let time = 0; time < 2; time += 1) expect(await read(printer)).toMatchObject(whole)
    printer.faults = {}
    await read(printer)
    const before = printer.requests.length
    expect(await read(printer)).toMatchObject(whole)
    expect(printer.requests.length - before).toBeLessThan(12)
  })

  test('and became slow is not asked everything twice for ever', async () => {
    const { printer, read } = await met({ timeoutMs: 2000 })
    printer.faults = { delayMs: 300 }
    const asked: number[] = []
    // Where the machine is busy one of them may be asked twice, and not in each reading.
    while (asked.length < 3 || (Math.min(...asked.slice(2)) > 3 && asked.length < 10)) {
      const before = printer.requests.length
      expect(await read()).toMatchObject(whole)
      asked.push(printer.requests.length - before)
    }
    expect(Math.min(...asked.slice(2))).toBeLessThanOrEqual(3)
  })

  test('and learned version 2c is spoken to in that at its next whole reading', async () => {
    const printer = await aPrinter({ versions: ['1', '2c'] })
    printer.faults = { hears: ({ version }) => version === 0 }
    const read = aReader({ wholeEveryMs: 20 })
    expect((await read(printer)).snmp.version).toBe('1')
    printer.faults = {}
    await wait(30)
    expect((await read(printer)).snmp.version).toBe('2c')
  })

  test('is told with all of it to a person who waits', async () => {
    const { printer, first } = await met()
    const reader = createReader({ timeoutMs: 1000, retries: 1 })
    onTestFinished(() => reader.close())
    const target = {
      address: printer.address,
      community: 'public',
      version: '2c',
      known: null,
    } as const
    await reader.readPrinter(target)
    printer.set('1.3.6.1.2.1.1.6.0', '4', 'Basement')
    expect((await reader.readPrinter(target)).system.location).toBe(first.system.location)
    const told = await reader.readPrinter({ ...target, isWanted: true })
    expect(told.system.location).toBe('Basement')
  })
})

describe('a printer that is silent again and again', () => {
  test('and speaks version 1 alone when it is back is found by the sweep', async () => {
    const { printer } = await met()
    const read = aReader({ timeoutMs: 400 })
    await read(printer)
    printer.faults = { hears: () => false }
    await read(printer)
    await read(printer, 1)
    printer.faults = { hears: ({ version }) => version === 0 }
    const polls = [await read(printer, 2), await read(printer, 3)]
    expect(polls.map(({ ok }) => ok).sort()).toEqual([false, true])
  })

  test('costs one datagram, and is read whole when it is back', async () => {
    const { printer, read: _read } = await met()
    const read = aReader({ timeoutMs: 400 })
    await read(printer)
    printer.faults = { hears: () => false }
    expect(await read(printer)).toMatchObject({ ok: false, error: 'No answer' })
    const before = printer.requests.length
    expect(await read(printer, 2)).toMatchObject({ ok: false, snmp: { requests: 1 } })
    expect(printer.requests.length - before).toBe(1)
    printer.faults = {}
    expect(await read(printer, 3)).toMatchObject(whole)
  })

  test('that nobody ever heard is asked in one version and the other by turns', async () => {
    const printer = await aPrinter({ versions: ['1'] })
    const polls = [await aReader()(printer, 2), await aReader()(printer, 3)]
    expect(polls.map(({ ok }) => ok).sort()).toEqual([false, true])
  })
})

test('supplies that an HP keeps in another context are read with the rest', async () => {
  const walk = [
    '1.3.6.1.2.1.1.1.0|4|HP ETHERNET MULTI-ENVIRONMENT',
    '1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.11.2.3.9.1',
    '1.3.6.1.2.1.1.3.0|67|1000',
    '1.3.6.1.2.1.25.3.2.1.2.1|6|1.3.6.1.2.1.25.3.1.5',
    '1.3.6.1.2.1.25.3.5.1.1.1|2|3',
  ]
  const supply = [
    `${printerMib}.11.1.1.6.1.1|4|Black Cartridge`,
    `${printerMib}.11.1.1.8.1.1|2|100`,
    `${printerMib}.11.1.1.9.1.1|2|40`,
  ]
  const printer = await aPrinter({
    walk: walk.join('\n'),
    contexts: { 'public@Jetdirect': [...walk, ...supply].join('\n') },
  })
  const read = aReader({ wholeEveryMs: 40 })
  const told = { supplies: [{ description: 'Black Cartridge', percent: 40 }] }
  expect(await read(printer)).toMatchObject({ ...told, snmp: { context: 'Jetdirect' } })
  expect(await read(printer)).toMatchObject({ ...told, snmp: { context: 'Jetdirect' } })
  printer.faults = { hears: ({ community }) => community === 'public' }
  await wait(50)
  // Rather no reading than one in which all its cartridges are gone.
  expect(await read(printer)).toMatchObject({ ok: false })
  printer.faults = {}
  expect(await read(printer)).toMatchObject(told)
})

test('supplies of another context are told although it is silent to their colours', async () => {
  const walk = ['1.3.6.1.2.1.1.1.0|4|HP LaserJet', '1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.11.2.3.9.1']
  const supply = `${printerMib}.11.1.1.6.1.1|4|Black Cartridge`
  const printer = await aPrinter({
    walk: walk.join('\n'),
    contexts: { 'public@Jetdirect': [...walk, supply].join('\n') },
    faults: {
      hears: ({ community, oids }) =>
        community === 'public' || !oids.some((oid) => oid.startsWith(`${printerMib}.12.1.1.4`)),
    },
  })
  const reading = await aReader({ timeoutMs: 100 })(printer)
  expect(reading).toMatchObject({ supplies: [{ description: 'Black Cartridge' }] })
})
