import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Refusal, type RefusalCode } from '../../src/core/refusal.ts'
import type { Store } from '../../src/core/store.ts'
import { answerRefusal, asPage, statusOf } from '../../src/web/errors.ts'
import { silence } from '../parts/readings.ts'
import { aGroup, aPerson, aPrinter } from '../parts/records.ts'
import { createMemoryStore } from '../parts/store.ts'
import { basic, type RunningWeb, startWeb } from '../parts/web.ts'

// What is declined or broke, to a person before a page and to a script: the same sentence, status and way on.

let web: RunningWeb
let isBroken = false
let isFull = false

/** A store whose disk is full when the test says so. */
function fillableStore(): Store {
  const store = createMemoryStore()
  const full = () =>
    Promise.reject(new Refusal('unkeepable', 'The disk is full: nothing was kept.'))
  return { ...store, update: (change) => (isFull ? full() : store.update(change)) }
}

beforeEach(async () => {
  isBroken = false
  isFull = false
  web = await startWeb({
    ...{ store: fillableStore(), publicUrl: 'http://print.school.example' },
    openId: {
      issuer: 'http://127.0.0.1:9',
      clientId: 'platen',
      clientSecret: null,
      name: 'school account',
      email: 'any',
    },
    health() {
      if (isBroken) throw new Error('the secret inside')
      return {}
    },
  })
  await web.person('ada', 'administrator')
  await web.store.update((tx) => {
    tx.put('groups', aGroup({ managers: ['u-max'] }))
    tx.put('printers', aPrinter())
  })
  await web.person('max', 'manager', ['Library'])
})
afterEach(() => web.stop())

const form = 'application/x-www-form-urlencoded'
const html = { accept: 'text/html' }
const post = (body: RequestInit['body'], type: string): RequestInit => ({
  ...{ method: 'POST', body },
  headers: { ...html, 'content-type': type },
})
const wrong = { headers: { authorization: basic('ada', 'wrong horse') } }
const elevenWrong = async () => {
  for (let tries = 0; tries < 10; tries++) await web.get('/api/v1/status', null, wrong)
}

type Asked = [path: string, who: string | null, init?: RequestInit]
interface Case {
  readonly before?: () => unknown
  readonly page: Asked
  readonly api: Asked
  readonly title: string
  readonly error: string
}

const cases: Readonly<Record<number, Case>> = {
  400: {
    page: ['/login', null, post('name=%FF', form)],
    api: ['/api/v1/printers', 'ada', post('{"label":', 'application/json')],
    ...{ title: 'That could not be read', error: 'malformed' },
  },
  403: {
    page: ['/people', 'max'],
    api: ['/api/v1/system', 'max'],
    ...{ title: 'Not from here', error: 'forbidden' },
  },
  404: {
    page: ['/printers/none', 'ada'],
    api: ['/api/v1/status/none', 'ada'],
    ...{ title: 'Nothing here', error: 'missing' },
  },
  405: {
    page: ['/printers/p-1', 'ada', { method: 'DELETE', headers: html }],
    api: ['/api/v1/status', 'ada', { method: 'DELETE' }],
    ...{ title: 'Not in this way', error: 'wrong-method' },
  },
  413: {
    page: ['/login', null, post('x'.repeat(17_000), form)],
    api: ['/api/v1/printers', 'ada', post('x'.repeat(4 * 1024 * 1024 + 1), 'application/json')],
    ...{ title: 'Too much', error: 'too-large' },
  },
  415: {
    page: ['/login', null, post('{}', 'application/json')],
    api: ['/api/v1/printers', 'ada', post('a=b', form)],
    ...{ title: 'Not this kind', error: 'wrong-type' },
  },
  422: {
    page: ['/printers?page=nine', 'ada'],
    api: ['/api/v1/status?force=maybe', 'ada'],
    ...{ title: 'Something is missing', error: 'invalid' },
  },
  429: {
    before: elevenWrong,
    page: ['/printers', null, wrong],
    api: ['/api/v1/status', null, wrong],
    ...{ title: 'Too often', error: 'too-many' },
  },
  500: {
    before: () => {
      isBroken = true
    },
    page: ['/', 'ada'],
    api: ['/api/v1/health', null],
    ...{ title: 'Something broke', error: 'broken' },
  },
}

describe.each(Object.entries(cases))('%s', (code, { before, page, api, title, error }) => {
  test('is a page for a person, and JSON of the one shape for a script', async () => {
    await before?.()
    const [asked, told] = [await web.get(...page), await web.get(...api)]
    const text = await asked.text()
    expect([asked.status, told.status]).toEqual([Number(code), Number(code)])
    expect(asked.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(text).toContain(`<h1>${title}</h1>`)
    expect(text).toMatch(/<a href="\/[a-z]*">/)
    const { 'content-type': type, 'retry-after': wait } = Object.fromEntries(told.headers)
    expect(type).toBe('application/json; charset=utf-8')
    expect(await told.json()).toEqual({
      ...{ error, message: expect.stringMatching(/\.$/), details: expect.any(Object) },
    })
    expect(wait).toBe(code === '429' ? '3600' : undefined)
    expect(asked.headers.get('retry-after')).toBe(wait ?? null)
    expect(text).not.toContain('inside')
  })
})

test('401 sends a person to sign in, and tells a script the ways', async () => {
  const asked = await web.get('/printers', null, { headers: html })
  expect([asked.status, asked.headers.get('location')]).toEqual([303, '/login?to=%2Fprinters'])
  const told = await web.get('/api/v1/printers')
  expect([told.status, told.headers.get('www-authenticate')]).toEqual([
    401,
    expect.stringContaining('Bearer'),
  ])
})

test('403 says which right is missing, who gives it, and where one may go', async () => {
  const asked = await web.get('/people', 'max')
  const text = await asked.text()
  expect(text).toContain('max may not look at accounts.')
  expect(text).toContain('Whoever looks after the accounts here can change that.')
  expect(text).toContain('<h2>Where you can go</h2>')
  for (const place of ['/', '/printers', '/groups', '/tickets', '/reports'])
    expect(text).toContain(`<li><a href="${place}">`)
  for (const place of ['/people', '/settings', '/system']) expect(text).not.toContain(`"${place}"`)
  const told = await web.get('/api/v1/system', 'max')
  expect(await told.json()).toMatchObject({ details: { needs: 'system look' } })
})

test('409 tells a script what is there already', async () => {
  const printer = { label: 'P-1', ipAddress: '10.0.0.1' }
  const told = await web.get(
    '/api/v1/printers',
    'ada',
    post(JSON.stringify(printer), 'application/json'),
  )
  expect([told.status, await told.json()]).toEqual([
    409,
    expect.objectContaining({ error: 'conflict' }),
  ])
})

test('410 says that it is too late, and how to begin again', async () => {
  const asked = await web.get('/login/openid/back?code=x&state=y')
  expect([asked.status, await asked.text()]).toEqual([410, expect.stringContaining('Begin again.')])
})

test('503 says that nothing was kept, or that a printer does not answer', async () => {
  isFull = true
  const typed = new URLSearchParams({ name: 'ada', password: 'ada rides a horse' })
  const asked = await web.get('/login', null, post(typed, form))
  expect([asked.status, await asked.text()]).toEqual([
    503,
    expect.stringContaining('The disk is full'),
  ])
  web.says.set('127.0.0.1', silence())
  const told = await web.get('/api/v1/status/p-1?force=1', 'ada')
  expect(told.status).toBe(503)
})

test('each refusal is the same as a page and as JSON', () => {
  for (const code of Object.keys(statusOf) as RefusalCode[]) {
    const json = answerRefusal(new Refusal(code, 'Because <so>.', { retryAfterSeconds: 7 }))
    const person = aPerson({ role: 'reader' })
    for (const page of [asPage(json, null), asPage(json, person)]) {
      expect([page.status, page.headers['Retry-After']]).toEqual([
        json.status,
        json.headers['Retry-After'],
      ])
      expect(String(page.body)).toContain('<p>Because &lt;so&gt;.</p>')
      expect(String(page.body)).not.toContain('That did not work')
    }
  }
})
