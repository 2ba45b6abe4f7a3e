import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import multicastDns from 'multicast-dns'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { SearchOrder } from '../../src/core/printers/found.ts'
import { Refusal } from '../../src/core/refusal.ts'
import type { Target } from '../../src/core/status/reading.ts'
import { createSearch } from '../../src/snmp/discovery/discover.ts'
import { findOnLink, type LinkFound } from '../../src/snmp/discovery/mdns.ts'
import { readRange } from '../../src/snmp/discovery/range.ts'
import { createReader } from '../../src/snmp/status.ts'
import { freeUdpPort } from '../parts/udp.ts'
import { aNetwork, server } from './network.ts'

describe('a range', () => {
  test.for([
    ['10.0.0.7', ['10.0.0.7'], 161],
    ['10.0.0.7/32', ['10.0.0.7'], 161],
    ['10.0.0.6/31', ['10.0.0.6', '10.0.0.7'], 161],
    ['10.0.0.5/30', ['10.0.0.5', '10.0.0.6'], 161],
    ['200.0.0.7:1161', ['200.0.0.7'], 1161],
  ] as const)('%s is these hosts, without the network and its broadcast', ([text, hosts, port]) => {
    expect(readRange(text)).toEqual({ addresses: hosts, port })
  })

  test('of 4,094 hosts is the largest', () => {
    const { addresses } = readRange('10.0.16.0/20')
    expect([addresses.length, addresses[0], addresses.at(-1)]).toEqual([
      ...[4094, '10.0.16.1', '10.0.31.254'],
    ])
    expect(() => readRange('10.0.0.0/19')).toThrow('too large')
  })

  test.for(['', 'printer', '10.0.0', '10.0.0.256', '10.0.0.0/33', '10.0.0.0/24/24', 'fd00::/120'])(
    '"%s" is none',
    (text) => {
      expect(() => readRange(text)).toThrow(Refusal)
    },
  )
})

async function search(
  range: string,
  order: Partial<SearchOrder> & { version?: Target['version']; timeoutMs?: number } = {},
) {
  const reader = createReader({ timeoutMs: 5000, retries: 1 })
  onTestFinished(reader.close)
  const defaults = { community: 'public', version: order.version ?? 'auto' } as const
  const { readPrinter } = reader
  // On a busy machine an answer takes its time.
  const look = createSearch({ readPrinter, defaults, timeoutMs: order.timeoutMs ?? 1000 })
  const stop = new AbortController().signal
  return look({ link: false, community: null, stop, onProgress: () => {}, ...order, range })
}

describe('a search', () => {
  test('finds the printers that answer, tells who they are, and asks nobody outside', async () => {
    const { port, requests } = await aNetwork({}, { versions: ['1'] }, { walk: server }, {}, {})
    const { devices, trouble } = await search(`127.0.5.0/30:${port}`)
    expect(trouble).toBe(null)
    expect(devices).toEqual([
      expect.objectContaining({
        ...{ address: `127.0.5.1:${port}`, isPrinter: true, answers: true },
        ...{ serial: 'AL44000317', community: null },
      }),
      expect.objectContaining({ address: `127.0.5.2:${port}`, serial: 'AL44000317' }),
    ])
    expect(requests.slice(2)).toEqual([[], [], []])
  })

  test('tells a server from a printer', async () => {
    const { port } = await aNetwork({ walk: server })
    const { devices } = await search(`127.0.5.1:${port}`)
    expect(devices).toMatchObject([
      { name: 'nas', isPrinter: false, model: null, description: 'Linux nas 6.1' },
    ])
  })

  test('tries another community beside the site’s, and remembers which it was', async () => {
    const { port } = await aNetwork({}, { community: 'hush' })
    const { devices } = await search(`127.0.5.0/30:${port}`, { community: 'hush' })
    expect(devices.map(({ community }) => community)).toEqual([null, 'hush'])
  })

  test('asks a silent address each way once, and once more; an answer ends it', async () => {
    const { port, requests } = await aNetwork({ community: 'hush' }, {})
    await search(`127.0.5.1:${port}`, { timeoutMs: 60 })
    expect(requests[0]?.map(({ version }) => version)).toEqual([1, 0, 1])
    await search(`127.0.5.2:${port}`)
    const [first, second] = requests[1] ?? []
    expect(first?.oids).toEqual(['1.3.6.1.2.1.1.1'])
    expect(second?.oids.length).toBeGreaterThan(1)
  })

  test('passes over what is no answer to its question', async () => {
    const wrong = (answer: Buffer) => {
      const other = Buffer.from(answer)
      other[other.indexOf(Buffer.from('0204', 'hex')) + 3] = 0
      return [other, Buffer.from('30820000', 'hex'), Buffer.alloc(0)]
    }
    const { port } = await aNetwork({ sends: wrong }, { fromAnotherPort: true })
    const { devices } = await search(`127.0.5.0/30:${port}`, { timeoutMs: 60 })
    expect(devices).toEqual([])
  })

  test('asks no more than two hundred questions a second, and tells how it gets on', async () => {
    const { port } = await aNetwork()
    const asked: number[] = []
    const begun = performance.now()
    const controller = new AbortController()
    const { devices } = await search(`127.0.5.0/24:${port}`, {
      stop: controller.signal,
      onProgress(at) {
        asked.push(at.asked / at.of)
        if (at.asked === 70) controller.abort()
      },
    })
    const seconds = (performance.now() - begun) / 1000
    // It was told to stop.
    expect(asked.at(-1)).toBeLessThan(1)
    expect(devices).toEqual([])
    expect(asked.length).toBeLessThan(seconds * 200 + 20)
  })

  test('broken off, it keeps what was found', async () => {
    const { port } = await aNetwork({})
    const controller = new AbortController()
    const looking = search(`127.0.5.0/24:${port}`, {
      stop: controller.signal,
      onProgress: ({ answered, asked }) => {
        if (answered > 0 && asked > 100) controller.abort()
      },
    })
    expect((await looking).devices).toMatchObject([{ serial: 'AL44000317' }])
  })

  test('knows an agent of SNMP 3 by its engine, where the site speaks that', async () => {
    const port = await freeUdpPort()
    const heard: Buffer[] = []
    const agent = createSocket('udp4').bind(port, '127.0.5.1')
    await once(agent, 'listening')
    onTestFinished(() => void agent.close())
    agent.on('message', (datagram, from) => {
      heard.push(datagram)
      agent.send(datagram, from.port, from.address)
    })
    const { devices } = await search(`127.0.5.1:${port}`, { version: '3' })
    expect(devices).toMatchObject([{ isPrinter: false, answers: true }])
    expect(heard[0]?.length).toBe(64)
  })
})

describe('on the own link', () => {
  async function aResponder(records: (name: string) => readonly object[]) {
    const port = await freeUdpPort()
    const responder = multicastDns({ port, interface: '127.0.0.1', bind: '0.0.0.0' })
    await once(responder, 'ready')
    onTestFinished(() => new Promise<void>((closed) => responder.destroy(closed)))
    responder.on('query', ({ questions }) => {
      for (const { name } of questions) {
        const answers = records(name)
        if (answers.length > 0) responder.respond({ answers } as never)
      }
    })
    return port
  }

  const ipp = '_ipp._tcp.local'
  const look = (port: number, seconds = 0.35) => findOnLink({ seconds, port, address: '127.0.0.1' })

  /** Longer each time, for on a busy machine answers take their time. */
  async function lookUntil(port: number, isWhole: (found: LinkFound) => boolean) {
    let found = await look(port)
    for (const seconds of [1, 3, 9]) if (!isWhole(found)) found = await look(port, seconds)
    return found
  }

  test('finds the printer that announces itself, and asks for what it left out', async () => {
    const name = `Laser 4 @ library.${ipp}`
    const port = await aResponder((asked) => {
      if (asked === ipp) return [{ name: ipp, type: 'PTR', data: name }]
      if (asked !== name) return []
      return [
        { name, type: 'SRV', data: { port: 631, target: 'laser4.local' } },
        {
          name,
          type: 'TXT',
          data: ['ty=Folio\u0007400', 'note=Room 12', 'UUID=1-2', 'usb_MFG=HP'],
        },
        { name: 'laser4.local', type: 'A', data: '127.0.5.9' },
      ]
    })
    const found = await lookUntil(port, ({ devices }) => devices[0]?.address === '127.0.5.9')
    expect(found).toEqual({
      trouble: null,
      devices: [
        {
          ...{ address: '127.0.5.9', name: 'Laser 4 @ library', model: 'Folio 400' },
          ...{ make: 'HP', location: 'Room 12', uuid: '1-2', adminUrl: null },
        },
      ],
    })
  })

  test('believes no address that is not on the link, and no end of names', async () => {
    const port = await aResponder((asked) => {
      if (asked !== ipp) return []
      const far = { name: 'far.local', type: 'A', data: '203.0.113.7' }
      const target = { port: 631, target: 'far.local' }
      const flood = Array.from({ length: 150 }, (_, at) => ({
        ...{ name: `p${at}.${ipp}`, type: 'TXT', data: Array(90).fill(`k${at}=v`) },
      }))
      return [{ name: `Far.${ipp}`, type: 'SRV', data: target }, far, ...flood.slice(0, 40)]
    })
    const { devices } = await lookUntil(port, ({ devices }) => devices.length > 0)
    expect(devices.map(({ address }) => address)).toEqual(['127.0.0.1'])
    expect(devices[0]?.name).toBe('Far')
  })

  test('rubbish ends nothing', async () => {
    const port = await freeUdpPort()
    const looking = look(port)
    const noise = createSocket('udp4')
    onTestFinished(() => void noise.close())
    for (const datagram of ['', 'ff', '00'.repeat(12), '0000840000ff00ff0000ffffc00cc00c'])
      noise.send(Buffer.from(datagram, 'hex'), port, '127.0.0.1')
    expect((await looking).devices).toEqual([])
  })
})
