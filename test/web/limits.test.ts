import { once } from 'node:events'
import { createServer, type ServerOptions } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { limit, serverLimits } from '../../src/web/limits.ts'
import { addressOf } from '../../src/web/proxy.ts'
import { until } from '../boot.ts'
import { quiet } from '../parts/log.ts'
import { aPrinter } from '../parts/records.ts'
import { basic, type RunningWeb, startWeb } from '../parts/web.ts'

let web: RunningWeb
const stops: (() => unknown)[] = []
const megabyte = 1024 * 1024

beforeEach(async () => {
  web = await startWeb()
  await web.person('ada', 'administrator')
  await web.store.update((tx) => tx.put('printers', aPrinter({ token: 'K7QX2M9V4T8B3C5D' })))
})
afterEach(async () => {
  for (const stop of stops.splice(0)) stop()
  await web.stop()
})

describe('what may be taken in two ways is taken in none', () => {
  const form = 'Content-Type: application/x-www-form-urlencoded\r\n'
  const chunked = `POST /login HTTP/1.1\r\nHost: x\r\n${form}Transfer-Encoding: chunked\r\n\r\n`

  test.each([
    [
      'a length and chunks',
      `POST /login HTTP/1.1\r\nHost: x\r\n${form}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    [
      'chunks and a length',
      `POST /login HTTP/1.1\r\nHost: x\r\n${form}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n`,
    ],
    [
      'two lengths',
      `POST /login HTTP/1.1\r\nHost: x\r\n${form}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`,
    ],
    [
      'two lengths in one line',
      `POST /login HTTP/1.1\r\nHost: x\r\n${form}Content-Length: 5, 5\r\n\r\nhello`,
    ],
    [
      'a length with a sign',
      `POST /login HTTP/1.1\r\nHost: x\r\n${form}Content-Length: +5\r\n\r\nhello`,
    ],
    [
      'chunks by another name',
      `POST /login HTTP/1.1\r\nHost: x\r\n${form}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
    ],
    [
      'a blank before the colon',
      `POST /login HTTP/1.1\r\nHost: x\r\n${form}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['a chunk whose size is no number', `${chunked}zz\r\nhello\r\n0\r\n\r\n`],
    ['a chunk longer than it says', `${chunked}2\r\nhello\r\n0\r\n\r\n`],
    ['a chunk with a line feed alone', `${chunked}5\nhello\r\n0\r\n\r\n`],
    [
      'a header that goes on in the next line',
      'GET /healthz HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\r\n',
    ],
    ['lines that end with a line feed alone', 'GET /healthz HTTP/1.1\nHost: x\n\n'],
    ['a zero in a header', 'GET /healthz HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n'],
  ])('%s', async (_what, request) => {
    const heard = await web.raw(`${request}GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n`)
    expect(heard).toMatch(/^HTTP\/1\.1 400 /)
    expect(heard.match(/HTTP\/1\.1 \d{3} /g)).toHaveLength(1)
    expect(web.lines.filter(({ facts }) => facts.path === '/smuggled')).toEqual([])
  })

  test('a request of two hosts', async () => {
    const hosts = 'Host: x\r\nHost: y\r\nConnection: close'
    expect(await web.raw(`GET /healthz HTTP/1.1\r\n${hosts}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /)
  })

  test('whatever NODE_OPTIONS asks of the parser', () => {
    expect(serverLimits.insecureHTTPParser).toBe(false)
  })
})

describe('a body', () => {
  const post = (path: string, body: RequestInit['body'], headers: Record<string, string>) =>
    web.get(path, 'ada', { method: 'POST', body, headers, ...{ duplex: 'half' } })
  const typed = { 'content-type': 'application/x-www-form-urlencoded' }
  const paths = ['/login', '/p/K7QX2M9V4T8B3C5D', '/printers/p-1/poll']

  test.each(paths)('of a form is taken up to 16 KB at %s', async (path) => {
    const most = 'x='.padEnd(16 * 1024, 'y')
    expect((await post(path, most, typed)).status).not.toBe(413)
    const answer = await post(path, `${most}y`, typed)
    expect([answer.status, await answer.text()]).toEqual([413, expect.stringContaining('16 KB')])
  })

  test('of a form is counted as it comes, too, where nothing says how long it is', async () => {
    const chunk = new TextEncoder().encode('y'.repeat(1024))
    let sent = 0
    const body = new ReadableStream({
      pull(to) {
        if (sent++ < 20) to.enqueue(chunk)
        else to.close()
      },
    })
    expect((await post('/login', body, typed)).status).toBe(413)
  })

  test.each(['json', 'file'].flatMap((takes) => [[takes]]))(
    'of a %s is taken up to 4 MB',
    async (takes) => {
      const found = web.web.routes.find(
        (route) => route.takes === takes && route.method === 'POST' && route.who === 'signed in',
      )
      if (!found) throw new Error(`nothing takes a ${takes}`)
      const path = found.path.replaceAll(/:\w+/g, 'p-1')
      const type = takes === 'json' ? { 'content-type': 'application/json' } : typed
      expect((await post(path, 'x'.repeat(4 * megabyte), type)).status).not.toBe(413)
      const answer = await post(path, 'x'.repeat(4 * megabyte + 1), type)
      expect([answer.status, await answer.text()]).toEqual([413, expect.stringContaining('4 MB')])
    },
  )

  test('of megabytes is not read of who may not do it', async () => {
    const answer = await web.get('/printers/p-1/poll', null, {
      ...{ method: 'POST', headers: typed, body: 'x'.repeat(megabyte) },
    })
    expect(answer.status).toBe(303)
  })
})

const hurried = { headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 20 }

/** A server with the bounds of platen, but for these. */
async function bounded(other: ServerOptions = {}) {
  const server = createServer({ ...serverLimits, ...other })
  limit(server, quiet)
  server.on('request', (req, res) => req.resume().on('end', () => res.end('done')))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(
    () => server.close(),
    () => server.closeAllConnections(),
  )
  const { port } = server.address() as AddressInfo
  const call = async (localAddress = '127.0.0.1'): Promise<Socket> => {
    const socket = connect({ port, host: '127.0.0.1', localAddress }).on('error', () => {})
    stops.push(() => socket.destroy())
    await once(socket, 'connect')
    return socket
  }
  return { call, connections: promisify(server.getConnections.bind(server)) }
}

describe('who is slow', () => {
  test.each([
    ['says nothing', ''],
    ['dribbles headers', 'GET / HTTP/1.1\r\nHost: x\r\nX: '],
    ['dribbles a form', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n'],
    ['dribbles chunks', 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n'],
  ])('and %s is told, and hung up on', async (_how, begins) => {
    const { call } = await bounded(hurried)
    const socket = await call()
    const heard = text(socket)
    if (begins) socket.write(begins)
    const piece = begins.includes('chunked') ? '1\r\nx\r\n' : 'x'
    const dribble = setInterval(() => begins && socket.writable && socket.write(piece), 20)
    stops.push(() => clearInterval(dribble))
    expect(await heard).toMatch(/^HTTP\/1\.1 408 .*"error":"too-slow"/s)
  })
})

describe('who opens connections', () => {
  test('from one address has half of them, from all 512, and this machine has its own', async () => {
    const { call, connections } = await bounded()
    const many = (address: string, count: number) =>
      Promise.all(Array.from({ length: count }, () => call(address)))
    const held = (sockets: Socket[]) =>
      sockets.filter((socket) => !socket.closed && !socket.readableEnded).length
    const first = await many('127.0.0.2', 300)
    const others = (await Promise.all([many('127.0.0.3', 200), many('127.0.0.4', 200)])).flat()
    for (const socket of [...first, ...others]) socket.resume()
    const own = await call()
    own.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    expect(await text(own)).toContain('done')
    expect([held(first), held(others)]).toEqual([256, 256])
    for (const socket of first) socket.destroy()
    await until(async () => (await connections()) === 256)
    expect(held(await many('127.0.0.5', 100))).toBe(100)
  })
})

describe('whose request it is', () => {
  const asked = (peer: string, told: string | undefined, proxy: string | null) =>
    addressOf(
      { headers: { 'x-forwarded-for': told }, socket: { remoteAddress: peer } as Socket },
      proxy,
    )

  test.each([
    ['a header of anybody', '10.0.0.7', '10.9.9.9', null, '10.0.0.7'],
    ['a header of another than the proxy', '10.0.0.7', '10.9.9.9', '10.0.0.1', '10.0.0.7'],
    ['the last that the proxy saw', '10.0.0.1', '1.1.1.1, 10.9.9.9', '10.0.0.1', '10.9.9.9'],
    ['the proxy in IPv6 dress', '::ffff:10.0.0.1', '::ffff:10.9.9.9', '10.0.0.1', '10.9.9.9'],
    ['a proxy that says nothing', '10.0.0.1', undefined, '10.0.0.1', '10.0.0.1'],
    ['a proxy that says no address', '10.0.0.1', 'unknown', '10.0.0.1', '10.0.0.1'],
    ['a proxy that says an empty one', '10.0.0.1', '10.9.9.9, ', '10.0.0.1', '10.0.0.1'],
    ['IPv6', '::1', '2001:db8::7', '::1', '2001:db8::7'],
  ])('%s', (_what, peer, told, proxy, address) => {
    expect(asked(peer, told, proxy)).toBe(address)
  })

  const wrongly = (from: string) =>
    web.get('/api/v1/status', null, {
      headers: { authorization: basic('ada', 'wrong horse'), 'x-forwarded-for': from },
    })

  test('who makes addresses up is counted as who they are', async () => {
    for (let tries = 0; tries < 10; tries++) await wrongly(`10.0.0.${tries}`)
    expect((await wrongly('10.0.0.99')).status).toBe(429)
  })

  test('behind the proxy each has ten tries of their own, and none by adding addresses', async () => {
    await web.stop()
    web = await startWeb({ proxy: '127.0.0.1' })
    await web.person('ada', 'administrator')
    for (let tries = 0; tries < 10; tries++) await wrongly(`172.16.0.${tries}, 10.0.0.1`)
    expect((await wrongly('172.16.0.99, 10.0.0.1')).status).toBe(429)
    expect((await wrongly('10.0.0.2')).status).toBe(401)
  })
})
