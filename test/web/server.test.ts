import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { securityHeaders } from '../../src/web/headers.ts'
import { until } from '../boot.ts'
import { aPrinter } from '../parts/records.ts'
import { type RunningWeb, startWeb } from '../parts/web.ts'

let web: RunningWeb
const feed = '/api/v1/status'

beforeEach(async () => {
  web = await startWeb()
  await web.person('ada', 'administrator')
})
afterEach(() => web.stop())

test('the security headers stand on every answer, whatever it is', async () => {
  const answers = await Promise.all([
    web.get('/healthz'),
    web.get(feed),
    web.get(feed, 'ada'),
    web.get(`${feed}/nobody`, 'ada'),
    web.get(`${feed}?force=maybe`, 'ada'),
    web.get('/nowhere'),
    web.get(feed, null, { method: 'POST' }),
    web.get(feed, null, { method: 'OPTIONS' }),
    web.get(`/${'x'.repeat(3000)}`),
  ])
  const statuses = answers.map(({ status }) => status)
  expect(statuses).toEqual([200, 401, 200, 404, 422, 404, 405, 204, 414])
  for (const { headers } of answers) {
    for (const [name, value] of Object.entries(securityHeaders))
      expect(headers.get(name)).toBe(value)
    expect(headers.get('x-request-id')).toMatch(/^[0-9A-Z]{10}$/)
    expect(headers.get('x-powered-by')).toBeNull()
    expect(headers.get('cache-control') ?? 'no-store').toBe('no-store')
  }
})

test.each(['/nowhere', '/api/v1', '/api/v1/status/a/b', '/%zz', '/..%2f..%2fetc/passwd', '//'])(
  'there is nothing at %s',
  async (path) => {
    const answer = await web.get(path)
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ error: 'missing', details: {} })
  },
)

test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'PROPFIND'])(
  '%s is told what is taken',
  async (method) => {
    const answer = await web.get(feed, null, { method })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
    expect(await answer.json()).toMatchObject({ error: 'wrong-method' })
  },
)

test('a large body that nobody asked for is not read to its end', async () => {
  const head = `POST ${feed} HTTP/1.1\r\nHost: x\r\nContent-Length: 900000000\r\n\r\n`
  const heard = await web.raw(head + 'x'.repeat(1000))
  expect(heard).toMatch(/^HTTP\/1\.1 405 /)
  expect(heard).toContain('Connection: close')
})

test('OPTIONS tells what is taken', async () => {
  const answer = await web.get(feed, null, { method: 'OPTIONS' })
  expect([answer.status, await answer.text()]).toEqual([204, ''])
  expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
  expect(answer.headers.get('access-control-allow-origin')).toBeNull()
})

test.each([
  ['20 KB of headers', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  [
    'a megabyte of headers',
    `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(1_000_000)}\r\n\r\n`,
    431,
  ],
  ['an address of 20 KB', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
  ['no HTTP', 'HELO print.school.edu\r\n\r\n', 400],
  ['an unknown method', 'BREW / HTTP/1.1\r\nHost: x\r\n\r\n', 400],
  ['an unknown version', 'GET / HTTP/9.9\r\nHost: x\r\n\r\n', 400],
  ['no Host', 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
  [
    'two lengths',
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n',
    400,
  ],
  ['a header with a bare CR', 'GET / HTTP/1.1\r\nHost: x\r\nX: a\rb\r\n\r\n', 400],
  ['a wish to be a tunnel', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\n\r\n', 405],
  [
    'an unknown expectation',
    'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: tea\r\n\r\n',
    417,
  ],
])('%s is declined in the one shape', async (_what, request, status) => {
  const heard = await web.raw(request)
  expect(heard).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  const [head = '', body = ''] = heard.split('\r\n\r\n')
  for (const [name, value] of Object.entries(securityHeaders))
    expect(head).toContain(`${name}: ${value}`)
  expect(head).toContain('Content-Type: application/json; charset=utf-8')
  expect(JSON.parse(body)).toEqual({
    error: expect.any(String),
    message: expect.any(String),
    details: {},
  })
  expect((await web.get('/healthz')).status).toBe(200)
})

test('an address with its host, as a proxy sends it, is taken', async () => {
  const heard = await web.raw(
    'GET http://print.school.edu/healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  )
  expect(heard).toMatch(/^HTTP\/1\.1 200 /)
})

test('HTTP/1.0 without a host is answered', async () => {
  expect(await web.raw('GET /healthz HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /)
})

test('what breaks is told with an id, and the log has the rest', async () => {
  await web.stop()
  web = await startWeb({
    health() {
      throw new Error('the secret inside')
    },
  })
  const answer = await web.get('/api/v1/health')
  const text = await answer.text()
  expect(answer.status).toBe(500)
  expect(text).not.toContain('inside')
  const { message } = JSON.parse(text) as { message: string }
  const id = answer.headers.get('x-request-id')
  expect(message).toContain(`Something broke here (id ${id})`)
  const error = expect.objectContaining({ message: 'the secret inside' })
  expect(web.lines).toContainEqual({
    level: 'error',
    room: 'web',
    facts: { id, error },
    sentence: 'a request broke',
  })
})

test('closing answers who is being answered, and takes no more', async () => {
  let finish = () => {}
  const held = new Promise<void>((resolve) => (finish = resolve))
  let polls = 0
  await web.stop()
  web = await startWeb({
    fleet: {
      status: () => web.fleet.status('p'),
      newsCount: () => 0,
      judgement: (id) => web.fleet.judgement(id),
      watched: () => web.watched('p'),
      pollNow: () => {
        polls += 1
        return held
      },
      hint: () => {},
    },
  })
  await web.person('ada', 'administrator')
  await web.store.update((tx) => tx.put('printers', aPrinter({ id: 'p' })))
  const idle = await aCaller()
  idle.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')
  await once(idle.socket, 'data')
  const answer = web.get(`${feed}?force=1`, 'ada')
  await until(() => polls === 1)
  const closed = web.stop()
  await expect(web.get('/healthz')).rejects.toThrow()
  // Who is asking nothing goes first.
  expect(await idle.heard).toMatch(/^HTTP\/1\.1 200 /)
  finish()
  expect((await answer).status).toBe(200)
  await closed
})

test('a report whose last words come while it closes is taken, answered, and the last of its connection', async () => {
  await web.store.update((tx) => tx.put('printers', aPrinter({ token: 'K7QX2M9V4T8B3C5D' })))
  const report = await aCaller()
  const body = 'matter=supply-toner'
  report.write(
    `POST /p/K7QX2M9V4T8B3C5D HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n` +
      `Content-Type: application/x-www-form-urlencoded\r\n\r\nmatter=`,
  )
  const silent = await aCaller()
  await twoAnswers()
  const closed = web.stop()
  report.write('supply-toner')
  silent.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')
  expect(await report.heard).toMatch(/^HTTP\/1\.1 303 .*\r\nLocation: \/t\//s)
  expect(await report.heard).toContain('\r\nConnection: close\r\n')
  expect(await silent.heard).toMatch(/^HTTP\/1\.1 200 .*\r\nConnection: close\r\n/s)
  await closed
  expect(Object.values(web.store.state.tickets)).toMatchObject([{ wants: 'toner' }])
})

/** A connection, and all that comes back on it until the other side ends it. */
async function aCaller() {
  const socket = connect(web.port, '127.0.0.1')
  await once(socket, 'connect')
  return { socket, write: (words: string) => socket.write(words), heard: text(socket) }
}

/** After them what was sent before was read for sure. */
async function twoAnswers(): Promise<void> {
  for (let asked = 0; asked < 2; asked++) await (await web.get('/healthz')).text()
}

test('closing waits a little for who does not end, and then no more', async () => {
  const { write, heard } = await aCaller()
  heard.catch(() => {})
  write('GET /healthz HTTP/1.1\r\nHost: x\r\n')
  await twoAnswers()
  const started = performance.now()
  await web.stop()
  expect(performance.now() - started).toBeGreaterThan(900)
})

test('a port that is taken is told', async () => {
  const other = await startWeb()
  await other.stop()
  await expect(other.web.listen('127.0.0.1', web.port)).rejects.toThrow('EADDRINUSE')
})

test('it listens on IPv6 too, and counts addresses there', async () => {
  const other = await startWeb()
  await other.stop()
  const { port } = await other.web.listen('::1', 0)
  const answer = await fetch(`http://[::1]:${port}${feed}`)
  expect(answer.status).toBe(401)
  await other.stop()
})

test('one address that opens hundreds of connections shuts nobody else out', async () => {
  const sockets = Array.from({ length: 600 }, () =>
    connect({ port: web.port, host: '127.0.0.1', localAddress: '127.0.0.2' }).on('error', () => {}),
  )
  await Promise.all(sockets.map((socket) => once(socket, 'connect')))
  expect((await web.get('/healthz')).status).toBe(200)
  for (const socket of sockets) socket.destroy()
})

test('a hundred and twenty headers do not hide who asks', async () => {
  const many = Object.fromEntries(Array.from({ length: 120 }, (_, at) => [`x-${at}`, '1']))
  expect((await web.get(feed, 'ada', { headers: many })).status).toBe(200)
})

test('who asks for a tunnel and slams the door ends nothing', async () => {
  for (let tries = 0; tries < 20; tries++) {
    const socket = connect({ port: web.port, host: '127.0.0.1' }).on('error', () => {})
    await once(socket, 'connect')
    socket.write('CONNECT other.host:443 HTTP/1.1\r\nHost: other.host:443\r\n\r\n')
    socket.resetAndDestroy()
  }
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect((await web.get('/healthz')).status).toBe(200)
})
