import { createServer } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { disablePerson } from '../../src/core/people/people.ts'
import type { Person } from '../../src/core/people/person.ts'
import { beginSession } from '../../src/core/people/sessions.ts'
import { createProvider, type OpenIdSettings } from '../../src/web/openid.ts'
import { createTestClock } from '../parts/clock.ts'
import { clientId, clientSecret, startIdentityProvider } from '../parts/identity-provider.ts'
import { quiet } from '../parts/log.ts'
import { aPerson, aPrinter } from '../parts/records.ts'
import { type RunningWeb, startWeb } from '../parts/web.ts'

const publicUrl = 'https://print.school.example'
const back = `${publicUrl}/login/openid/back`

let campus: Awaited<ReturnType<typeof startIdentityProvider>>
let web: RunningWeb
let settings: OpenIdSettings

beforeAll(async () => {
  campus = await startIdentityProvider({ back })
})
afterAll(() => campus.stop())

beforeEach(async () => {
  settings = {
    ...{ issuer: campus.issuer, clientId, clientSecret },
    ...{ name: 'school account', email: 'verified' },
  }
  await open()
})
afterEach(() => web.stop())

async function open(words: Partial<OpenIdSettings> = {}, clock = createTestClock()) {
  if (web) await web.stop()
  web = await startWeb({ publicUrl, openId: { ...settings, ...words } }, clock)
  await web.person('ada', 'administrator')
  await web.store.update((tx) => tx.put('printers', aPrinter()))
}

const has = (words: Parameters<typeof aPerson>[0]) =>
  web.store.update((tx) => tx.put('people', aPerson({ openId: true, ...words })))
const kept = (id: string): Person | undefined => web.store.state.people[id]

/** Keeps the cookies of each host, and goes where it is sent; platen answers at its public address. */
function aBrowser() {
  const jars = new Map<string, Map<string, string>>()
  const jarOf = (url: string) => {
    const { origin } = new URL(url)
    const jar = jars.get(origin) ?? new Map<string, string>()
    jars.set(origin, jar)
    return jar
  }

  async function ask(url: string): Promise<Response> {
    const jar = jarOf(url)
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const there = url.replace(publicUrl, `http://127.0.0.1:${web.port}`)
    const answer = await fetch(there, {
      redirect: 'manual',
      headers: { accept: 'text/html', cookie },
    })
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';', 1)
      const [name = '', value = ''] = pair.split(/=(.*)/s)
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    return answer
  }

  /** Until a page, or an address that begins with `stop`. */
  async function follow(from: string, stop?: string): Promise<{ url: string; answer: Response }> {
    let url = from
    for (let steps = 0; steps < 12; steps++) {
      const answer = await ask(url)
      const location = answer.headers.get('location')
      if (location === null) return { url, answer }
      await answer.arrayBuffer()
      url = new URL(location, url).href
      if (stop && url.startsWith(stop)) return { url, answer }
    }
    throw new Error(`it goes round in circles at ${url}`)
  }

  return {
    ask,
    jar: () => jarOf(publicUrl),
    /** With the link of the page to sign in at. */
    async signIn(to = '/') {
      const page = await (await ask(`${publicUrl}/login?to=${encodeURIComponent(to)}`)).text()
      const [, link = ''] = page.match(/href="([^"]*\/login\/openid[^"]*)"/) ?? []
      return follow(link)
    },
    /** As far as the address that the provider sends back to, which is not opened. */
    upToTheWayBack: async () => (await follow(`${publicUrl}/login/openid?to=/printers`, back)).url,
    follow,
    isIn: async () => (await ask(`${publicUrl}/printers`)).status === 200,
  }
}

describe('signing in at the provider', () => {
  test('the first time by the address, in any case of its letters, and binds the account', async () => {
    await has({ id: 'u-sam', name: 'sam', email: 'Sam.Reed@School.example', role: 'administrator' })
    campus.signedInAs('campus-77', { email: 'sam.reed@school.example', email_verified: true })
    const browser = aBrowser()
    const { url, answer } = await browser.signIn('/printers?q=lib')
    expect([url, answer.status]).toEqual([`${publicUrl}/printers?q=lib`, 200])
    expect(await answer.text()).toContain('<a class="who" href="/account">sam</a>')
    expect(kept('u-sam')?.identity).toEqual({ issuer: campus.issuer, subject: 'campus-77' })
    expect(Object.values(web.store.state.sessions)).toMatchObject([
      { person: 'u-sam', by: 'openid' },
    ])
    const bound = Object.values(web.store.state.journal).filter(
      ({ what }) => what === 'openid bound',
    )
    expect(bound).toMatchObject([{ subject: 'u-sam', details: { issuer: campus.issuer } }])
  })

  test('again with another address finds the same account', async () => {
    await has({ id: 'u-sam', email: 'sam@school.example', role: 'administrator' })
    campus.signedInAs('campus-1', { email: 'sam@school.example', email_verified: true })
    await aBrowser().signIn()
    campus.signedInAs('campus-1', { email: 'sam.married@school.example' })
    const again = aBrowser()
    await again.signIn()
    expect(await again.isIn()).toBe(true)
    expect(Object.values(web.store.state.sessions).map(({ person }) => person)).toEqual([
      'u-sam',
      'u-sam',
    ])
  })

  test('begins a session of its own: what the browser had before is worth nothing', async () => {
    await has({ id: 'u-sam', email: 'sam@school.example', role: 'administrator' })
    campus.signedInAs('campus-1', { email: 'sam@school.example', email_verified: true })
    const browser = aBrowser()
    browser.jar().set('__Host-platen', 'PLANTED0PLANTED0PLANTED0PLANTED0PLANTED0')
    await browser.signIn()
    expect(browser.jar().get('__Host-platen')).toMatch(/^(?!PLANTED)[0-9A-Z]{40}$/)
    expect([...browser.jar().keys()]).toEqual(['__Host-platen'])
  })

  test('the cookie of the way there and back is out of reach of scripts and ends by itself', async () => {
    const answer = await aBrowser().ask(`${publicUrl}/login/openid?to=/`)
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-platen-openid=[\w-]{60,}; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=600$/,
      ),
    ])
    const there = new URL(answer.headers.get('location') ?? '')
    expect(Object.fromEntries(there.searchParams)).toMatchObject({
      ...{ response_type: 'code', redirect_uri: back, code_challenge_method: 'S256' },
      ...{ state: expect.stringMatching(/^.{43}$/), nonce: expect.stringMatching(/^.{43}$/) },
    })
  })

  test('leads nowhere else afterwards', async () => {
    await has({ id: 'u-sam', email: 'sam@school.example', role: 'administrator' })
    campus.signedInAs('campus-1', { email: 'sam@school.example', email_verified: true })
    for (const to of [
      '//evil.example',
      'https://evil.example/',
      '/\\evil.example',
      '/.//evil.example',
    ]) {
      const from = `${publicUrl}/login/openid?to=${encodeURIComponent(to)}`
      expect((await aBrowser().follow(from)).url).toBe(`${publicUrl}/`)
    }
  })

  test('is offered where it is set up, and nowhere else', async () => {
    expect(await (await web.get('/login')).text()).toContain('Sign in with your school account')
    const other = await startWeb()
    await other.person('ada', 'administrator')
    expect(await (await other.get('/login')).text()).not.toContain('openid')
    expect((await other.get('/login/openid')).status).toBe(404)
    await other.stop()
  })
})

describe('who has no account here', () => {
  const nobody = async () => {
    const browser = aBrowser()
    const { answer } = await browser.signIn()
    expect(await browser.isIn()).toBe(false)
    expect(browser.jar().size).toBe(0)
    expect(Object.keys(web.store.state.sessions)).toEqual([])
    return { status: answer.status, text: await answer.text() }
  }

  test('is told as whom they came, that no account is theirs, and whom to ask', async () => {
    campus.signedInAs('campus-9', { email: 'eve@school.example', email_verified: true })
    const { status, text } = await nobody()
    expect(status).toBe(403)
    expect(text).toContain('<strong>eve@school.example</strong>')
    expect(text).toContain('No account here is yours.')
    expect(text).toContain('Ask whoever looks after the accounts of Print room North')
  })

  test('has none by an address that only looks like somebody else’s', async () => {
    await has({ id: 'u-kate', name: 'kate', email: 'kate@school.example', role: 'administrator' })
    campus.signedInAs('campus-66', { email: '\u212Aate@school.example', email_verified: true })
    expect((await nobody()).text).toContain('No account here is yours.')
    expect(kept('u-kate')?.identity).toBeNull()
  })

  test('reads the same as one who is disabled, not meant for it, of two accounts, or another by now', async () => {
    const email = 'sam@school.example'
    campus.signedInAs('campus-1', { email, email_verified: true })
    const { text: unknown } = await nobody()
    const now = web.clock.now().toISOString()
    const bound = { issuer: campus.issuer, subject: 'campus-1' }
    const other = { issuer: campus.issuer, subject: 'campus-before' }
    for (const people of [
      [{ id: 'u-1', email, disabledAt: now }],
      [{ id: 'u-1', email, openId: false }],
      [
        { id: 'u-1', email },
        { id: 'u-2', email: email.toUpperCase() },
      ],
      [
        { id: 'u-1', email },
        { id: 'u-2', email, disabledAt: now },
      ],
      [{ id: 'u-1', email, identity: other }],
      [{ id: 'u-1', email, identity: bound, disabledAt: now }],
      [{ id: 'u-1', email, identity: bound, openId: false }],
    ]) {
      for (const words of people) await has({ name: words.id, role: 'administrator', ...words })
      expect(await nobody()).toEqual({ status: 403, text: unknown })
      expect(kept('u-1')?.identity ?? null).toEqual(Object(people[0]).identity ?? null)
      await web.store.update((tx) => {
        for (const { id } of people) tx.drop('people', id)
      })
    }
  })

  test('nor has one whose address the provider has not verified, but where the house says so', async () => {
    const email = 'sam@school.example'
    campus.signedInAs('campus-1', { email, email_verified: false })
    const { text: unknown } = await nobody()
    await has({ id: 'u-sam', email, role: 'administrator' })
    expect(await nobody()).toEqual({ status: 403, text: unknown })
    expect(unknown).toContain('is not verified there')
    await open({ email: 'any' })
    await has({ id: 'u-sam', email, role: 'administrator' })
    const browser = aBrowser()
    await browser.signIn()
    expect(await browser.isIn()).toBe(true)
  })

  test('is out at once when disabled, and stays out', async () => {
    await has({ id: 'u-sam', name: 'sam', email: 'sam@school.example', role: 'administrator' })
    campus.signedInAs('campus-1', { email: 'sam@school.example', email_verified: true })
    const browser = aBrowser()
    await browser.signIn()
    await web.store.update((tx) => disablePerson(tx, { name: 'sam' }, web.act))
    expect(await browser.isIn()).toBe(false)
    expect((await browser.signIn()).answer.status).toBe(403)
  })

  test('may be called by a name that is markup, and is written as it is', async () => {
    campus.signedInAs('<script>alert(1)</script>', { name: '' })
    const { text } = await nobody()
    expect(text).toContain('&lt;script&gt;alert(1)')
    expect(text).not.toContain('<script>alert')
  })
})

describe('what comes back and does not belong to what was begun', () => {
  beforeEach(async () => {
    await has({ id: 'u-sam', email: 'sam@school.example', role: 'administrator' })
    campus.signedInAs('campus-1', { email: 'sam@school.example', email_verified: true })
  })

  const isNothing = async (url: string, browser = aBrowser()) => {
    const answer = await browser.ask(url)
    expect(answer.status).toBe(410)
    expect(await answer.text()).toContain('This sign-in was not begun at this browser')
    expect(await browser.isIn()).toBe(false)
    expect(kept('u-sam')?.identity).toBeNull()
  }

  test('at another browser, without the cookie', async () => {
    await isNothing(await aBrowser().upToTheWayBack())
  })

  test('at a browser that has begun a sign-in of its own', async () => {
    const victim = aBrowser()
    await victim.upToTheWayBack()
    await isNothing(await aBrowser().upToTheWayBack(), victim)
  })

  test.each([
    ['with another state', 'state', 'x'.repeat(43)],
    ['without a state', 'state', null],
    ['of another issuer', 'iss', 'https://other.example'],
    ['with a code that was made up', 'code', 'x'.repeat(43)],
  ])('%s', async (_what, name, value) => {
    const browser = aBrowser()
    const url = new URL(await browser.upToTheWayBack())
    if (value === null) url.searchParams.delete(name)
    else url.searchParams.set(name, value)
    await isNothing(url.href, browser)
  })

  test('with a cookie that was changed', async () => {
    const browser = aBrowser()
    const url = await browser.upToTheWayBack()
    const jar = browser.jar()
    const words = Buffer.from(jar.get('__Host-platen-openid') ?? '', 'base64url').toString()
    expect(words).toContain('"/printers"')
    const changed = words.replace('"/printers"', '"/people"')
    jar.set('__Host-platen-openid', Buffer.from(changed).toString('base64url'))
    await isNothing(url, browser)
  })

  test('with a cookie that is none', async () => {
    const browser = aBrowser()
    const url = await browser.upToTheWayBack()
    browser.jar().set('__Host-platen-openid', Buffer.from('{"to":1}').toString('base64url'))
    await isNothing(url, browser)
  })

  test('more than ten minutes later', async () => {
    const browser = aBrowser()
    const url = await browser.upToTheWayBack()
    web.clock.advance(600_000)
    await isNothing(url, browser)
  })

  test('a second time, though cookie and code are the same', async () => {
    const browser = aBrowser()
    const url = await browser.upToTheWayBack()
    const cookie = browser.jar().get('__Host-platen-openid') ?? ''
    expect((await browser.ask(url)).status).toBe(303)
    const thief = aBrowser()
    thief.jar().set('__Host-platen-openid', cookie)
    expect((await thief.ask(url)).status).toBe(410)
    expect(await thief.isIn()).toBe(false)
  })

  test('is taken no further where who came did not agree', async () => {
    const other = await startIdentityProvider({ back })
    other.disagree()
    await open({ issuer: other.issuer })
    const { answer } = await aBrowser().signIn()
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('your school account did not agree')
    await other.stop()
  })
})

describe('where the provider is in no order', () => {
  /** The page to sign in at, with the way in that is left. */
  const isTold = async (sentence: string, browser = aBrowser()) => {
    const { answer } = await browser.signIn('/tickets')
    const text = await answer.text()
    expect([answer.status, text]).toEqual([503, expect.stringContaining(sentence)])
    expect(text).toContain('name="to" value="/tickets"')
    const fields = { name: 'ada', password: 'ada rides a horse', to: '/tickets' }
    const body = new URLSearchParams(fields)
    const entered = await web.get('/login', null, { method: 'POST', body })
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/tickets'])
  }

  test('it is told so, accounts of platen work, and it is asked again the next time', async () => {
    const down = await startIdentityProvider({ back })
    await open({ issuer: down.issuer })
    await down.stop()
    await isTold('Your school account cannot be reached')
    const { port } = new URL(down.issuer)
    const up = await startIdentityProvider({ back, port: Number(port) })
    expect(await aBrowser().upToTheWayBack()).toContain(back)
    await up.stop()
  })

  test('it is asked once for all who wait, and once an hour', async () => {
    const asked = () => campus.asked('/.well-known/openid-configuration')
    const before = asked()
    const begin = () => web.get('/login/openid')
    await Promise.all([begin(), begin(), begin()])
    await begin()
    expect(asked() - before).toBe(1)
    web.clock.advance(3_600_000)
    await begin()
    expect(asked() - before).toBe(2)
  })

  test('one that goes down between there and back costs this sign-in only', async () => {
    const down = await startIdentityProvider({ back })
    await open({ issuer: down.issuer })
    const browser = aBrowser()
    const url = await browser.upToTheWayBack()
    await down.stop()
    const answer = await browser.ask(url)
    expect([answer.status, await answer.text()]).toEqual([
      503,
      expect.stringContaining('cannot be reached'),
    ])
  })

  test('one that takes the question and says nothing is not waited for', async () => {
    const silent = createServer(() => {})
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const at = silent.address()
    const issuer = `http://127.0.0.1:${at && typeof at === 'object' ? at.port : 0}`
    const provider = createProvider({
      ...{ settings: { ...settings, issuer }, back, clock: web.clock, log: quiet },
      patienceSeconds: 0.1,
    })
    const begun = { to: '/', state: 's', nonce: 'n', verifier: 'v'.repeat(43) }
    await expect(provider.leadTo(begun)).rejects.toMatchObject({ code: 'unreachable' })
    silent.close()
  })

  test('a clock that is not set is named, for nothing can be checked by it', async () => {
    const untrusted = { ...createTestClock(), trusted: () => false }
    const ahead = await startIdentityProvider({ back, aheadSeconds: 3600 })
    await open({ issuer: ahead.issuer }, untrusted)
    await isTold('while the clock of this machine is not set')
    await ahead.stop()
  })

  test('clocks that do not agree are named, a minute is borne with', async () => {
    const near = await startIdentityProvider({ back, aheadSeconds: 50 })
    await open({ issuer: near.issuer })
    await has({ id: 'u-sam', email: 'sam@school.example', role: 'administrator' })
    near.signedInAs('campus-1', { email: 'sam@school.example', email_verified: true })
    expect((await aBrowser().signIn()).answer.status).toBe(200)
    await near.stop()
    const ahead = await startIdentityProvider({ back, aheadSeconds: 3600 })
    await open({ issuer: ahead.issuer })
    await isTold('do not agree')
    await ahead.stop()
  })

  test.each([
    'http://login.school.example',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example:1',
  ])('%s is not asked, for anybody could answer', async (issuer) => {
    await open({ issuer })
    await isTold('only https is safe')
  })

  test('a secret that it does not know is told in the log, and nothing of it on the page', async () => {
    await open({ clientSecret: 'quite another one' })
    campus.signedInAs('campus-1', { email: 'sam@school.example', email_verified: true })
    await isTold('is not set up for this platen')
    const line = web.lines.find(({ level }) => level === 'warn')
    expect(line).toMatchObject({ room: 'openid', facts: { issuer: campus.issuer } })
    expect(line?.sentence).toContain('does not take PLATEN_OIDC_CLIENT_ID with its secret')
    expect(JSON.stringify(web.lines)).not.toContain('quite another one')
  })
})

test('a session of the provider opens nothing for an account that is closed to it', async () => {
  const web = await startWeb()
  const ada = await web.person('ada', 'administrator')
  const begun = { now: web.clock.now(), clockTrusted: true, browser: '' }
  const begin = (by: 'openid' | 'password') =>
    web.store.update((tx) => beginSession(tx, ada.id, { ...begun, by }))
  const status = async (secret: string) =>
    (await web.get('/account', null, { headers: { cookie: `platen=${secret}` } })).status
  const [own, theirs] = [await begin('password'), await begin('openid')]
  expect([await status(own), await status(theirs)]).toEqual([200, 303])
  await web.store.update((tx) => tx.put('people', { ...ada, openId: true }))
  expect(await status(theirs)).toBe(200)
  await web.stop()
})
