import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { listenForTraps } from '../../src/snmp/traps/traps.ts'
import { until } from '../boot.ts'
import { quiet } from '../parts/log.ts'

// Net-SNMP's own snmptrap (Debian's package snmp) as the printers.

const run = promisify(execFile)
const [coldStart, upTime] = ['1.3.6.1.6.3.1.1.5.1', '100']
const authKey = 'correct horse battery'
const privKey = 'staple correct horse'
const users = [
  { name: 'desk', auth: null, priv: null },
  {
    name: 'room',
    auth: { protocol: 'sha', key: authKey },
    priv: { protocol: 'aes', key: privKey },
  },
  { name: 'signed', auth: { protocol: 'sha512', key: authKey }, priv: null },
] as const

async function listening() {
  const hinted: string[] = []
  const traps = await listenForTraps({
    ...{ port: 0, users, log: quiet, restMs: 50 },
    isPrinter: (address) => ['127.0.0.1', '::1'].includes(address),
    onHint: (address) => hinted.push(address),
  })
  onTestFinished(() => traps.stop())
  return { traps, hinted, at: `127.0.0.1:${traps.port}`, at6: `udp6:[::1]:${traps.port}` }
}

// To be acknowledged, asked once.
const inform = ['-Ci', '-r', '0', '-t', '60']
const locked = (name: string, auth: string, priv: string) => [
  ...['-v3', '-l', 'authPriv', '-u', name, '-a', auth, '-A', authKey, '-x', priv, '-X', privKey],
]
const ways: readonly (readonly [string, readonly string[]])[] = [
  ['SNMP 2c', ['-v2c', '-c', 'any']],
  ['SNMP 3, open', ['-v3', '-l', 'noAuthNoPriv', '-u', 'desk']],
  ['SNMP 3, SHA and AES', locked('room', 'SHA', 'AES')],
  ['SNMP 3, SHA-512', ['-v3', '-l', 'authNoPriv', '-u', 'signed', '-a', 'SHA-512', '-A', authKey]],
]

it.each(ways)('hears a trap of %s', async (_, words) => {
  const { hinted, at } = await listening()
  await run('snmptrap', [...words, at, upTime, coldStart])
  await until(() => hinted.length > 0)
})

it('hears a trap of SNMP 1, and one over IPv6', async () => {
  const { hinted, at, at6 } = await listening()
  await run('snmptrap', [
    '-v1',
    '-c',
    'any',
    at,
    '1.3.6.1.4.1.99999',
    '127.0.0.1',
    '0',
    '0',
    upTime,
  ])
  await run('snmptrap', ['-v2c', '-c', 'any', at6, upTime, coldStart])
  await until(() => hinted.includes('127.0.0.1') && hinted.includes('::1'))
})

it.each(ways)('acknowledges an inform of %s, so that its sender is content', async (_, words) => {
  const { traps, hinted, at } = await listening()
  await run('snmptrap', [...inform, ...words, at, upTime, coldStart])
  expect(hinted).toContain('127.0.0.1')
  expect(traps.heard().informs).toBeGreaterThan(0)
})

it('does not acknowledge an inform of SNMP 3 with another passphrase', async () => {
  const { at } = await listening()
  const words = ['-v3', '-l', 'authNoPriv', '-u', 'signed', '-a', 'SHA-512', '-A', 'another phrase']
  await expect(
    run('snmptrap', [...inform, '-t', '2', ...words, at, upTime, coldStart]),
  ).rejects.toThrow(/timeout|digest|failure/i)
})
