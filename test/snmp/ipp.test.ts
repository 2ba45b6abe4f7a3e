import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createListener, type Socket } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Reading, Supply } from '../../src/core/status/reading.ts'
import { readFacts, wantedAttributes } from '../../src/snmp/ipp/attributes.ts'
import { createIpp, type Ipp } from '../../src/snmp/ipp/ipp.ts'
import { readAnswer } from '../../src/snmp/ipp/octets.ts'
import { withSecondSource } from '../../src/snmp/second-source.ts'
import { createReader } from '../../src/snmp/status.ts'
import type { Agent } from '../parts/agent.ts'
import { createTestClock } from '../parts/clock.ts'
import { listening } from '../parts/listening.ts'
import { freePort } from '../parts/process.ts'
import { aPrinter } from './printers.ts'

/** Value tags of RFC 8010, 3.5.2. */
const tag = { integer: 0x21, enum: 0x23, octets: 0x30, collection: 0x34, name: 0x42, keyword: 0x44 }

const length = (octets: number) => Buffer.from([octets >> 8, octets & 0xff])
const counted = (octets: Buffer) => Buffer.concat([length(octets.length), octets])

function attribute(kind: keyof typeof tag, name: string, ...values: (string | number)[]): Buffer {
  const coded = values.map((value, at) => {
    const octets = typeof value === 'string' ? Buffer.from(value) : Buffer.alloc(4)
    if (typeof value === 'number') octets.writeInt32BE(value)
    const head = Buffer.from([tag[kind]])
    return Buffer.concat([head, counted(Buffer.from(at === 0 ? name : '')), counted(octets)])
  })
  return Buffer.concat(coded)
}

/** Version, status, request number; the operation's group, then the printer's. */
function message(status: number, ...attributes: Buffer[]): Buffer {
  const head = Buffer.from([1, 1, status >> 8, status & 0xff, 0, 0, 0, 1, 1])
  const charset = Buffer.concat([
    Buffer.from([0x47]),
    counted(Buffer.from('attributes-charset')),
    counted(Buffer.from('utf-8')),
  ])
  return Buffer.concat([head, charset, Buffer.from([4]), ...attributes, Buffer.from([3])])
}

const markers = [
  attribute('name', 'marker-names', 'Black Toner', 'Toner cyan', 'Waste Toner'),
  attribute('keyword', 'marker-types', 'toner-cartridge', 'toner-cartridge', 'waste-toner'),
  attribute('name', 'marker-colors', '#000000', '#00FFFF', 'none'),
  attribute('integer', 'marker-levels', 41, 7, 12),
]

interface IppPrinter {
  readonly port: number
  /** `POST /ipp/print`, in order. */
  readonly heard: string[]
  /** Connections made. */
  connections: number
}

/** A printer's web server for one test. */
async function anIppPrinter(answer: RequestListener | Buffer): Promise<IppPrinter> {
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    printer.heard.push(`${request.method} ${request.url}`)
    if (typeof answer === 'function') return answer(request, response)
    response.setHeader('content-type', 'application/ipp')
    response.end(answer)
  })
  const printer = { port: 0, heard: [] as string[], connections: 0 }
  server.on('connection', (socket) => {
    printer.connections += 1
    sockets.add(socket)
  })
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return Object.assign(printer, { port: await listening(server) })
}

function ippOf(port: number, timeoutMs = 10_000): Ipp {
  const ipp = createIpp({ port, timeoutMs })
  onTestFinished(() => ipp.close())
  return ipp
}

const ask = ({ port }: { port: number }, timeoutMs?: number) =>
  ippOf(port, timeoutMs).ask('127.0.0.1')

async function toldBy(...attributes: Buffer[]) {
  const answer = await ask(await anIppPrinter(message(0, ...attributes)))
  if (answer.kind !== 'told') throw new Error(`It was ${answer.kind}`)
  return answer.facts
}

describe('what an IPP printer tells', () => {
  test('are its markers, with kind and colour', async () => {
    const { supplies } = await toldBy(...markers)
    expect(supplies).toMatchObject([
      { index: 'ipp.1', kind: 'toner', colour: 'black', percent: 41, source: 'ipp' },
      { index: 'ipp.2', kind: 'toner', colour: 'cyan', percent: 7, type: 'tonerCartridge' },
      { index: 'ipp.3', kind: 'waste', colour: null, level: 12, percent: null },
    ])
  })

  test('is one cartridge where it has one', async () => {
    const { supplies } = await toldBy(
      attribute('name', 'marker-names', 'Toner'),
      attribute('integer', 'marker-levels', 90),
    )
    expect(supplies).toMatchObject([{ description: 'Toner', kind: 'toner', percent: 90 }])
  })

  test('is no percentage where the level is -1, -2, -3 or no percentage', async () => {
    const { supplies } = await toldBy(attribute('integer', 'marker-levels', -1, -2, -3, -7, 4000))
    expect(supplies.map(({ levelState, percent }) => [levelState, percent])).toEqual([
      ['noRestriction', null],
      ['unknown', null],
      ['someRemaining', null],
      ['invalid', null],
      ['value', null],
    ])
  })

  test('are supplies and trays in the words of the Printer-MIB', async () => {
    const { supplies, trays } = await toldBy(
      attribute(
        'octets',
        'printer-supply',
        'index=1;class=supplyThatIsConsumed;type=inkCartridge;unit=percent;maxcapacity=100;level=57;colorantname=magenta;',
        'type=inkCartridge;maxcapacity=-2;level=-3;colorantname=multi-color;',
      ),
      attribute('name', 'printer-supply-description', 'Magenta', ''),
      attribute('integer', 'marker-levels', 58, -2),
      attribute(
        'octets',
        'printer-input-tray',
        'type=sheetFeedAutoNonRemovable;maxcapacity=250;level=125;status=0;name=Tray 1',
        'type=other;maxcapacity=-2;level=-2;status=0;name=auto',
      ),
    )
    expect(supplies).toMatchObject([
      { kind: 'ink', colour: 'magenta', percent: 57, description: 'Magenta', unit: 'percent' },
      { kind: 'ink', colour: 'multi-color', percent: null, levelState: 'someRemaining' },
    ])
    expect(trays).toMatchObject([{ index: 'ipp.1', name: 'Tray 1', level: 125, percent: 50 }])
  })

  test.each([
    [['none'], 3, []],
    [['media-jam-error', 'cover-open'], 5, ['doorOpen', 'jammed']],
    [['media-empty-warning', 'toner-low-warning'], 3, ['lowToner', 'inputTrayEmpty']],
    [['media-empty-error'], 5, ['noPaper']],
    [['toner-low-report', 'media-empty-report'], 3, []],
    [['com.maker-odd-error'], 5, ['serviceRequested']],
  ])('is its trouble: %j in state %i is %j', async (reasons, state, flags) => {
    const { errors } = await toldBy(
      attribute('enum', 'printer-state', state),
      attribute('keyword', 'printer-state-reasons', ...reasons),
    )
    expect(errors).toEqual({ raw: '', flags })
  })

  test('are names with their language before them', async () => {
    const name = Buffer.concat([counted(Buffer.from('de')), counted(Buffer.from('Tinte Gelb'))])
    const { supplies } = await toldBy(
      Buffer.concat([Buffer.from([0x36]), counted(Buffer.from('marker-names')), counted(name)]),
      attribute('integer', 'marker-levels', 3),
    )
    expect(supplies).toMatchObject([{ description: 'Tinte Gelb', kind: 'ink', colour: 'yellow' }])
  })

  test('is no trouble where it says nothing of it', async () => {
    expect(await toldBy()).toEqual({ supplies: [], trays: [], errors: null })
  })
})

describe('where a printer has its IPP', () => {
  const only =
    (path: string, otherwise: number): RequestListener =>
    (request, response) => {
      if (request.url === path) return response.end(message(0, ...markers))
      // A body that is longer than what comes of it, as from a printer that hangs up.
      response.writeHead(otherwise, { 'content-length': 500 }).end('No')
    }

  test('is found once and remembered', async () => {
    const printer = await anIppPrinter(only('/ipp/printer', 404))
    const ipp = ippOf(printer.port)
    expect((await ipp.ask('127.0.0.1')).kind).toBe('told')
    expect((await ipp.ask('127.0.0.1')).kind).toBe('told')
    expect(printer.heard).toEqual(['POST /ipp/print', 'POST /ipp/printer', 'POST /ipp/printer'])
  })

  test('is nowhere when nobody listens, no path has it, or the port speaks no HTTP', async () => {
    expect((await ask({ port: await freePort() })).kind).toBe('nothing')
    expect((await ask(await anIppPrinter(only('/web', 404)))).kind).toBe('nothing')
    const tls = createListener((socket) =>
      socket.on('error', () => {}).end('\x15\x03\x03\0\x02\x02\x46'),
    )
    onTestFinished(() => void tls.close())
    tls.listen(0, '127.0.0.1')
    await once(tls, 'listening')
    const address = tls.address()
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0
    expect((await ask({ port })).kind).toBe('nothing')
  })

  test('is not where a redirect points', async () => {
    const other = await anIppPrinter(message(0, ...markers))
    const printer = await anIppPrinter((_, response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${other.port}/ipp/print` }).end()
    })
    expect((await ask(printer)).kind).toBe('nothing')
    expect(other.connections).toBe(0)
  })

  test('is asked in IPP 2.0 where 1.1 is declined', async () => {
    const printer = await anIppPrinter((request, response) => {
      request.once('data', (asked: Buffer) =>
        response.end(asked[0] === 2 ? message(0, ...markers) : message(0x0503)),
      )
    })
    expect((await ask(printer)).kind).toBe('told')
  })
})

describe('a printer whose IPP goes wrong was silent', () => {
  test.each<[string, RequestListener | Buffer]>([
    ['never answers', () => {}],
    ['stops in the middle', (_, response) => response.writeHead(200).write('\x01\x01')],
    ['hangs up', (request) => request.socket.destroy()],
    ['answers 500 in its sleep', (_, response) => response.writeHead(500).end()],
    ['is busy', message(0x0507)],
    ['sends no IPP', Buffer.from('<html>Welcome to EWS</html>')],
    ['is cut short', message(0, ...markers).subarray(0, -1)],
    ['sends more than a printer has to say', message(0, ...Array(900).fill(Buffer.alloc(300, 1)))],
  ])('when it %s', async (_, answer) => {
    expect((await ask(await anIppPrinter(answer), 60)).kind).toBe('silent')
  })
})

describe('rubbish', () => {
  const name = Buffer.from('marker-names')

  test.each([
    ['a length that leads back', Buffer.from([0x42, 0, 12, ...name, 0xff, 0xef, 1, 1])],
    ['a name that leads back', Buffer.from([0x42, 0xff, 0xfb, 1, 1])],
    [
      'more names than there are',
      Buffer.concat(Array(2001).fill(attribute('name', 'no-name', ''))),
    ],
    ['a name within a collection', Buffer.concat([attribute('collection', 'a', ''), ...markers])],
  ])('is not read: %s', (_, octets) => {
    expect(readAnswer(message(0, octets), wantedAttributes)).toBeNull()
  })

  test('is passed over: a level of one octet, a level that is a text, a name longer than any', async () => {
    const short = Buffer.concat([
      Buffer.from([tag.integer]),
      counted(Buffer.from('marker-levels')),
      counted(Buffer.from([9])),
    ])
    const name = attribute('name', 'marker-names', 'Toner '.repeat(400), 'Ink')
    const { supplies } = await toldBy(short, attribute('name', '', '9'), name)
    expect(supplies).toMatchObject([
      { level: null, levelState: 'absent', percent: null, description: null },
      { level: null, levelState: 'absent', percent: null, description: 'Ink' },
    ])
  })

  test('is passed over: collections in one another, thousands deep, and what nobody asked for', async () => {
    const deep = Array<Buffer>(2000).fill(attribute('collection', '', ''))
    const closed = Array<Buffer>(2001).fill(Buffer.from([0x37, 0, 0, 0, 0]))
    const { supplies } = await toldBy(
      attribute('collection', 'media-col-ready', ''),
      ...deep,
      ...closed,
      attribute('name', '__proto__', 'marker-levels'),
      ...markers,
    )
    expect(supplies).toHaveLength(3)
  })

  test('is passed over: a name said twice, a word for no value, and what is not of the printer', async () => {
    const unsupported = Buffer.concat([
      Buffer.from([5]),
      attribute('keyword', 'marker-types', 'opc'),
    ])
    const noValue = Buffer.concat([
      Buffer.from([0x13]),
      counted(Buffer.from('printer-state-reasons')),
      counted(Buffer.alloc(0)),
    ])
    const member = Buffer.from([0x37, 0, 0, 0, 0])
    expect(
      await toldBy(
        attribute('integer', 'marker-levels', 9),
        attribute('integer', 'marker-levels', 99),
        attribute('collection', 'printer-supply', ''),
        attribute('octets', '', 'level=50;unit=percent'),
        member,
        noValue,
        unsupported,
      ),
    ).toMatchObject({ supplies: [{ level: 9, kind: 'other' }], errors: null })
  })

  test('ends nothing and gives no percentage over 100', () => {
    const good = message(
      0,
      ...markers,
      attribute('octets', 'printer-supply', 'level=4;unit=percent'),
    )
    let seed = 7
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
      return seed % below
    }
    const odd: Supply[] = []
    for (let turn = 0; turn < 3000; turn += 1) {
      const bad = Buffer.from(good)
      for (let hit = 0; hit <= random(4); hit += 1) bad[random(bad.length)] = random(256)
      const read = readAnswer(bad.subarray(0, bad.length - random(3)), wantedAttributes)
      const { supplies } = readFacts(read?.attributes ?? new Map())
      odd.push(...supplies.filter(({ percent }) => (percent ?? 0) < 0 || (percent ?? 0) > 100))
    }
    expect(odd).toEqual([])
  })
})

const level = (supply: number) => `1.3.6.1.2.1.43.11.1.1.9.1.${supply}`
const panel = '1.3.6.1.2.1.43.16.5.1.2.1.1'
const printerStatus = '1.3.6.1.2.1.25.3.5.1.1.1'

/** Counts the questions, and knows when the last was answered. */
function watched(ipp: Ipp) {
  const asked = {
    times: 0,
    last: Promise.resolve<unknown>(null),
    ask(host: string) {
      asked.times += 1
      const answer = ipp.ask(host)
      asked.last = answer
      return answer
    },
  }
  return asked
}

/** A printer that has some black left, read as the sweep reads it. */
async function aRoom(printer: { port: number }) {
  const agent: Agent = await aPrinter()
  agent.set(level(1), '2', '-3')
  const clock = createTestClock()
  const reader = createReader({ timeoutMs: 1000, retries: 0 })
  onTestFinished(() => reader.close())
  const asked = watched(ippOf(printer.port))
  const readPrinter = withSecondSource(reader.readPrinter, {
    ipp: asked,
    clock,
    hostOf: () => '127.0.0.1',
  })
  const { address } = agent
  const read = (): Promise<Reading> =>
    readPrinter({ address, community: 'public', version: '2c', known: '2c' })
  return { agent, clock, read, asked }
}

const minutes = (count: number) => count * 60_000
const black = ({ supplies }: Reading) => `${supplies[0]?.percent} ${supplies[0]?.source}`

describe('a reading with a gap', () => {
  test('is filled from IPP, which says so, and nothing else of it', async () => {
    const printer = await anIppPrinter(message(0, ...markers))
    const { read } = await aRoom(printer)
    const { supplies, errors } = await read()
    expect(supplies[0]).toMatchObject({ level: -3, percent: 41, source: 'ipp' })
    expect(supplies[1]).toMatchObject({ percent: 25, source: 'printer-mib' })
    expect(supplies).toHaveLength(8)
    expect(errors).toEqual({ raw: '0000', flags: [] })
  })

  test('is filled again for an hour, though the printer is asked each quarter only', async () => {
    let told = 41
    const printer = await anIppPrinter((_, response) => {
      const levels = attribute('integer', 'marker-levels', told)
      response.end(message(0, attribute('name', 'marker-names', 'Black Toner'), levels))
    })
    const { read, clock, agent, asked } = await aRoom(printer)
    expect(black(await read())).toBe('41 ipp')
    told = 39
    clock.advance(minutes(14))
    expect(black(await read())).toBe('41 ipp')
    expect(asked.times).toBe(1)
    clock.advance(minutes(1))
    // Asked beside this reading; the next one has it.
    await read()
    await asked.last
    expect(black(await read())).toBe('39 ipp')
    expect(asked.times).toBe(2)
    agent.set(panel, '4', 'Sleep')
    clock.advance(minutes(59))
    expect(black(await read())).toBe('39 ipp')
    clock.advance(minutes(1))
    expect(black(await read())).toBe('null printer-mib')
    expect(asked.times).toBe(2)
  })

  test('holds a jam for twenty minutes only', async () => {
    const jam = attribute('keyword', 'printer-state-reasons', 'media-jam-error')
    const printer = await anIppPrinter(message(0, jam, ...markers))
    const { read, clock, agent } = await aRoom(printer)
    agent.remove('1.3.6.1.2.1.25.3.5.1.2.1')
    expect((await read()).errors).toEqual({ raw: '', flags: ['jammed'] })
    agent.set(panel, '4', 'Sleep')
    clock.advance(minutes(19))
    expect((await read()).errors?.flags).toEqual(['jammed'])
    clock.advance(minutes(1))
    const later = await read()
    expect([later.errors, black(later)]).toEqual([null, '41 ipp'])
  })

  test('keeps its lists while nothing changed, also over another answer', async () => {
    const printer = await anIppPrinter(message(0, ...markers))
    const { read, clock } = await aRoom(printer)
    const own = await read()
    const some = own.supplies.map((one) => (one.source === 'ipp' ? { ...one, percent: null } : one))
    const ipp = watched(ippOf(printer.port))
    const second = withSecondSource(async () => ({ ...own, supplies: some }), {
      ipp,
      clock,
      hostOf: () => '127.0.0.1',
    })
    const target = { address: '10.0.0.1', community: 'public', version: '2c', known: '2c' } as const
    const first = await second(target)
    expect(black(first)).toBe('41 ipp')
    clock.advance(minutes(16))
    await second(target)
    await ipp.last
    expect(ipp.times).toBe(2)
    expect((await second(target)).supplies).toBe(first.supplies)
  })

  test('of a printer without IPP asks it again after a day, of a silent one after an hour', async () => {
    let status = 404
    const printer = await anIppPrinter((_, response) => void response.writeHead(status).end())
    const { read, clock, asked } = await aRoom(printer)
    const readAfter = async (count: number) => {
      clock.advance(minutes(count))
      await read()
      await asked.last
      return asked.times
    }
    expect(await readAfter(0)).toBe(1)
    expect(await readAfter(23 * 60)).toBe(1)
    status = 500
    expect(await readAfter(60)).toBe(2)
    expect(await readAfter(59)).toBe(2)
    expect(await readAfter(1)).toBe(3)
  })

  test('wakes no printer that sleeps, stands by, is silent or has no gap', async () => {
    const printer = await anIppPrinter(message(0, ...markers))
    const { read, agent } = await aRoom(printer)
    agent.set(panel, '4', 'Sleep mode on')
    expect(black(await read())).toBe('null printer-mib')
    agent.set(panel, '4', 'Ready')
    agent.set(printerStatus, '2', '1')
    await read()
    agent.set(printerStatus, '2', '3')
    agent.faults.hears = () => false
    expect((await read()).ok).toBe(false)
    agent.faults = {}
    agent.set(level(1), '2', '6700')
    await read()
    expect(printer.connections).toBe(0)
    agent.set(level(1), '2', '-3')
    expect(black(await read())).toBe('41 ipp')
  })

  test('of a printer that says idle and no more is filled once a page came out of it', async () => {
    const printer = await anIppPrinter(message(0, ...markers))
    const { read, agent, clock } = await aRoom(printer)
    agent.set(panel, '4', '')
    expect(black(await read())).toBe('null printer-mib')
    clock.advance(minutes(5))
    await read()
    expect(printer.connections).toBe(0)
    const pages = (await read()).pageCount ?? 0
    agent.set('1.3.6.1.2.1.43.10.2.1.4.1.1', '65', String(pages + 1))
    clock.advance(minutes(5))
    expect(black(await read())).toBe('41 ipp')
  })

  test('does not take another printer’s answer when that stands at the address now', async () => {
    const answers = [message(0, ...markers), Buffer.alloc(0)]
    const printer = await anIppPrinter((_, response) => response.end(answers.shift()))
    const { read, agent } = await aRoom(printer)
    expect(black(await read())).toBe('41 ipp')
    agent.set('1.3.6.1.2.1.43.5.1.1.17.1', '4', 'AL44000999')
    expect(black(await read())).toBe('null printer-mib')
  })

  test('is asked for at sixty-four printers at a time', async () => {
    const printer = await anIppPrinter(message(0, ...markers))
    const { read, clock } = await aRoom(printer)
    const own = await read()
    const ipp = watched(ippOf((await anIppPrinter(() => {})).port, 60))
    const second = withSecondSource(async () => ({ ...own, trays: [] }), { ipp, clock })
    const readings = Array.from({ length: 70 }, (_, at) =>
      second({ address: `127.0.0.${at + 1}`, community: 'public', version: '2c', known: '2c' }),
    )
    expect(await Promise.all(readings)).toHaveLength(70)
    expect(ipp.times).toBe(64)
  })

  test('behind a forwarded port asks nobody: whose IPP is on that address?', async () => {
    const printer = await anIppPrinter(message(0, ...markers))
    const { agent, clock } = await aRoom(printer)
    const reader = createReader({ timeoutMs: 5000, retries: 0 })
    onTestFinished(() => reader.close())
    const read = withSecondSource(reader.readPrinter, { ipp: ippOf(printer.port), clock })
    const { address } = agent
    await read({ address, community: 'public', version: '2c', known: '2c' })
    expect(printer.connections).toBe(0)
  })
})
