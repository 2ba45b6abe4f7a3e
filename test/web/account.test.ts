import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { noRights } from '../../src/core/people/rights.ts'
import { addToken } from '../../src/core/people/tokens.ts'
import { choicesOf, chosenOf } from '../parts/choices.ts'
import { aPrinter } from '../parts/records.ts'
import { aVisitor, type Visitor } from '../parts/visitor.ts'
import { basic, type RunningWeb, startWeb } from '../parts/web.ts'

let web: RunningWeb
let ben: Visitor
let benId = ''

beforeEach(async () => {
  web = await startWeb()
  await web.store.update((tx) => tx.put('printers', aPrinter()))
  benId = (await web.person('ben', 'manager')).id
  ben = aVisitor(web, { 'user-agent': 'Firefox on Linux' })
  await ben.signIn('ben')
})
afterEach(() => web.stop())

const isIn = async (who: Visitor) => (await who.get('/account')).status === 200
const account = () => web.store.state.people[benId]
const bearer = (path: string, token: string) =>
  web.get(path, null, { headers: { authorization: `Bearer ${token}` } })

describe('the own password', () => {
  const change = (old: string, password: string) =>
    ben.submit('/account', '/account/password', { old, password })

  test('is changed by who knows the old one: other browsers and tokens end, this one goes on', async () => {
    const other = aVisitor(web)
    await other.signIn('ben')
    const token = await web.store.update((tx) => addToken(tx, { name: 'ben' }, web.act))
    const before = ben.cookie()
    const answer = await change('ben rides a horse', 'ben rides two horses')
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/account?done=password'])
    expect(ben.cookie()).not.toBe(before)
    expect(await ben.text('/account?done=password')).toContain('Your new password is set.')
    expect([await isIn(ben), await isIn(other)]).toEqual([true, false])
    const old = aVisitor(web)
    await old.get('/account', { headers: { cookie: before } })
    expect((await old.get('/account', { headers: { cookie: before } })).status).toBe(303)
    expect((await bearer('/api/v1/status', token)).status).toBe(401)
    const again = aVisitor(web)
    expect((await again.signIn('ben', 'ben rides two horses')).status).toBe(303)
    expect((await aVisitor(web).signIn('ben')).status).toBe(422)
  })

  test('is not changed by who does not, whose tries count as at the sign-in', async () => {
    const answers: Response[] = []
    for (let tries = 0; tries < 11; tries++) answers.push(await change('a guess', 'mine now, ha'))
    const [first, last] = [answers[0], answers[10]]
    expect(first?.status).toBe(422)
    expect(await first?.text()).toContain('not the password that you have now')
    expect(last?.status).toBe(429)
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await aVisitor(web).signIn('ben')).status).toBe(429)
  })

  test('is no weak one, and no page tells what was typed', async () => {
    const answer = await change('ben rides a horse', 'short')
    const text = await answer.text()
    expect(answer.status).toBe(422)
    expect(text).toContain('role="alert">The password is too short')
    expect(text).not.toMatch(/rides a horse|"short"/)
    expect(text.match(/id="password"[^>]*/)?.[0]).toContain('aria-invalid="true"')
  })

  test('is not there for who signs in without one', async () => {
    const person = account()
    if (!person) throw new Error('no ben')
    await web.store.update((tx) => tx.put('people', { ...person, password: null, openId: true }))
    expect(await ben.text('/account')).toContain('You sign in without one here.')
    const fields = { old: '', password: 'a way around it', proof: await proof() }
    expect((await ben.send('/account/password', fields)).status).toBe(409)
    expect(account()?.password).toBeNull()
  })
})

const proof = async () =>
  (await ben.text('/account')).match(/name="proof" value="([^"]+)"/)?.[1] ?? ''

describe('tokens', () => {
  const make = (fields: Record<string, string>) =>
    ben.submit('/account', '/account/token', { use: 'the board', days: '30', ...fields })
  const tokenIn = (page: string) => page.match(/platen_[0-9A-Z]{40}/)?.[0] ?? ''

  test('are shown once, and may what was chosen for as long as was chosen', async () => {
    const answer = await make({ 'rights.printers': 'look' })
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
    const token = tokenIn(await answer.text())
    expect((await bearer('/printers', token)).status).toBe(200)
    expect((await bearer('/tickets', token)).status).toBe(403)
    const page = await ben.text('/account')
    expect(page).toContain('the board')
    expect(page).toContain('printers look')
    expect(page).not.toContain(token)
    web.clock.advance(31 * 86_400_000)
    expect((await bearer('/api/v1/status', token)).status).toBe(401)
  })

  test.each([
    ['30', '2026-04-01T08:00:00.000Z'],
    ['90', '2026-05-31T08:00:00.000Z'],
    ['365', '2027-03-02T08:00:00.000Z'],
    ['none', null],
  ])('of %s end at %s', async (days, expiresAt) => {
    await make({ days, 'rights.printers': 'look' })
    const rights = { ...noRights, printers: 'look' }
    expect(account()?.tokens).toMatchObject([{ name: 'the board', expiresAt, rights }])
  })

  test('may no more than their owner, whatever the form says', async () => {
    const page = await ben.text('/account')
    expect(choicesOf(page, 'token-reports')).toEqual(['none', 'look'])
    expect(page).not.toContain('id="token-system"')
    const answer = await make({ 'rights.system': 'look' })
    expect(answer.status).toBe(403)
    expect(account()?.tokens).toEqual([])
  })

  test.each([
    [{ use: ' ' }, 'Say what the token is for.'],
    [{ days: '5000' }, 'Say how long the token lasts.'],
  ])('refused for %j, with what was typed', async (fields, words) => {
    const answer = await make({ 'rights.printers': 'look', ...fields })
    const text = await answer.text()
    expect(answer.status).toBe(422)
    expect(text).toContain(words)
    expect(chosenOf(text, 'token-printers')).toBe('look')
  })

  test('are refused where nothing was chosen that they may', async () => {
    const answer = await make({})
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('Choose what the token may')
    expect(account()?.tokens).toEqual([])
  })

  test('end when their owner says so', async () => {
    const token = tokenIn(await (await make({ 'rights.printers': 'look' })).text())
    const id = account()?.tokens[0]?.id ?? ''
    await ben.submit('/account', '/account/end-token', { token: id })
    expect((await bearer('/api/v1/status', token)).status).toBe(401)
    const again = await ben.send('/account/end-token', { token: id, proof: await proof() })
    expect(again.status).toBe(404)
  })

  test('make no tokens, and change nothing of the account: they are no person', async () => {
    const token = await web.store.update((tx) => addToken(tx, { name: 'ben' }, web.act))
    for (const [path, body] of [
      ['token', 'use=more&days=none'],
      ['password', 'old=ben+rides+a+horse&password=the+script+has+it'],
      ['summary', 'summary=1'],
    ]) {
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': 'application/x-www-form-urlencoded',
      }
      const answer = await web.get(`/account/${path}`, null, { method: 'POST', headers, body })
      expect([path, answer.status]).toEqual([path, 403])
    }
    expect(account()?.tokens).toHaveLength(1)
  })
})

describe('the own browsers', () => {
  test('are listed, this one marked, and the others signed out one by one or all', async () => {
    const others = [
      aVisitor(web, { 'user-agent': 'Safari on iPhone' }),
      aVisitor(web),
      aVisitor(web),
    ]
    for (const each of others) await each.signIn('ben')
    const page = await ben.text('/account')
    expect(page.match(/\(this one\)/g)).toHaveLength(1)
    expect(page).toMatch(/Firefox on Linux<\/strong> \(this one\)/)
    expect(page).toContain('Safari on iPhone')
    for (const id of Object.keys(web.store.state.sessions)) expect(page).not.toContain(id)
    const handle = page.match(/Safari on iPhone.*?name="session" value="([^"]+)"/s)?.[1] ?? ''
    await ben.submit('/account', '/account/end-session', { session: handle })
    expect(await Promise.all(others.map(isIn))).toEqual([false, true, true])
    await ben.submit('/account', '/account/end-others')
    expect(await Promise.all([ben, ...others].map(isIn))).toEqual([true, false, false, false])
  })

  test('of somebody else are none of them', async () => {
    await web.person('ada', 'administrator')
    const ada = aVisitor(web)
    await ada.signIn('ada')
    const page = await ada.text(`/people/${benId}`)
    const bens = page.match(/name="session" value="([^"]+)"/)?.[1] ?? ''
    expect(bens).not.toBe('')
    const eve = aVisitor(web)
    await web.person('eve', 'manager')
    await eve.signIn('eve')
    const own = (await eve.text('/account')).match(/name="proof" value="([^"]+)"/)?.[1] ?? ''
    const ending = await eve.send('/account/end-session', { session: bens, proof: own })
    expect(ending.status).toBe(404)
    expect(await isIn(ben)).toBe(true)
  })
})

test('the daily summary is asked for and left, by who has an address', async () => {
  expect(await ben.text('/account')).toContain('your account has no address')
  const person = account()
  if (!person) throw new Error('no ben')
  await web.store.update((tx) => tx.put('people', { ...person, email: 'ben@school.example' }))
  await ben.submit('/account', '/account/summary')
  expect(account()?.summary).toBe(true)
  expect(await ben.text('/account')).toContain('It is sent to ben@school.example.')
  await ben.submit('/account', '/account/summary')
  expect(account()?.summary).toBe(false)
})

test('the page is there for who comes with a password in the request, and offers nothing hidden', async () => {
  const answer = await web.get('/account', null, {
    headers: { authorization: basic('ben', 'ben rides a horse') },
  })
  expect(answer.status).toBe(200)
})

test('no form of another page changes an account', async () => {
  const answer = await ben.send('/account/end-others', {})
  expect(answer.status).toBe(403)
})
