import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createFirstCode, type FirstCode } from '../../src/core/people/first-code.ts'
import { aPerson, aPrinter } from '../parts/records.ts'
import { aVisitor } from '../parts/visitor.ts'
import { type RunningWeb, startWeb } from '../parts/web.ts'

let web: RunningWeb
let firstCode: FirstCode

beforeEach(async () => {
  firstCode = createFirstCode()
  web = await startWeb({ firstCode })
  await web.store.update((tx) => tx.put('printers', aPrinter({ token: 'K7QX2M9V4T8B3C5D' })))
})
afterEach(() => web.stop())

const words = (more: Record<string, string> = {}) => ({
  ...{ code: firstCode.code, name: 'ada', email: 'ada@school.example' },
  ...{ password: 'a horse that rides', ...more },
})
const accounts = () => Object.values(web.store.state.people)

describe('while nobody has an account', () => {
  test.each([
    '/',
    '/printers',
    '/tickets?state=open',
    '/printers/p-1',
    '/login',
    '/login?to=/people',
  ])('%s leads to the first account', async (path) => {
    const { status, url, redirected } = await web.get(path, null, {
      redirect: 'follow',
      headers: { accept: 'text/html' },
    })
    expect([status, new URL(url).pathname, redirected]).toEqual([200, '/first', true])
  })

  test('a student reports all the same, and a script is told to sign in', async () => {
    expect((await web.get('/p/K7QX2M9V4T8B3C5D')).status).toBe(200)
    expect((await web.get('/api/v1/status')).status).toBe(401)
  })

  test('the code of the console makes an administrator, who is in at once', async () => {
    const ada = aVisitor(web)
    const made = await ada.submit('/first', '/first', words())
    expect([made.status, made.headers.get('location')]).toEqual([303, '/'])
    expect(accounts()).toMatchObject([
      { name: 'ada', email: 'ada@school.example', reach: 'all', rights: { people: 'change' } },
    ])
    expect(await ada.text('/')).toContain('<a class="who" href="/account">ada</a>')
    expect(Object.values(web.store.state.sessions)).toMatchObject([{ by: 'first run' }])
    const noted = Object.values(web.store.state.journal).map(({ what, by }) => [what, by])
    expect(noted).toContainEqual(['first account', 'ada'])
    const again = aVisitor(web)
    expect((await again.signIn('ada', 'a horse that rides')).status).toBe(303)
  })

  test('the code is taken as people type it', async () => {
    const { code } = firstCode
    const lookalikes = code.replaceAll('0', 'o').replaceAll('1', 'L')
    for (const typed of [code.toLowerCase(), code.replace('-', ''), lookalikes])
      expect(firstCode.isRight(typed)).toBe(true)
    for (const typed of ['', code.slice(1), `${code}A`, createFirstCode().code])
      expect(firstCode.isRight(typed)).toBe(false)
    const typed = ` ${[...lookalikes.toLowerCase()].join(' ')} `
    expect((await aVisitor(web).send('/first', words({ code: typed }))).status).toBe(303)
  })

  test('no address is needed', async () => {
    await aVisitor(web).send('/first', words({ email: '' }))
    expect(accounts()).toMatchObject([{ email: null }])
  })

  test.each([
    ['a wrong code', { code: '0000-0000' }, 'not the code that the console shows'],
    ['no code', { code: '' }, 'not the code that the console shows'],
    ['a name with a colon', { name: 'a:da' }, 'no colon'],
    ['an address that is none', { email: 'ada' }, 'is no e-mail address'],
    ['a short password', { password: 'horse' }, 'too short'],
  ])('%s makes no account, and what was typed stays', async (_what, wrong, sentence) => {
    const page = await aVisitor(web).send('/first', words(wrong))
    const text = await page.text()
    expect([page.status, text]).toEqual([422, expect.stringContaining(sentence)])
    const [field = ''] = Object.keys(wrong)
    const marked = new RegExp(
      `<input id="${field}" [^>]*aria-invalid="true" aria-describedby="trouble"`,
    )
    expect(text).toMatch(marked)
    const { name, email } = words(wrong)
    expect(text).toContain(`value="${name}"`)
    expect(text).toContain(`value="${email}"`)
    expect(text).not.toContain(words(wrong).password)
    expect(page.headers.getSetCookie()).toEqual([])
    expect(accounts()).toEqual([])
  })

  test('ten wrong codes an hour, and then not the right one either', async () => {
    const eve = aVisitor(web)
    for (let tries = 0; tries < 10; tries++)
      expect((await eve.send('/first', words({ code: `AAAA-000${tries}` }))).status).toBe(422)
    const page = await eve.send('/first', words())
    expect([page.status, page.headers.get('retry-after')]).toEqual([429, '3600'])
    expect(await page.text()).toContain('Too many wrong codes from this address')
    expect(accounts()).toEqual([])
    web.clock.advance(3_600_000)
    expect((await eve.send('/first', words())).status).toBe(303)
  })

  test('of two who send the right code at once one makes the account', async () => {
    const both = ['ada', 'eve'].map((name) => aVisitor(web).send('/first', words({ name })))
    const statuses = (await Promise.all(both)).map(({ status }) => status)
    expect(statuses.sort()).toEqual([303, 404])
    expect(accounts()).toHaveLength(1)
  })

  test('a form of another site makes none', async () => {
    const page = await aVisitor(web).send('/first', words(), { origin: 'http://evil.example' })
    expect([page.status, accounts()]).toEqual([403, []])
  })

  test('behind TLS no password goes unprotected', async () => {
    const other = await startWeb({ firstCode, publicUrl: 'https://print.school.example' })
    const plain = await aVisitor(other).send('/first', words(), {
      origin: `http://127.0.0.1:${other.port}`,
    })
    expect(await plain.text()).toContain('https://print.school.example/first')
    expect(Object.keys(other.store.state.people)).toEqual([])
    await other.stop()
  })

  test('neither code nor password stand in the log or in what is kept', async () => {
    await aVisitor(web).send('/first', words())
    for (const written of [web.lines, web.store.state])
      for (const secret of [firstCode.code, 'a horse that rides'])
        expect(JSON.stringify(written)).not.toContain(secret)
  })
})

describe('once there is an account', () => {
  test.each([
    ['made by the code', {}],
    ['added at the machine', { id: 'u-1', name: 'bob' }],
    ['disabled', { id: 'u-1', name: 'bob', disabledAt: '2026-03-01T08:00:00.000Z' }],
  ])('%s, the code is worth nothing any more', async (_how, person) => {
    if ('id' in person) await web.store.update((tx) => tx.put('people', aPerson(person)))
    else await aVisitor(web).send('/first', words())
    const before = accounts()
    const eve = aVisitor(web)
    expect((await eve.get('/first')).status).toBe(404)
    expect((await eve.send('/first', words({ name: 'eve' }))).status).toBe(404)
    expect(accounts()).toEqual(before)
    expect((await eve.get('/')).headers.get('location')).toBe('/login')
    expect((await eve.get('/login')).status).toBe(200)
  })
})
