import { expect, test } from 'vitest'
import { readUsers, userOf } from '../../src/snmp/v3/users.ts'

const users = (text: string) => {
  const read = readUsers(text)
  if ('mistakes' in read) throw new Error(read.mistakes.join('\n'))
  return read.users
}
const mistakes = (text: string) => {
  const read = readUsers(text)
  return 'mistakes' in read ? read.mistakes : []
}

test('users stand on lines, or between semicolons', () => {
  const text =
    ' office ;\r\nmonitor SHA256 correct-horse\n\nprinters MD5 battery-staple DES paper-and-toner;'
  expect(users(text)).toEqual([
    { name: 'office', auth: null, priv: null },
    { name: 'monitor', auth: { protocol: 'sha256', key: 'correct-horse' }, priv: null },
    {
      name: 'printers',
      auth: { protocol: 'md5', key: 'battery-staple' },
      priv: { protocol: 'des', key: 'paper-and-toner' },
    },
  ])
  expect(users('')).toEqual([])
})

test.each([
  ['MD5', 'md5'],
  ['sha-1', 'sha'],
  ['SHA', 'sha'],
  ['sha-224', 'sha224'],
  ['SHA_256', 'sha256'],
  ['Sha384', 'sha384'],
  ['SHA-512', 'sha512'],
])('%s is a way to sign', (word, protocol) => {
  expect(users(`monitor ${word} correct-horse`)[0]?.auth?.protocol).toBe(protocol)
})

test.each([
  ['DES', 'des'],
  ['aes', 'aes'],
  ['AES-128', 'aes'],
  ['AES256', 'aes256b'],
  ['AES-256-B', 'aes256b'],
  ['AES-256-C', 'aes256r'],
  ['aes256r', 'aes256r'],
])('%s is a way to encrypt', (word, protocol) => {
  const [user] = users(`monitor SHA correct-horse ${word} battery-staple`)
  expect(user?.priv?.protocol).toBe(protocol)
})

test('a passphrase in double quotes may hold blanks, semicolons and, doubled, quotes', () => {
  const [user, next] = users('monitor SHA "a ""good"" one; really" ; next')
  expect(user?.auth?.key).toBe('a "good" one; really')
  expect(next?.name).toBe('next')
})

test('a passphrase of eight octets will do, and one of seven will not', () => {
  expect(users('monitor SHA 12345678')).toHaveLength(1)
  expect(users('monitor SHA ääää')).toHaveLength(1)
  expect(mistakes('monitor SHA 1234567')).toHaveLength(1)
  expect(mistakes('monitor SHA 12345678 AES 1234567')).toHaveLength(1)
})

test.each([
  'monitor SHA',
  'monitor SHA hidden',
  'monitor hidden-hidden SHA',
  'monitor __proto__ hidden-hidden',
  'monitor SHA hidden-hidden AES192 hidden-hidden',
  'monitor SHA hidden-hidden hidden-hidden',
  'monitor SHA hidden-hidden AES',
  'monitor SHA hidden hidden hidden hidden-hidden',
  'monitor SHA "hidden-hidden',
  `${'hidden'.repeat(6)} SHA hidden-hidden`,
  '"" SHA hidden-hidden',
  'office; monitor; monitor SHA hidden-hidden',
])('%s is refused, and no passphrase is shown', (text) => {
  const found = mistakes(text)
  expect(found).toHaveLength(1)
  expect(found[0]).toMatch(/^user [123] /)
  expect(found[0]).not.toContain('hidden')
})

test('every mistake is told at once', () => {
  expect(mistakes('a SHA short; b; c NONE correct-horse').map((one) => one.slice(0, 6))).toEqual([
    'user 1',
    'user 3',
  ])
})

test('a printer names its user, and behind an @ the context', () => {
  const known = users('monitor; night@home')
  const found = (community: string) => {
    const one = userOf(community, known)
    return one && [one.user.name, one.context]
  }
  expect(found('monitor')).toEqual(['monitor', ''])
  expect(found('monitor@Jetdirect')).toEqual(['monitor', 'Jetdirect'])
  expect(found('night@home')).toEqual(['night@home', ''])
  expect(found('night@home@Jetdirect')).toEqual(['night@home', 'Jetdirect'])
  expect(found('public')).toBeNull()
  expect(found('night')).toBeNull()
})

test('a text of a million quotes is read, which each against each would take hours', () => {
  expect(mistakes('"'.repeat(1_000_001))).toHaveLength(1)
})
