import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { until } from '../boot.ts'
import { type RunningWeb, startWeb } from '../parts/web.ts'

// Who comes with thousands of connections, or takes for ever to say something: in real time, with the
// bounds that platen has. Each address below 127 is another one to the server.

let web: RunningWeb
let sockets: Socket[]

beforeEach(async () => {
  sockets = []
  web = await startWeb()
  await web.person('ada', 'administrator')
})
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await web.stop()
})

async function caller(localAddress = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ port: web.port, host: '127.0.0.1', localAddress })
  sockets.push(socket)
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

const isHeld = (socket: Socket) => !socket.closed && !socket.readableEnded

test('of 10,000 idle connections it holds 512, and this machine is answered all the while', async () => {
  const before = process.memoryUsage.rss()
  for (let network = 2; network < 52; network++) {
    const batch = Array.from({ length: 200 }, () => caller(`127.0.0.${network}`))
    for (const socket of await Promise.all(batch)) socket.resume()
    expect((await web.get('/healthz')).status).toBe(200)
  }
  expect(sockets).toHaveLength(10_000)
  // That they were hung up on has to reach the others first.
  await until(() => sockets.filter(isHeld).length <= 512)
  expect(sockets.filter(isHeld).length).toBeGreaterThan(200)
  expect((await web.get('/api/v1/status', 'ada')).status).toBe(200)
  const grownMb = (process.memoryUsage.rss() - before) / 1024 / 1024
  process.stdout.write(`10,000 connections at both ends: ${grownMb.toFixed(0)} MB\n`)
  const warnings = web.lines.filter(({ level }) => level === 'warn')
  expect(warnings[0]?.sentence).toBe('too many connections: more are turned away')
  // A line for each flood, not for each connection.
  expect(warnings.length).toBeLessThan(10)
  // Who says nothing is asked to leave, and then there is room for others.
  await expect.poll(() => sockets.filter(isHeld).length, { timeout: 120_000 }).toBe(0)
  // Their farewell has to reach the server first.
  await expect.poll(askedByAnother, { timeout: 120_000 }).toMatch(/^HTTP\/1\.1 200 /)
})

async function askedByAnother(): Promise<string> {
  const next = await caller('127.0.0.99')
  next.write('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
  return text(next)
}

test('who dribbles headers or a form is told that it takes too long, and others are answered', async () => {
  const headers = await caller()
  const form = await caller()
  headers.write('GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ')
  form.write(
    'POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n' +
      'Content-Length: 1000\r\n\r\n',
  )
  const dribble = setInterval(() => {
    for (const socket of [headers, form]) if (socket.writable) socket.write('x')
  }, 500)
  const [ofHeaders, ofForm] = [allOf(headers), allOf(form)]
  expect(await ofHeaders).toMatch(/^HTTP\/1\.1 408 .*"error":"too-slow"/s)
  expect((await web.get('/healthz')).status).toBe(200)
  expect(await ofForm).toMatch(/^HTTP\/1\.1 408 .*"error":"too-slow"/s)
  clearInterval(dribble)
})

/** Also of one that is reset behind the last word, for it dribbled on. */
async function allOf(socket: Socket): Promise<string> {
  let heard = ''
  socket.on('data', (some) => {
    heard += some
  })
  await once(socket, 'close')
  return heard
}
