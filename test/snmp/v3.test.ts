import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import snmp from 'net-snmp'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { binding, field, integer, writeValue } from '../../src/demo/ber.ts'
import { readHeard } from '../../src/snmp/v3/heard.ts'
import { readMessage } from '../../src/snmp/v3/message.ts'
import { aStranger } from '../../src/snmp/v3/peer.ts'
import { openUserSession } from '../../src/snmp/v3/session.ts'
import { readUsers, type SnmpUser } from '../../src/snmp/v3/users.ts'
import { standsStill } from '../parts/stands-still.ts'
import { freeUdpPort, somebody } from '../parts/udp.ts'

// SNMP 3 against the agent of npm's net-snmp, and against those who only pretend. What it cannot (DES,
// signed reports, clocks) test/machine/v3.test.ts tries with Debian's snmpd.

const ways = [
  'plain',
  'sha256 SHA256 secret-of-sha256',
  'aes MD5 signed-by-md5 AES behind-aes',
  'aes256b SHA signed-by-sha AES256 behind-aes256',
  'aes256c SHA signed-by-sha AES256C behind-aes256',
]
const userNamed = (words: string): SnmpUser => {
  const read = readUsers(words)
  const user = 'users' in read ? read.users[0] : undefined
  if (!user) throw new Error(words)
  return user
}

let port: number
let agent: ReturnType<typeof snmp.createAgent>

beforeAll(async () => {
  port = await freeUdpPort()
  agent = snmp.createAgent({ port, address: '127.0.0.1', engineID: '8000b98380ABCDEF12' }, () => {})
  agent.registerProvider({
    name: 'sysName',
    type: snmp.MibProviderType.Scalar,
    oid: '1.3.6.1.2.1.1.5',
    scalarType: snmp.ObjectType.OctetString,
    maxAccess: snmp.MaxAccess['read-only'],
  })
  agent.getMib().setScalarValue('sysName', 'LIB-2F-1')
  for (const { name, auth, priv } of ways.map(userNamed)) {
    const { noAuthNoPriv, authNoPriv, authPriv } = snmp.SecurityLevel
    agent.getAuthorizer().addUser({
      name,
      level: priv ? authPriv : auth ? authNoPriv : noAuthNoPriv,
      ...(auth && { authProtocol: snmp.AuthProtocols[auth.protocol], authKey: auth.key }),
      ...(priv && { privProtocol: snmp.PrivProtocols[priv.protocol], privKey: priv.key }),
    })
  }
})
afterAll(() => agent.close())

const sysName = '1.3.6.1.2.1.1.5'
const told = { kind: 'octets', octets: Buffer.from('LIB-2F-1') }
const name = { kind: 'bindings', columns: [[{ oid: `${sysName}.0`, cell: told }]] }

/** Milliseconds, where there is silence. */
const briefly = 1000

/** Patient, for on a busy machine an answer takes its time. */
function sessionOf(words: string, at = port, peer = aStranger(), timeoutMs = 15_000) {
  const place = { address: '127.0.0.1', family: 4, port: at } as const
  const settings = { user: userNamed(words), context: '', timeoutMs, retries: 0 }
  const session = openUserSession(place, { ...settings, peer })
  onTestFinished(() => session.close())
  return session
}

test.each(ways)('a printer answers the user %s', async (words) => {
  const session = sessionOf(words)
  expect(await session.getNext([sysName])).toMatchObject(name)
  const before = session.sent()
  expect(await session.getBulk([sysName], 0, 1)).toMatchObject(name)
  expect(session.sent() - before).toBe(1)
})

test('a user that the printer does not have is told', async () => {
  expect(await sessionOf('nobody').getNext([sysName])).toEqual({ kind: 'refused', why: 'user' })
})

test('a printer that answers SNMP 3 but not this user is not called silent', async () => {
  const session = sessionOf('sha256 SHA256 secret-of-nobody', port, aStranger(), briefly)
  expect(await session.getNext([sysName])).toEqual({ kind: 'refused', why: 'unheard' })
})

test('a large request that is not answered may have been too large, and says nothing of the user', async () => {
  const session = sessionOf('sha256 SHA256 secret-of-nobody', port, aStranger(), briefly)
  expect(await session.getNext([sysName, sysName])).toEqual({ kind: 'silent' })
})

test('nobody there is told by the network, at once', async () => {
  const session = sessionOf('plain', await freeUdpPort())
  const answer = await session.getNext([sysName])
  expect(answer).toEqual({ kind: 'unreachable', code: 'ECONNREFUSED' })
})

test('a session that is closed, and closed again, ends what was under way and all that follows', async () => {
  const session = sessionOf('plain', (await somebody(() => [])).port)
  const asked = session.getNext([sysName])
  session.close()
  session.close()
  expect(await asked).toEqual({ kind: 'closed' })
  expect(await session.getNext([sysName])).toEqual({ kind: 'closed' })
})

/** By way of the agent: what it was asked, and what it said. */
async function overheard(words: string): Promise<readonly { asked: Buffer; said: Buffer }[]> {
  const heard: { asked: Buffer; said: Buffer }[] = []
  const wire = createSocket('udp4')
  wire.connect(port, '127.0.0.1')
  await once(wire, 'connect')
  onTestFinished(() => void wire.close())
  const between = await somebody(async (asked) => {
    wire.send(asked)
    const [said] = (await once(wire, 'message')) as [Buffer]
    heard.push({ asked, said })
    return [said]
  })
  expect(await sessionOf(words, between.port).getNext([sysName])).toMatchObject(name)
  return heard
}

test('a damaged answer to a signed request is never believed', async () => {
  const words = 'sha256 SHA256 secret-of-sha256'
  const last = (await overheard(words)).at(-1)
  const asked = last && readMessage(last.asked)
  if (!asked) throw new Error('nothing overheard')
  const user = userNamed(words)
  expect(readHeard(last.said, asked, user)).toMatchObject({ kind: 'answer' })
  for (let at = 0; at < last.said.length; at += 1) {
    for (const bit of [1, 2, 4, 8, 16, 32, 64, 128]) {
      const damaged = Buffer.from(last.said)
      damaged[at] = (damaged[at] ?? 0) ^ bit
      expect(readHeard(damaged, asked, user)?.kind).not.toBe('answer')
    }
    expect(readHeard(last.said.subarray(0, at), asked, user)?.kind).not.toBe('answer')
  }
})

const engine = Buffer.from('80001f8880feedfeed', 'hex')
const usmStats = (column: number) => `1.3.6.1.6.3.15.1.1.${column}.0`

/** As whoever knows no passphrase can write it: unsigned. */
function unsigned(asked: Buffer, pduTag: number, oid: string, value: Buffer, from = engine) {
  const { messageId, userName } = readMessage(asked) ?? { messageId: 0, userName: '' }
  const octets = (content: Buffer) => field(0x04, content)
  const header = [integer(messageId), integer(65_507), octets(Buffer.from([0])), integer(3)]
  const security = [octets(from), integer(1), integer(10), octets(Buffer.from(userName))]
  const nothing = octets(Buffer.alloc(0))
  const counts = [integer(1), integer(0), integer(0)]
  const pdu = field(pduTag, ...counts, field(0x30, binding(oid, value)))
  return field(
    0x30,
    integer(3),
    field(0x30, ...header),
    octets(field(0x30, ...security, nothing, nothing)),
    field(0x30, octets(from), nothing, pdu),
  )
}

const counter = writeValue('65', '1') ?? Buffer.alloc(0)
const named = (asked: Buffer, text: string, from = engine) =>
  unsigned(asked, 0xa2, `${sysName}.0`, field(0x04, Buffer.from(text)), from)
const whoIsThere = (asked: Buffer, from = engine) =>
  unsigned(asked, 0xa8, usmStats(4), counter, from)
const words = { columns: [[{ cell: { kind: 'octets', octets: Buffer.from('LIB-2F-1') } }]] }
const isDiscovery = (asked: Buffer) => readMessage(asked)?.engine.id.length === 0

test('what came while platen stood still for longer than it waits is heard', async () => {
  const printer = await somebody((asked) => {
    standsStill(700)
    return [isDiscovery(asked) ? whoIsThere(asked) : named(asked, 'LIB-2F-1')]
  })
  const session = sessionOf('plain', printer.port, aStranger(), 300)
  expect(await session.getNext([sysName])).toMatchObject({ kind: 'bindings' })
  expect(await session.getNext([sysName])).toMatchObject({ kind: 'bindings' })
})

test('an unsigned answer to a signed request is passed over', async () => {
  const liar = await somebody((asked) => [
    isDiscovery(asked) ? whoIsThere(asked) : named(asked, 'a lie'),
  ])
  const words = 'sha256 SHA256 secret-of-sha256'
  const signed = sessionOf(words, liar.port, aStranger(), briefly)
  expect(await signed.getNext([sysName])).toEqual({ kind: 'refused', why: 'unheard' })
  const plain = sessionOf('plain', liar.port)
  expect(await plain.getNext([sysName])).toMatchObject({ kind: 'bindings' })
})

test('the answer of another engine, or to another request, is passed over', async () => {
  let before: Buffer | null = null
  const crowd = await somebody((asked) => {
    if (isDiscovery(asked)) return [whoIsThere(asked)]
    const late = before
    before = named(asked, 'the request before')
    const another = named(asked, 'another', Buffer.from('80001f8880badbad00', 'hex'))
    return late ? [late, another, named(asked, 'LIB-2F-1')] : [named(asked, 'LIB-2F-1')]
  })
  const session = sessionOf('plain', crowd.port)
  expect(await session.getNext([sysName])).toMatchObject(words)
  expect(await session.getNext([sysName])).toMatchObject(words)
})

test('a printer that passes over what is for the one before it is found by the second request', async () => {
  const newcomer = await somebody((asked) => {
    if (isDiscovery(asked)) return [whoIsThere(asked)]
    return readMessage(asked)?.engine.id.equals(engine) ? [named(asked, 'LIB-2F-1')] : []
  })
  const id = Buffer.from('80001f8880badbad00', 'hex')
  const peer = { engine: { id, boots: 9, timeSeconds: 9, heardMs: 0 }, isTrusted: true }
  const session = sessionOf('plain', newcomer.port, peer, briefly)
  expect(await session.getNext([sysName])).toEqual({ kind: 'silent' })
  expect(await session.getNext([sysName])).toMatchObject(words)
})

test.each([
  ['follows the printer’s where that is ahead', { boots: 0, timeSeconds: 900 }, [1, 10]],
  ['does not go back', { boots: 1, timeSeconds: 100 }, [1, 100]],
])('the clock of the printer %s', async (_, clock, after) => {
  const printer = await somebody((asked) => [named(asked, 'LIB-2F-1')])
  const peer = {
    engine: { id: engine, ...clock, heardMs: performance.now() },
    isTrusted: true,
  }
  expect(await sessionOf('plain', printer.port, peer).getNext([sysName])).toMatchObject(words)
  expect([peer.engine.boots, peer.engine.timeSeconds]).toEqual(after)
})

test.each([
  ['the clock is wrong', 2],
  ['it is another', 4],
])('a printer that says for ever that %s is not asked for ever', async (_, column) => {
  const mad = await somebody((asked) => [unsigned(asked, 0xa8, usmStats(column), counter)])
  const session = sessionOf('sha256 SHA256 secret-of-sha256', mad.port)
  expect(await session.getNext([sysName])).toEqual({ kind: 'refused', why: 'clock' })
  expect(mad.heard()).toBeLessThan(6)
})

test('rubbish beside an answer does no harm, and rubbish alone is told from silence', async () => {
  const wire = createSocket('udp4')
  wire.connect(port, '127.0.0.1')
  await once(wire, 'connect')
  onTestFinished(() => void wire.close())
  let isAlone = false
  const noisy = await somebody(async (asked) => {
    wire.send(asked)
    const [said] = (await once(wire, 'message')) as [Buffer]
    const cut = said.subarray(0, said.length - 3)
    return isAlone ? [cut] : [Buffer.from('30820000', 'hex'), cut, said]
  })
  const session = sessionOf('aes MD5 signed-by-md5 AES behind-aes', noisy.port)
  expect(await session.getNext([sysName])).toMatchObject(name)
  isAlone = true
  expect(await session.getNext([sysName])).toEqual({ kind: 'garbled' })
})
