import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { lookAt } from '../../src/disk/look.ts'
import { asPerson, until } from '../boot.ts'
import { listening } from '../parts/listening.ts'
import { quiet } from '../parts/log.ts'
import { aMachine } from '../parts/process.ts'
import { startReporters } from '../parts/reporters.ts'

// The real program, told to stop while everything that could hold it up does.

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const printers = 1000

it('stops within five seconds, whatever hangs, and loses nothing that it acknowledged', async () => {
  const mute = await aMuteServer()
  const machine = await aMachine({
    PLATEN_PORTAL_REPORTS_PER_HOUR: '1000000',
    ...{ EMAIL_HOST: '127.0.0.1', EMAIL_PORT: String(mute.port), EMAIL_USE_TLS: 'false' },
    EMAIL_TO: 'desk@school.test',
  })
  ends.push(machine.end)
  const folder = machine.settings.PLATEN_DATA_DIR
  const silence = await aSilentPort()
  const rows = Array.from({ length: printers }, (_, at) => `P${at},127.1.${at >> 8}.${at & 255}`)
  const csv = join(machine.base, 'printers.csv')
  writeFileSync(csv, ['label,ipAddress', ...rows.map((row) => `${row}:${silence}\n`)].join('\n'))
  await machine.platen(['import', csv, '--as', 'printers'])
  await machine.platen(['people', 'add', 'ada', '--role', 'administrator'], `${password}\n`)
  const tokens = Object.values((await kept()).printers).map(({ token }) => token)

  const platen = machine.serve()
  await machine.isUp()
  const news = await machine.get('/events', asPerson('ada', password))
  const heard = news.text()
  const isGone = once(await aReportWithoutEnd(machine.port, tokens[0] ?? ''), 'close')
  const reporters = startReporters({ port: machine.port, tokens, people: 64 })
  await until(() => reporters.delivered.length > 200 && mute.calls() > 0)

  const code = await platen.stop()
  expect(code).toBe(0)
  await Promise.all([heard, isGone])
  const lines = (await platen.log).trim().split('\n')
  // Each part had the time that it takes.
  expect(lines.filter((line) => /"level":"error"|too long to stop/.test(line))).toEqual([])
  expect(lines.at(-1)).toContain('platen has stopped')
  // All is in the snapshot, and who comes next need not wait for anybody.
  expect(readFileSync(join(folder, 'platen.log'), 'utf8').trim().split('\n')).toHaveLength(1)
  expect(existsSync(join(folder, 'lock'))).toBe(false)

  const next = machine.serve()
  await reporters.stop()
  expect(await next.stop()).toBe(0)
  const state = await kept()
  const forms = Object.values(state.tickets).flatMap(({ receipt, form, meToo }) =>
    [form, ...meToo.map((one) => one.form)].map((each) => `${each} ${receipt}`),
  )
  expect(new Set(forms).size).toBe(forms.length)
  const there = new Set(forms)
  const isThere = ({ form, receipt }: { form: string; receipt: string }) =>
    there.has(`${form} ${receipt}`)
  expect(reporters.delivered.filter((one) => !isThere(one))).toEqual([])
  // The mail server never took a word of them.
  for (const letter of Object.values(state.outbox))
    expect(letter).toMatchObject({ state: 'waiting', handedAt: null, maybeTwice: false })

  async function kept() {
    const found = await lookAt(folder, quiet)
    if (!found) throw new Error('nothing is kept')
    return found
  }
})

const password = 'correct horse battery'

/** A mail server that takes the connection and says nothing. */
async function aMuteServer() {
  const open: Socket[] = []
  const server = createServer((socket) => open.push(socket.on('error', () => {})))
  ends.push(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  return { port: await listening(server), calls: () => open.length }
}

/** Takes every question and answers none, on any address of loopback. */
async function aSilentPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '0.0.0.0')
  await once(socket, 'listening')
  ends.push(() => socket.close())
  return socket.address().port
}

/** Somebody whose telephone lost the network in the middle of a form. */
async function aReportWithoutEnd(port: number, token: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => {})
  await once(socket, 'connect')
  socket.write(
    `POST /p/${token} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n` +
      'Content-Type: application/x-www-form-urlencoded\r\n\r\nmatter=',
  )
  socket.resume()
  await wait(100)
  return socket
}
