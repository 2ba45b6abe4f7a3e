import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Worker } from 'node:worker_threads'
import snmp from 'net-snmp'
import { expect, onTestFinished, test } from 'vitest'
import { listenForTraps, type TrapSettings } from '../../src/snmp/traps/traps.ts'
import type { SnmpUser } from '../../src/snmp/v3/users.ts'
import { until } from '../boot.ts'
import { quiet } from '../parts/log.ts'

const coldStart = '1.3.6.1.6.3.1.1.5.1'
const users: readonly SnmpUser[] = [
  { name: 'desk', auth: null, priv: null },
  {
    name: 'print-room',
    auth: { protocol: 'sha256', key: 'correct horse battery' },
    priv: { protocol: 'aes', key: 'staple correct horse' },
  },
]

/** A platen that listens for traps; printers are at 127.0.0.1 to .9. */
async function listening(settings: Partial<TrapSettings> = {}) {
  const hinted: string[] = []
  const traps = await listenForTraps({
    ...{ port: 0, users, log: quiet, restMs: 150 },
    isPrinter: (address) => /^127\.0\.0\.\d$/.test(address),
    onHint: (address) => hinted.push(address),
    ...settings,
  })
  onTestFinished(() => traps.stop())
  return { traps, hinted, port: traps.port ?? 0 }
}

/** A printer that sends to that port. */
async function aSender(port: number, address = '127.0.0.1') {
  const socket = createSocket('udp4')
  socket.bind(0, address)
  await once(socket, 'listening')
  onTestFinished(() => void socket.close())
  return {
    send: (datagram: Buffer) =>
      new Promise<void>((sent) => socket.send(datagram, port, '127.0.0.1', () => sent())),
    answer: async () => {
      const [datagram] = (await once(socket, 'message')) as [Buffer]
      return datagram
    },
  }
}

/** Milliseconds. An answer that comes may take its time on a busy machine. */
const [briefly, patiently] = [150, 15_000]

/** net-snmp as the printer. */
function aSession(port: number, version: '1' | '2c', timeout = patiently) {
  const session = snmp.createSession('127.0.0.1', 'whatever', {
    version: version === '1' ? snmp.Version1 : snmp.Version2c,
    ...{ trapPort: port, port, timeout, retries: 0 },
  })
  onTestFinished(() => void session.close())
  return session
}

function aSealedSession(port: number, user: snmp.User, timeout = patiently) {
  const session = snmp.createV3Session('127.0.0.1', user, {
    ...{ trapPort: port, port, timeout, retries: 0, engineID: '8000B98380AABBCCDDEEFF' },
  })
  onTestFinished(() => void session.close())
  return session
}

const told = (send: (done: (error: Error | null) => void) => unknown) =>
  new Promise<Error | null>((resolve) => void send(resolve))

const open: snmp.User = { name: 'desk', level: snmp.SecurityLevel.noAuthNoPriv }
const locked: snmp.User = {
  name: 'print-room',
  level: snmp.SecurityLevel.authPriv,
  authProtocol: snmp.AuthProtocols.sha256,
  authKey: 'correct horse battery',
  privProtocol: snmp.PrivProtocols.aes,
  privKey: 'staple correct horse',
}

/** A coldStart as `snmptrap -v 2c -c public` sends it: sysUpTime.0 and snmpTrapOID.0. */
const trap = Buffer.from(
  '304002010104067075626c6963a7330201010201000201003028' +
    '300d06082b06010201010300430101' +
    '3017060a2b06010603010104010006092b0601060301010501',
  'hex',
)

test.for(['1', '2c'] as const)(
  'a trap of SNMP %s is a hint to poll its printer',
  async (version) => {
    const { traps, hinted, port } = await listening()
    await told((done) => aSession(port, version).trap(coldStart, done))
    await until(() => hinted.length > 0)
    expect(hinted).toEqual(['127.0.0.1'])
    expect(traps.heard()).toMatchObject({ traps: 1, informs: 0, hints: 1 })
  },
)

test.for([
  ['of a user whose words are open', open],
  ['of a user with two passphrases', locked],
  ['of a user that platen does not know', { ...open, name: 'nobody-of-ours' }],
] as const)('a trap of SNMP 3 %s is a hint', async ([, user]) => {
  const { hinted, port } = await listening()
  await told((done) => aSealedSession(port, user).trap(coldStart, done))
  await until(() => hinted.length > 0)
})

test('an inform is acknowledged, so that its printer does not send it again', async () => {
  const { traps, hinted, port } = await listening()
  expect(await told((done) => aSession(port, '2c').inform(coldStart, done))).toBe(null)
  expect(hinted).toEqual(['127.0.0.1'])
  expect(traps.heard()).toMatchObject({ traps: 0, informs: 1 })
})

test.for([
  ['open', open],
  ['locked', locked],
] as const)('an inform of SNMP 3 is acknowledged: %s', async ([, user]) => {
  const { hinted, port } = await listening()
  expect(await told((done) => aSealedSession(port, user).inform(coldStart, done))).toBe(null)
  expect(hinted).toContain('127.0.0.1')
})

test('an inform with another passphrase is not acknowledged', async () => {
  const { port } = await listening()
  const wrong = { ...locked, authKey: 'not the passphrase' }
  const error = await told((done) => aSealedSession(port, wrong, briefly).inform(coldStart, done))
  expect(error?.name).toBe('RequestTimedOutError')
})

test('what comes from where no printer is gets no answer and is no hint', async () => {
  const { traps, hinted, port } = await listening({ isPrinter: () => false })
  const error = await told((done) => aSession(port, '2c', briefly).inform(coldStart, done))
  expect(error?.name).toBe('RequestTimedOutError')
  expect(hinted).toEqual([])
  expect(traps.heard()).toMatchObject({ strangers: 1, informs: 0 })
})

test('the last trap of a burst counts: one hint at once, one when the printer has rested', async () => {
  const { hinted, port } = await listening({ restMs: 500 })
  const printer = await aSender(port)
  // All of them are there before the first is heard.
  await Promise.all(Array.from({ length: 20 }, () => printer.send(trap)))
  await until(() => hinted.length === 2)
  await new Promise((resolve) => setTimeout(resolve, 600))
  expect(hinted).toHaveLength(2)
})

test('one printer that sends without end does not hold up the others', async () => {
  const { traps, hinted, port } = await listening({ restMs: 60_000 })
  const [loud, quietOne] = [await aSender(port), await aSender(port, '127.0.0.2')]
  // However slow that goes here: until far more came than are looked into.
  for (let count = 0; traps.heard().tooMany <= 200; count += 1) {
    await loud.send(trap)
    // A buffer of the kernel holds a few hundred.
    if (count % 20 === 0) await new Promise(setImmediate)
  }
  await quietOne.send(trap)
  await until(() => hinted.includes('127.0.0.2'))
  expect(hinted).toEqual(['127.0.0.1', '127.0.0.2'])
})

test('a whole building that comes back is read in turn, and nobody is forgotten', async () => {
  const hinted: string[] = []
  const atMs: number[] = []
  const begunMs = performance.now()
  const { port } = await listening({
    isPrinter: (address) => address.startsWith('127.0.1.'),
    restMs: 60_000,
    onHint(address) {
      hinted.push(address)
      atMs.push(performance.now() - begunMs)
    },
  })
  const printers = await Promise.all(
    Array.from({ length: 55 }, (_, at) => aSender(port, `127.0.1.${at + 1}`)),
  )
  await Promise.all(printers.map(({ send }) => send(trap)))
  await until(() => hinted.length === 55)
  expect(new Set(hinted).size).toBe(55)
  // Fifty at once, and ten a second.
  expect(atMs.filter((ms, at) => at + 1 > 50 + ms / 100)).toEqual([])
})

test('rubbish ends nothing, and is no hint', async () => {
  const { traps, hinted, port } = await listening()
  const printer = await aSender(port)
  const rubbish = [
    Buffer.alloc(0),
    Buffer.from('30', 'hex'),
    Buffer.alloc(1400, 0x30),
    Buffer.from('3084ffffffff', 'hex'),
    Buffer.alloc(60_000, 0xff),
    trap.subarray(0, -3),
    // SNMP 3 with an empty engine and nothing behind it: for the library, which throws.
    Buffer.from('301a020103300b0201010201640401040201030408300604000201000500', 'hex'),
  ]
  for (const datagram of rubbish) await printer.send(datagram)
  for (let at = 0; at < trap.length; at += 1) {
    const damaged = Buffer.from(trap)
    damaged[at] = 0xff
    await printer.send(damaged)
  }
  await until(() => traps.heard().unreadable >= rubbish.length - 1)
  const before = hinted.length
  await new Promise((resolve) => setTimeout(resolve, 200))
  await (await aSender(port, '127.0.0.2')).send(trap)
  await until(() => hinted.length > before)
})

test('a flood of strangers holds up nothing: a printer is heard, and nothing of it stays', async () => {
  const { traps, hinted, port } = await listening({
    isPrinter: (address) => address === '127.0.0.2',
  })
  const printer = await aSender(port, '127.0.0.2')
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const before = heapUsed()
  const flood = new Worker(flooding, { eval: true, workerData: { port, trap } })
  onTestFinished(async () => void (await flood.terminate()))
  await until(async () => {
    // One or the other is lost where the kernel's buffer is full.
    await printer.send(trap)
    return traps.heard().strangers > 10_000 && hinted.length > 0
  })
  await flood.terminate()
  delay.disable()
  expect(delay.percentile(50) / 1e6).toBeLessThan(100)
  expect(heapUsed() - before).toBeLessThan(50_000_000)
})

/** Without what nobody holds any more. */
function heapUsed(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}

/** From a thread of its own, as fast as it goes, until it is ended. */
const flooding = `
const { workerData: { port, trap } } = require('node:worker_threads')
const socket = require('node:dgram').createSocket('udp4')
function more() {
  for (let burst = 0; burst < 100; burst += 1) socket.send(trap, port, '127.0.0.1', burst ? undefined : more)
}
more()
`

test('a port that is taken is told with what to do, and platen goes on', async () => {
  const { port } = await listening()
  const { traps } = await listening({ port })
  expect(traps.port).toBe(null)
  expect(traps.trouble()).toMatch(/in use.*SNMP_TRAP_PORT/)
  expect(traps.heard()).toMatchObject({ hints: 0 })
})
