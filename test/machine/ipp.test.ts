import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import type { Reading } from '../../src/core/status/reading.ts'
import { createIpp } from '../../src/snmp/ipp/ipp.ts'
import { withSecondSource } from '../../src/snmp/second-source.ts'
import { createReader } from '../../src/snmp/status.ts'
import { createTestClock } from '../parts/clock.ts'
import { listening } from '../parts/listening.ts'
import { freePort } from '../parts/process.ts'
import { aPrinter } from '../snmp/printers.ts'

// CUPS' own IPP printer (Debian: cups-ipp-utils). It wants to announce itself through the system's bus; it
// is given one of its own, on which nobody announces anything.

async function aBus(): Promise<string> {
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'])
  onTestFinished(() => void bus.kill())
  bus.stderr.resume()
  const [address] = await once(createInterface(bus.stdout), 'line')
  return address
}

async function anIppPrinter(attributes: string): Promise<number> {
  const [port, bus] = await Promise.all([freePort(), aBus()])
  const folder = mkdtempSync(join(tmpdir(), 'platen-ipp-'))
  const file = join(folder, 'printer.conf')
  writeFileSync(file, attributes)
  const args = ['-p', String(port), '-r', 'off', '-a', file, '-d', folder, 'Library']
  const printer = spawn('/usr/sbin/ippeveprinter', args, {
    env: { PATH: process.env.PATH, HOME: folder, DBUS_SYSTEM_BUS_ADDRESS: bus },
    stdio: 'ignore',
  })
  onTestFinished(async () => {
    printer.kill('SIGKILL')
    await once(printer, 'exit')
    rmSync(folder, { recursive: true, force: true })
  })
  return port
}

const level = (supply: number) => `1.3.6.1.2.1.43.11.1.1.9.1.${supply}`
const input = (column: number, tray: number) => `1.3.6.1.2.1.43.8.2.1.${column}.1.${tray}`
const panel = '1.3.6.1.2.1.43.16.5.1.2.1.1'

/** A printer that answers SNMP and has some black and cyan left, and its IPP. */
async function aRoom(ippPort: number) {
  const agent = await aPrinter()
  for (const supply of [1, 2]) agent.set(level(supply), '2', '-3')
  const ipp = createIpp({ port: ippPort, timeoutMs: 5000 })
  const reader = createReader({ timeoutMs: 10_000, retries: 1 })
  onTestFinished(() => {
    ipp.close()
    reader.close()
  })
  const readPrinter = withSecondSource(reader.readPrinter, {
    ipp,
    clock: createTestClock(),
    hostOf: () => '127.0.0.1',
  })
  const { address } = agent
  const read = (): Promise<Reading> =>
    readPrinter({ address, community: 'public', version: '2c', known: '2c' })
  return { agent, ipp, read }
}

test('CUPS’ own IPP printer tells what the Printer-MIB leaves open', async () => {
  const port = await anIppPrinter(
    [
      'ATTR name marker-names "Cyan Toner","Black Toner","Waste Toner"',
      'ATTR keyword marker-types toner,toner,waste-toner',
      'ATTR name marker-colors "#00FFFF","#000000","none"',
      'ATTR integer marker-levels 17,63,20',
      'ATTR octetString printer-input-tray "type=sheetFeedAutoRemovableTray;maxcapacity=250;level=50;status=0;name=main;"',
    ].join('\n'),
  )
  const { agent, ipp, read } = await aRoom(port)
  await expect
    .poll(async () => (await ipp.ask('127.0.0.1')).kind, { timeout: 120_000 })
    .toBe('told')

  const reading = await read()
  expect(reading.supplies.slice(0, 3)).toMatchObject([
    { description: 'Black Toner Cartridge', level: -3, percent: 63, source: 'ipp' },
    { description: 'Cyan Toner Cartridge', level: -3, percent: 17, source: 'ipp' },
    { description: 'Magenta Toner Cartridge', percent: 100, source: 'printer-mib' },
  ])
  expect(reading.trays).toHaveLength(3)
  expect(reading.errors).toEqual({ raw: '0000', flags: [] })

  for (const tray of [1, 2, 3])
    for (let column = 2; column < 26; column++) agent.remove(input(column, tray))
  agent.remove('1.3.6.1.2.1.25.3.5.1.2.1')
  const bare = await read()
  expect(bare.trays).toMatchObject([{ index: 'ipp.1', name: 'main', level: 50, percent: 20 }])
  expect(bare.errors).toEqual({ raw: '', flags: [] })
})

/** A port where connections are counted, and nothing is ever said. */
async function aMutePort() {
  const mute = { port: 0, connections: 0 }
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    mute.connections += 1
    sockets.push(socket.on('error', () => {}).resume())
  })
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return Object.assign(mute, { port: await listening(server) })
}

test('a printer that sleeps gets no connection', async () => {
  const mute = await aMutePort()
  const { agent, read } = await aRoom(mute.port)
  agent.set(panel, '4', 'Sleep mode on')
  for (let times = 0; times < 3; times++) expect((await read()).ok).toBe(true)
  await wait(200)
  expect(mute.connections).toBe(0)
})

test('a printer that takes the question and says nothing delays one reading, and no other', async () => {
  const mute = await aMutePort()
  const { read } = await aRoom(mute.port)
  const first = await read()
  expect(first).toMatchObject({
    ok: true,
    supplies: [{ percent: null, source: 'printer-mib' }, {}, {}, {}, {}, {}, {}, {}],
  })
  await read()
  expect(mute.connections).toBe(1)
})
