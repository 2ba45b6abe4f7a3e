import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { disablePerson, setPassword } from '../../src/core/people/people.ts'
import { addToken } from '../../src/core/people/tokens.ts'
import { createTestClock } from '../parts/clock.ts'
import { aPrinter, cheapPassword } from '../parts/records.ts'
import { aVisitor, type Visitor } from '../parts/visitor.ts'
import { basic, type RunningWeb, startWeb } from '../parts/web.ts'

let web: RunningWeb
let ada: Visitor
const hour = 3_600_000

beforeEach(async () => {
  web = await startWeb()
  await web.person('ada', 'administrator')
  await web.store.update((tx) => tx.put('printers', aPrinter()))
  ada = aVisitor(web)
})
afterEach(() => web.stop())

const isIn = async (who = ada) => (await who.get('/printers')).status === 200

describe('signing in', () => {
  test('leads to the page that was asked for, and the cookie opens it', async () => {
    const turnedAway = await ada.get('/printers?q=lib 1')
    expect(turnedAway.status).toBe(303)
    const login = turnedAway.headers.get('location') ?? ''
    expect(login).toBe('/login?to=%2Fprinters%3Fq%3Dlib%25201')
    const entered = await ada.signIn('ada', undefined, login)
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/printers?q=lib%201'])
    expect(await ada.text('/')).toContain('<a class="who" href="/account">ada</a>')
  })

  test.each([
    '//evil.example',
    '//evil.example/printers',
    '/\\evil.example',
    'https://evil.example/',
    '/.//evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
  ])('never leads elsewhere: %j', async (to) => {
    const fields = { name: 'ada', password: 'ada rides a horse', to }
    const entered = await ada.send('/login', fields)
    const again = await ada.get(`/login?to=${encodeURIComponent(to)}`)
    for (const answer of [entered, again])
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/'])
  })

  test('a wrong password keeps the name, and says what is wrong', async () => {
    const page = await ada.signIn('a"da', 'wrong horse')
    const text = await page.text()
    expect(page.status).toBe(422)
    expect(text).toContain('role="alert">The name or the password is wrong.')
    expect(text).toContain('value="a&quot;da"')
    expect(text).not.toContain('wrong horse')
    expect(page.headers.getSetCookie()).toEqual([])
  })

  test('the eleventh wrong password is told how long to wait, the right one too', async () => {
    for (let tries = 0; tries < 10; tries++) await ada.signIn('ada', 'wrong horse')
    web.clock.advance(20 * 60_000)
    for (const password of ['wrong horse', 'ada rides a horse']) {
      const page = await ada.signIn('ada', password)
      expect([page.status, page.headers.get('retry-after')]).toEqual([429, '2400'])
      expect(await page.text()).toContain('try again in 40 minutes.')
    }
    web.clock.advance(40 * 60_000)
    expect((await ada.signIn('ada')).status).toBe(303)
  })

  test('wrong passwords of the form and of requests are counted together', async () => {
    const headers = { authorization: basic('ada', 'wrong horse') }
    for (let tries = 0; tries < 10; tries++) await web.get('/api/v1/status', null, { headers })
    expect((await ada.signIn('ada')).status).toBe(429)
  })

  test('a form of another site signs nobody in', async () => {
    const fields = { name: 'ada', password: 'ada rides a horse' }
    for (const [header, value] of [
      ['origin', 'http://evil.example'],
      ['origin', 'null'],
      ['sec-fetch-site', 'cross-site'],
    ] as const)
      expect((await ada.send('/login', fields, { [header]: value })).status).toBe(403)
    expect(await isIn()).toBe(false)
  })

  test('one who is in is not asked again', async () => {
    await ada.signIn('ada')
    const again = await ada.get('/login?to=/tickets')
    expect([again.status, again.headers.get('location')]).toEqual([303, '/tickets'])
  })
})

describe('the cookie', () => {
  test('is out of reach of scripts and of other sites, and ends with the browser', async () => {
    const [line = ''] = (await ada.signIn('ada')).headers.getSetCookie()
    expect(line).toMatch(/^platen=[0-9A-Z]{40}; Path=\/; HttpOnly; SameSite=Lax$/)
  })

  test('is for TLS only where people come over TLS', async () => {
    await web.stop()
    web = await startWeb({ publicUrl: 'https://print.school.edu' })
    await web.person('ada', 'administrator')
    const browser = aVisitor(web)
    const fields = { name: 'ada', password: 'ada rides a horse' }
    const origin = 'https://print.school.edu'
    const [line = ''] = (await browser.send('/login', fields, { origin })).headers.getSetCookie()
    expect(line).toMatch(/^__Host-platen=[0-9A-Z]{40}; Path=\/; HttpOnly; SameSite=Lax; Secure$/)
    expect(await isIn(browser)).toBe(true)
    const plain = await aVisitor(web).signIn('ada')
    expect([plain.status, await plain.text()]).toEqual([
      422,
      expect.stringContaining('Sign in at https://print.school.edu/login'),
    ])
  })

  test('is kept as a hash only, and stands in no line of the log', async () => {
    await ada.signIn('ada')
    await ada.get('/printers')
    const secret = ada.cookie().slice('platen='.length)
    expect(secret).toHaveLength(40)
    expect(JSON.stringify(web.store.state)).not.toContain(secret)
    expect(JSON.stringify(web.lines)).not.toContain(secret)
    const page = await ada.text('/')
    expect(page).not.toContain(secret)
  })

  test('reads the feed too', async () => {
    await ada.signIn('ada')
    expect((await ada.get('/api/v1/status')).status).toBe(200)
  })

  test('before that of a proxy in front counts', async () => {
    await ada.signIn('ada')
    const headers = { authorization: basic('proxy', 'its own') }
    expect((await ada.get('/printers', { headers })).status).toBe(200)
  })
})

describe('a session ends', () => {
  beforeEach(() => ada.signIn('ada'))

  test('by signing out, here and nowhere else', async () => {
    const phone = aVisitor(web)
    await phone.signIn('ada')
    const stolen = ada.cookie()
    const left = await ada.submit('/', '/logout')
    expect([left.status, left.headers.get('location')]).toEqual([303, '/login'])
    expect(left.headers.getSetCookie()).toEqual([
      'platen=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0',
    ])
    expect((await aVisitor(web, { cookie: stolen }).get('/')).status).toBe(303)
    expect(await isIn(phone)).toBe(true)
  })

  test('with a new password', async () => {
    const password = await cheapPassword('ada', 'another horse')
    await web.store.update((tx) => setPassword(tx, { name: 'ada', password }, web.act))
    expect(await isIn()).toBe(false)
    expect(await ada.text('/login')).toContain('You were signed out.')
  })

  test('when the account is disabled', async () => {
    await web.store.update((tx) => disablePerson(tx, { name: 'ada' }, web.act))
    expect(await isIn()).toBe(false)
  })

  test('after twelve hours without a touch, not before', async () => {
    for (let day = 0; day < 3; day++) {
      web.clock.advance(12 * hour - 1)
      expect(await isIn()).toBe(true)
    }
    web.clock.advance(12 * hour)
    expect(await isIn()).toBe(false)
  })

  test('though a page that looks for news goes on asking', async () => {
    const headers = { 'x-by-itself': 'yes' }
    for (let hours = 0; hours < 12; hours++) {
      expect((await ada.get('/printers', { headers })).status).toBe(200)
      web.clock.advance(hour)
    }
    expect((await ada.get('/printers', { headers })).status).toBe(303)
  })

  test('after a week, however busy', async () => {
    for (let hours = 0; hours < 7 * 24; hours += 6) {
      expect(await isIn()).toBe(true)
      web.clock.advance(6 * hour)
    }
    expect(await isIn()).toBe(false)
  })

  test('not because the wall clock leaps', async () => {
    web.clock.set(new Date('2031-01-01T00:00:00Z'))
    expect(await isIn()).toBe(true)
    web.clock.set(new Date('1970-01-01T00:00:00Z'))
    expect(await isIn()).toBe(true)
  })

  test('not with platen: who was seen lately is still in after a restart', async () => {
    for (let hours = 0; hours < 30; hours++) {
      web.clock.advance(hour)
      expect(await isIn()).toBe(true)
      await web.web.tidySessions()
    }
    const { store, clock } = web
    const next = await startWeb({ store }, clock)
    const cookie = ada.cookie()
    expect((await aVisitor(next, { cookie }).get('/printers')).status).toBe(200)
    clock.advance(12 * hour)
    expect((await aVisitor(next, { cookie }).get('/printers')).status).toBe(303)
    await next.web.tidySessions()
    expect(Object.keys(store.state.sessions)).toEqual([])
    await next.stop()
  })

  test('not by its age while the clock is not trusted; then its age counts again', async () => {
    const { store } = web
    const cookie = ada.cookie()
    const kept = Object.values(store.state.sessions)
    let isTrusted = false
    // Two weeks in the drawer, and a start at the time of then, or of long before.
    for (const start of ['2026-03-02T08:05:00Z', '1970-01-01T00:00:00Z']) {
      isTrusted = false
      const clock = { ...createTestClock(start), trusted: () => isTrusted }
      await store.update((tx) => {
        for (const session of kept) tx.put('sessions', session)
      })
      const next = await startWeb({ store }, clock)
      const browser = aVisitor(next, { cookie })
      clock.advance(13 * hour)
      await next.web.tidySessions()
      expect(Object.values(store.state.sessions)).toEqual(expect.arrayContaining(kept))
      expect(await isIn(browser)).toBe(true)
      const begun = aVisitor(next)
      await begun.signIn('ada')
      clock.set(new Date('2026-03-16T21:05:00Z'))
      isTrusted = true
      expect([await isIn(browser), await isIn(begun)]).toEqual([false, true])
      await next.web.tidySessions()
      const again = await startWeb({ store }, clock)
      expect(await isIn(aVisitor(again, { cookie: begun.cookie() }))).toBe(true)
      await again.stop()
      await next.stop()
    }
  })

  test('only after twelve hours where it was touched before the clock was trusted', async () => {
    const { store } = web
    let isTrusted = false
    const clock = { ...createTestClock('1970-01-01T00:00:00Z'), trusted: () => isTrusted }
    const next = await startWeb({ store }, clock)
    const browser = aVisitor(next, { cookie: ada.cookie() })
    clock.advance(5 * hour)
    expect(await isIn(browser)).toBe(true)
    clock.set(new Date('2026-03-04T08:00:00Z'))
    isTrusted = true
    expect(await isIn(browser)).toBe(true)
    clock.advance(12 * hour)
    expect(await isIn(browser)).toBe(false)
    await next.stop()
  })

  test.each([
    ['was set', '2026-02-12T08:00:00Z'],
    ['was known to be right', '2026-03-02T08:00:00Z'],
  ])('not with a restart, for who signed in before the clock %s', async (_what, start) => {
    const { store } = web
    let isTrusted = false
    const clock = { ...createTestClock(start), trusted: () => isTrusted }
    const atStart = await startWeb({ store }, clock)
    const browser = aVisitor(atStart)
    await browser.signIn('ada')
    await atStart.stop()
    const restarted = async () => {
      const next = await startWeb({ store }, clock)
      const headers = { 'x-by-itself': 'yes', cookie: browser.cookie() }
      return { ...next, isIn: () => isIn(aVisitor(next, headers)) }
    }
    // Once more without a time, three weeks further back, and then it is set.
    clock.set(new Date('2026-01-22T08:00:00Z'))
    const untimed = await restarted()
    expect(await untimed.isIn()).toBe(true)
    clock.set(new Date('2026-03-02T08:00:00Z'))
    isTrusted = true
    expect(await untimed.isIn()).toBe(true)
    await untimed.stop()
    const timed = await restarted()
    clock.advance(6 * hour)
    await timed.web.tidySessions()
    await timed.stop()
    // Counts on from there, through every further restart.
    const last = await restarted()
    clock.advance(6 * hour - 1)
    await last.web.tidySessions()
    expect(await last.isIn()).toBe(true)
    clock.advance(1)
    expect(await last.isIn()).toBe(false)
    await last.stop()
  })

  test('once the clock is set, where twelve hours without a touch went by before', async () => {
    let isTrusted = false
    const clock = { ...createTestClock('2026-02-12T08:00:00Z'), trusted: () => isTrusted }
    const atStart = await startWeb({ store: web.store }, clock)
    const browser = aVisitor(atStart)
    await browser.signIn('ada')
    await atStart.stop()
    const next = await startWeb({ store: web.store }, clock)
    const unattended = aVisitor(next, { 'x-by-itself': 'yes', cookie: browser.cookie() })
    clock.advance(12 * hour)
    expect(await isIn(unattended)).toBe(true)
    isTrusted = true
    expect(await isIn(unattended)).toBe(false)
    await next.stop()
  })

  test('requests write nothing', async () => {
    let changes = 0
    const stop = web.store.onChange(() => changes++)
    for (let times = 0; times < 5; times++) await ada.get('/')
    stop()
    expect(changes).toBe(0)
  })

  test('when somebody signs in at more browsers than anybody has', async () => {
    for (let more = 0; more < 20; more++) {
      web.clock.advance(1000)
      await aVisitor(web).signIn('ada')
    }
    expect(await isIn()).toBe(false)
    expect(Object.keys(web.store.state.sessions)).toHaveLength(20)
  })

  test('at too many browsers, as the oldest, whatever a clock tells that is not set', async () => {
    const { store } = web
    const clock = { ...createTestClock('2026-02-12T08:00:00Z'), trusted: () => false }
    const next = await startWeb({ store }, clock)
    const newer = aVisitor(next)
    await newer.signIn('ada')
    for (let more = 0; more < 19; more++) await aVisitor(next).signIn('ada')
    const before = aVisitor(next, { cookie: ada.cookie() })
    expect([await isIn(before), await isIn(newer)]).toEqual([false, true])
    expect(Object.keys(store.state.sessions)).toHaveLength(20)
    await next.stop()
  })

  test('at too many browsers, as the oldest, though the clock was not set when it was begun', async () => {
    await ada.submit('/', '/logout')
    let isTrusted = false
    const clock = { ...createTestClock('2026-02-12T08:00:00Z'), trusted: () => isTrusted }
    const next = await startWeb({ store: web.store }, clock)
    const [oldest, newer] = [aVisitor(next), aVisitor(next)]
    await oldest.signIn('ada')
    clock.advance(1000)
    clock.set(new Date('2026-03-02T08:00:00Z'))
    isTrusted = true
    for (const browser of [newer, ...Array.from({ length: 19 }, () => aVisitor(next))]) {
      await browser.signIn('ada')
      clock.advance(1000)
    }
    expect([await isIn(oldest), await isIn(newer)]).toEqual([false, true])
    await next.stop()
  })
})

describe('a form', () => {
  const poll = '/printers/p-1/poll'
  beforeEach(() => ada.signIn('ada'))

  test('of our page is taken', async () => {
    expect((await ada.submit('/printers/p-1', poll)).status).toBe(303)
    expect(web.polls()).toBe(1)
  })

  test.each([
    ['without the proof', {}, {}],
    ['with the proof of somebody else', { proof: 'x'.repeat(43) }, {}],
    ['with an empty proof', { proof: '' }, {}],
  ])('%s is declined, and the page says what to do', async (_what, fields, headers) => {
    const page = await ada.send(poll, fields, headers)
    expect(page.status).toBe(403)
    expect(await page.text()).toContain('Open the page again and send it from there.')
    expect(web.polls()).toBe(0)
  })

  test('from another site is declined, whatever it has found out', async () => {
    const [, proof = ''] = (await ada.text('/')).match(/name="proof" value="([^"]+)"/) ?? []
    for (const [header, value] of [
      ['origin', 'http://evil.example'],
      ['sec-fetch-site', 'same-site'],
    ] as const)
      expect((await ada.send(poll, { proof }, { [header]: value })).status).toBe(403)
    expect((await ada.send(poll, { proof })).status).toBe(303)
  })

  test('sent with the password that a browser remembers has to be of our site', async () => {
    const headers = { authorization: basic('ada', 'ada rides a horse') }
    const other = { ...headers, origin: 'http://evil.example' }
    expect((await aVisitor(web).send(poll, {}, other)).status).toBe(403)
    expect((await aVisitor(web).send(poll, {}, headers)).status).toBe(303)
  })

  test('sent with a token needs nothing else', async () => {
    const token = await web.store.update((tx) => addToken(tx, { name: 'ada' }, web.act))
    const headers = { authorization: `Bearer ${token}` }
    expect((await aVisitor(web).send(poll, {}, headers)).status).toBe(303)
  })

  test('of who was signed out meanwhile leads back to its page', async () => {
    const page = await aVisitor(web).send('/tickets/t-1/note', { words: 'x' })
    expect([page.status, page.headers.get('location')]).toEqual([303, '/login?to=%2Ftickets%2Ft-1'])
  })
})
