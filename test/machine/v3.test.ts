import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createReader } from '../../src/snmp/status.ts'
import { aStranger, type Peer } from '../../src/snmp/v3/peer.ts'
import { openUserSession } from '../../src/snmp/v3/session.ts'
import { readUsers, type SnmpUser } from '../../src/snmp/v3/users.ts'
import { startAgent } from '../parts/agent.ts'
import { type Snmpd, startSnmpd } from '../parts/snmpd.ts'

// SNMP 3 as net-snmp's own agent speaks it: each way to sign and to encrypt, each way to be turned away.

/** As SNMP_USERS has it, and the same for snmpd. */
const ways = [
  ['plain', ''],
  ['md5', 'MD5 "secret of md5"'],
  ['sha', 'SHA secret-of-sha'],
  ['sha224', 'SHA-224 secret-of-sha224'],
  ['sha256', 'SHA-256 secret-of-sha256'],
  ['sha384', 'SHA-384 secret-of-sha384'],
  ['sha512', 'SHA-512 secret-of-sha512'],
  ['md5-des', 'MD5 signed-by-md5 DES behind-des'],
  ['sha512-des', 'SHA-512 signed-by-sha512 DES behind-des'],
  ['md5-aes', 'MD5 signed-by-md5 AES behind-aes'],
  ['sha-aes', 'SHA signed-by-sha AES behind-aes'],
  ['md5-aes256', 'MD5 signed-by-md5 AES-256 behind-aes256'],
  ['sha-aes256', 'SHA signed-by-sha AES-256 behind-aes256'],
  ['sha256-aes256', 'SHA-256 signed-by-sha256 AES-256 behind-aes256'],
  ['md5-aes256c', 'MD5 signed-by-md5 AES-256-C behind-aes256c'],
  ['sha-aes256c', 'SHA signed-by-sha AES-256-C behind-aes256c'],
  ['sha512-aes256c', 'SHA-512 signed-by-sha512 AES-256-C behind-aes256c'],
] as const
const engineId = '0x80001f8880deadbeef01020304'
const contactName = 'The print room'
const marker = '1.3.6.1.2.1.43.10.2.1.4.1.1'

let snmpd: Snmpd
let behind: Awaited<ReturnType<typeof startAgent>>

beforeAll(async () => {
  behind = await startAgent({ walk: `${marker}|65|4711\n` })
  snmpd = await startSnmpd([
    `exactEngineID ${engineId}`,
    `sysContact ${contactName}`,
    'view all included .1',
    ...ways.map(([name, words]) => `createUser ${name} ${words}`),
    ...ways.map(
      ([name, words]) => `rouser ${name} ${words === '' ? 'noauth' : 'auth'} -V all Jet*`,
    ),
    ...ways.map(([name, words]) => `rouser ${name} ${words === '' ? 'noauth' : 'auth'}`),
    'createUser strict SHA signed-by-sha AES behind-aes',
    'rouser strict priv',
    'createUser jetonly SHA signed-by-sha',
    'rouser jetonly auth -V all Jet*',
    'createUser nothing SHA signed-by-sha',
    `proxy -Cn Jetdirect -v 2c -c public ${behind.address} .1.3.6.1.2.1.43`,
  ])
})
afterAll(async () => {
  await snmpd?.stop()
  await behind?.stop()
})

function userNamed(words: string): SnmpUser {
  const read = readUsers(words)
  const user = 'users' in read ? read.users[0] : undefined
  if (!user) throw new Error(words)
  return user
}

interface Way {
  readonly timeoutMs?: number
  readonly context?: string
  readonly peer?: Peer
}

function sessionOf(words: string, { context = '', peer, timeoutMs = 20_000 }: Way = {}) {
  const place = { address: '127.0.0.1', family: 4, port: snmpd.port } as const
  const user = userNamed(words)
  const session = openUserSession(place, {
    ...{ user, context, timeoutMs, retries: 0 },
    ...(peer && { peer }),
  })
  onTestFinished(() => session.close())
  return session
}

const sysContact = '1.3.6.1.2.1.1.4'
const contact = {
  kind: 'bindings',
  columns: [
    [{ oid: `${sysContact}.0`, cell: { kind: 'octets', octets: Buffer.from(contactName) } }],
  ],
}

test.each(ways)('%s is heard', async (name, words) => {
  const session = sessionOf(`${name} ${words}`)
  expect(await session.getNext([sysContact])).toMatchObject(contact)
  const table = await session.getBulk([sysContact, '1.3.6.1.2.1.1.9.1.2'], 1, 5)
  const columns = table.kind === 'bindings' ? table.columns : []
  expect(columns.map((column) => column.length)).toEqual([1, 5])
})

test.each([
  ['a user that it does not have', 'nobody', 'user'],
  ['a wrong passphrase', 'sha SHA secret-of-nobody', 'passphrase'],
  ['a passphrase under another protocol', 'sha MD5 secret-of-sha', 'passphrase'],
  ['a user that does not sign', 'sha', 'rights'],
  ['a user that should encrypt', 'strict SHA signed-by-sha', 'rights'],
  ['a user that may not encrypt', 'sha SHA secret-of-sha AES behind-aes', 'level'],
  ['a user that may read nothing', 'nothing SHA signed-by-sha', 'rights'],
  ['a wrong second passphrase', 'sha-aes SHA signed-by-sha AES behind-nobody', 'unheard'],
  ['AES-256 the other way', 'sha-aes256 SHA signed-by-sha AES256C behind-aes256', 'unheard'],
])('%s is turned away, and why is known', async (_, words, why) => {
  const session = sessionOf(words, why === 'unheard' ? { timeoutMs: 1000 } : {})
  expect(await session.getNext([sysContact])).toEqual({ kind: 'refused', why })
})

test('who is there is asked once: then an answer costs one datagram', async () => {
  const peer = aStranger()
  const session = sessionOf('sha-aes SHA signed-by-sha AES behind-aes', { peer })
  await session.getNext([sysContact])
  const first = session.sent()
  await session.getNext([sysContact])
  expect(session.sent() - first).toBe(1)
  session.close()
  const next = sessionOf('sha-aes SHA signed-by-sha AES behind-aes', { peer })
  expect(await next.getNext([sysContact])).toMatchObject(contact)
  expect(next.sent()).toBe(1)
})

test.each([
  ['was switched off and on', undefined],
  ['was reset to what it was when it was new', 'clean'],
] as const)('a printer that %s is heard again by the kept session', async (_, how) => {
  const session = sessionOf('sha-aes SHA signed-by-sha AES behind-aes')
  expect(await session.getNext([sysContact])).toMatchObject(contact)
  await snmpd.restart(how)
  expect(await session.getNext([sysContact])).toMatchObject(contact)
})

test('another printer at the address is heard by the session that was kept for the first', async () => {
  const peer = aStranger()
  const words = 'sha SHA secret-of-sha'
  await sessionOf(words, { peer }).getNext([sysContact])
  const known = peer.engine
  if (known === null) throw new Error('not met')
  peer.engine = { ...known, id: Buffer.from('80001f8880badbadbad0', 'hex'), boots: 77 }
  expect(await sessionOf(words, { peer }).getNext([sysContact])).toMatchObject(contact)
  expect(`0x${peer.engine.id.toString('hex')}`).toBe(engineId)
})

test('a clock that went wrong is set anew', async () => {
  const peer = aStranger()
  const words = 'sha256-aes256 SHA-256 signed-by-sha256 AES-256 behind-aes256'
  await sessionOf(words, { peer }).getNext([sysContact])
  const known = peer.engine
  if (known === null) throw new Error('not met')
  for (const wrong of [
    { ...known, timeSeconds: known.timeSeconds + 10_000 },
    { ...known, boots: known.boots + 5 },
    { ...known, boots: 0, timeSeconds: 0 },
  ]) {
    peer.engine = wrong
    expect(await sessionOf(words, { peer }).getNext([sysContact])).toMatchObject(contact)
  }
})

test('what stands in a context is read there, and not without it', async () => {
  const words = 'sha-aes SHA signed-by-sha AES behind-aes'
  const column = marker.replace(/\.1\.1$/, '')
  const there = await sessionOf(words, { context: 'Jetdirect' }).getNext([column])
  expect(there).toMatchObject({
    columns: [[{ oid: marker, cell: { kind: 'number', number: 4711 } }]],
  })
  const outside = await sessionOf(words).getNext([column])
  expect(outside).not.toMatchObject({ columns: [[{ oid: marker }]] })
})

test('a printer that lets its user read in one context alone is read there, and found there again', async () => {
  const words = 'jetonly SHA signed-by-sha'
  const reader = createReader({ timeoutMs: 5000, retries: 0, users: [userNamed(words)] })
  onTestFinished(() => reader.close())
  const target = {
    address: `127.0.0.1:${snmpd.port}`,
    community: 'jetonly',
    version: '3',
    known: null,
  } as const
  for (let poll = 0; poll < 2; poll += 1)
    expect(await reader.readPrinter(target)).toMatchObject({
      ...{ ok: true, pageCount: 4711, snmp: { version: '3', context: 'Jetdirect' } },
    })
  expect(await reader.readPrinter({ ...target, context: 'elsewhere' })).toMatchObject({ ok: false })
})

test('a printer is read whole by a user, and tells which one it does not know', async () => {
  const users = [userNamed('sha-aes SHA signed-by-sha AES behind-aes'), userNamed('stranger')]
  const reader = createReader({ timeoutMs: 5000, retries: 0, users })
  onTestFinished(() => reader.close())
  const read = (community: string) =>
    reader.readPrinter({
      ...{ address: `127.0.0.1:${snmpd.port}`, community, version: '3', known: null },
    })
  expect(await read('sha-aes')).toMatchObject({ ok: true, snmp: { version: '3', context: null } })
  const first = await read('sha-aes@Jetdirect')
  expect(first).toMatchObject({ ok: true, pageCount: 4711 })
  const again = await read('sha-aes@Jetdirect')
  expect(again.snmp.requests).toBeLessThan(first.snmp.requests)
  expect(again.markers).toBe(first.markers)
  behind.set(marker, '65', '4712')
  expect(await read('sha-aes@Jetdirect')).toMatchObject({ ok: true, pageCount: 4712 })
  behind.set(marker, '65', '4711')
  expect((await read('stranger')).error).toBe('Has no user stranger of SNMP 3')
  expect((await read('nobody')).error).toContain('SNMP_USERS has no such user')
})
