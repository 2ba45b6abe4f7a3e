import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hashPassword } from '../../src/core/people/password.ts'
import { disablePerson, setPassword } from '../../src/core/people/people.ts'
import { addToken } from '../../src/core/people/tokens.ts'
import { createPasswordCheck } from '../../src/web/passwords.ts'
import { createTries, networkOf } from '../../src/web/tries.ts'
import { until } from '../boot.ts'
import { createTestClock } from '../parts/clock.ts'
import { cheapPassword } from '../parts/records.ts'
import { basic, type RunningWeb, startWeb } from '../parts/web.ts'

let web: RunningWeb
const feed = '/api/v1/status'
const hour = 60 * 60 * 1000
const asking = (authorization: string) => web.get(feed, null, { headers: { authorization } })
const right = () => asking(basic('ada', 'ada rides a horse'))
const wrong = () => asking(basic('ada', 'wrong horse'))
const times = async (count: number, ask: () => Promise<Response>) => {
  const statuses: number[] = []
  for (let i = 0; i < count; i++) statuses.push((await ask()).status)
  return statuses
}

beforeEach(async () => {
  web = await startWeb()
  await web.person('ada', 'administrator')
})
afterEach(() => web.stop())

describe('who is let in', () => {
  test('name and password, the name in any case', async () => {
    expect((await right()).status).toBe(200)
    expect((await asking(basic('ADA', 'ada rides a horse'))).status).toBe(200)
  })

  test('a token, which ends with a new password', async () => {
    const token = await web.store.update((tx) => addToken(tx, { name: 'ada' }, web.act))
    expect((await asking(`Bearer ${token}`)).status).toBe(200)
    expect((await asking(`bearer ${token}`)).status).toBe(200)
    const password = await cheapPassword('ada', 'another horse')
    await web.store.update((tx) => setPassword(tx, { name: 'ada', password }, web.act))
    expect((await asking(`Bearer ${token}`)).status).toBe(401)
  })

  test('a name and a password in letters beyond ASCII', async () => {
    const password = await cheapPassword('zoë', 'früh im März')
    await web.person('zoë', 'manager')
    await web.store.update((tx) => setPassword(tx, { name: 'zoë', password }, web.act))
    expect((await asking(basic('zoë', 'früh im März'))).status).toBe(200)
  })

  test('a password with colons in it', async () => {
    const password = await cheapPassword('ada', 'a:b:c:d:e:f')
    await web.store.update((tx) => setPassword(tx, { name: 'ada', password }, web.act))
    expect((await asking(basic('ada', 'a:b:c:d:e:f'))).status).toBe(200)
  })
})

test.each([
  ['nothing', null],
  ['an unknown scheme', 'Digest username="ada"'],
  ['an unknown name', basic('eve', 'ada rides a horse')],
  ['a wrong password', basic('ada', 'ada rides a hors')],
  ['an empty password', basic('ada', '')],
  ['no colon', `Basic ${Buffer.from('ada').toString('base64')}`],
  ['no base64', 'Basic %%%%'],
  ['only the scheme', 'Basic'],
  ['an empty token', 'Bearer '],
  ['an unknown token', 'Bearer platen_0000'],
  ['a name of every object', basic('__proto__', 'x')],
  ['a very long password', basic('ada', 'x'.repeat(5000))],
])('%s is answered 401, with the ways to sign in', async (_what, authorization) => {
  const answer = authorization === null ? await web.get(feed) : await asking(authorization)
  expect(answer.status).toBe(401)
  const ways = answer.headers.get('www-authenticate')
  expect(ways).toBe('Basic realm="platen", charset="UTF-8", Bearer realm="platen"')
  expect(await answer.json()).toMatchObject({ error: 'unauthenticated', details: {} })
})

test('a wrong name and a wrong password are told in the same words', async () => {
  const unknown = await asking(basic('eve', 'wrong horse'))
  expect(await unknown.text()).toBe(await (await wrong()).text())
})

test('who is disabled is out at once, though just remembered', async () => {
  expect((await right()).status).toBe(200)
  await web.store.update((tx) => disablePerson(tx, { name: 'ada' }, web.act))
  expect((await right()).status).toBe(401)
})

test('the old password is worth nothing once there is a new one, though just remembered', async () => {
  expect((await right()).status).toBe(200)
  const password = await cheapPassword('ada', 'another horse')
  await web.store.update((tx) => setPassword(tx, { name: 'ada', password }, web.act))
  expect((await right()).status).toBe(401)
  expect((await asking(basic('ada', 'another horse'))).status).toBe(200)
})

/** Ada's password tells whenever a check of it begins, for that reads its hash. */
async function watchPassword(begins: () => void): Promise<void> {
  const kept = await cheapPassword('ada', 'ada rides a horse')
  let isKept = false
  const password = {
    ...kept,
    get hash() {
      if (isKept) begins()
      return kept.hash
    },
  }
  await web.store.update((tx) => setPassword(tx, { name: 'ada', password }, web.act))
  isKept = true
}

test('a password that changes while it is checked lets nobody in', async () => {
  let begins = () => {}
  const begun = new Promise<void>((resolve) => (begins = resolve))
  await watchPassword(() => begins())
  const answer = right()
  await begun
  await web.store.update((tx) => disablePerson(tx, { name: 'ada' }, web.act))
  expect((await answer).status).toBe(401)
})

test('a script that asks all day is checked in full once in five minutes', async () => {
  let checks = 0
  await watchPassword(() => {
    checks += 1
  })
  expect(await times(5, right)).toEqual(Array(5).fill(200))
  expect(checks).toBe(1)
  web.clock.advance(5 * 60_000 - 1)
  await right()
  expect(checks).toBe(1)
  web.clock.advance(1)
  expect(await times(5, right)).toEqual(Array(5).fill(200))
  expect(checks).toBe(2)
})

describe('ten wrong passwords an address and hour', () => {
  test('the eleventh wrong password within the hour is told how long to wait', async () => {
    expect(await times(10, wrong)).toEqual(Array(10).fill(401))
    web.clock.advance(10 * 60_000)
    const answer = await wrong()
    expect(answer.status).toBe(429)
    expect(answer.headers.get('retry-after')).toBe(String(50 * 60))
    expect(await answer.json()).toMatchObject({
      error: 'too-many',
      message: expect.stringContaining('try again in 50 minutes'),
    })
  })

  test('neither does the right password, nor one just remembered', async () => {
    expect((await right()).status).toBe(200)
    await times(10, wrong)
    expect((await right()).status).toBe(429)
  })

  test('a right one neither counts nor wipes the count', async () => {
    await times(9, wrong)
    expect(await times(15, right)).toEqual(Array(15).fill(200))
    expect(await times(2, wrong)).toEqual([401, 429])
  })

  test('the hour is over when it is over, whatever the wall clock says', async () => {
    await times(10, wrong)
    web.clock.set(new Date('2031-01-01T00:00:00Z'))
    expect((await right()).status).toBe(429)
    web.clock.set(new Date('2001-01-01T00:00:00Z'))
    web.clock.advance(hour)
    expect((await right()).status).toBe(200)
  })

  test('tokens go on, for there is nothing to guess', async () => {
    const token = await web.store.update((tx) => addToken(tx, { name: 'ada' }, web.act))
    await times(10, wrong)
    expect((await asking(`Bearer ${token}`)).status).toBe(200)
  })

  /** As slow as a few requests, so that there is something to be under way. */
  const slowly = async () => {
    const cost = { cost: 2 ** 14, blockSize: 8, parallel: 1 }
    const password = await hashPassword({ name: 'ada', typed: 'ada rides a horse' }, cost)
    await web.store.update((tx) => setPassword(tx, { name: 'ada', password }, web.act))
  }

  test('thirty at the same time get no more tries than one after another', async () => {
    await slowly()
    const guesses = Array.from({ length: 30 }, (_, i) => asking(basic('ada', `wrong horse ${i}`)))
    const statuses = (await Promise.all(guesses)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(10)
    expect(statuses.filter((status) => status === 429)).toHaveLength(20)
  })

  test('thirty clients of one script that is right are all let in', async () => {
    await slowly()
    const statuses = (await Promise.all(Array.from({ length: 30 }, right))).map((a) => a.status)
    expect(statuses).toEqual(Array(30).fill(200))
  })

  test('who waits for an answer cannot guess along from elsewhere', async () => {
    await slowly()
    const check = createPasswordCheck(web)
    const typed = { name: 'ada', password: 'ada rides a horse' }
    const address = '10.0.0.9'
    for (let i = 0; i < 10; i++)
      expect(await check({ name: 'ada', password: `guess ${i}`, address })).toBeNull()
    const rightly = check({ ...typed, address: '10.0.0.1' })
    await expect(check({ ...typed, address })).rejects.toThrow('Too many wrong passwords')
    expect((await rightly)?.name).toBe('ada')
  })

  test('another address has its own ten', () => {
    const tries = createTries(createTestClock())
    for (let i = 0; i < 10; i++) tries.begin('10.0.0.1')('wrong')
    expect(() => tries.begin('10.0.0.1')).toThrow('try again in 60 minutes')
    expect(() => tries.begin('10.0.0.2')).not.toThrow()
  })

  test('a flood of addresses takes no more memory, and frees only the oldest', () => {
    const tries = createTries(createTestClock())
    for (let i = 0; i < 10; i++) tries.begin('10.0.0.1')('wrong')
    const flood = (from: number, to: number) => {
      for (let i = from; i < to; i++) tries.begin(`10.1.${i >> 8}.${i & 255}`)('wrong')
    }
    flood(0, 4000)
    expect(() => tries.begin('10.0.0.1')).toThrow()
    flood(4000, 4100)
    expect(() => tries.begin('10.0.0.1')).not.toThrow()
  })

  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:aaaa::1', '2001:db8:1:2'],
    ['2001:db8:1:2:bbbb:1:2:3', '2001:db8:1:2'],
    ['2001:DB8::1', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
  ])('%s counts as %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})

test('the log tells who asked and what came of it, and no secret', async () => {
  const token = await web.store.update((tx) => addToken(tx, { name: 'ada' }, web.act))
  await asking(`Bearer ${token}`)
  await web.get(`${feed}?token=sesame`, 'ada')
  await wrong()
  await until(() => web.lines.length === 3)
  const facts = { id: expect.any(String), method: 'GET', path: feed, ms: 0, from: '127.0.0.1' }
  expect(web.lines).toEqual([
    {
      level: 'info',
      room: 'web',
      facts: { ...facts, status: 200, who: 'ada' },
      sentence: 'request',
    },
    {
      level: 'info',
      room: 'web',
      facts: { ...facts, status: 422, who: 'ada' },
      sentence: 'request',
    },
    {
      level: 'info',
      room: 'web',
      facts: { ...facts, status: 401, who: null },
      sentence: 'request',
    },
  ])
  const written = JSON.stringify(web.lines)
  for (const secret of [token, 'sesame', 'horse', basic('ada', 'wrong horse').slice(6)])
    expect(written).not.toContain(secret)
})
