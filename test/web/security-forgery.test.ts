import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Route } from '../../src/web/answer.ts'
import { aBox } from '../parts/box.ts'
import { aGroup, aPrinter } from '../parts/records.ts'
import { aVisitor, type Visitor } from '../parts/visitor.ts'
import { basic, type RunningWeb, startWeb } from '../parts/web.ts'

// A site that makes the browser of somebody who is signed in here send what it likes: at every address
// that changes anything, whoever wrote it and whenever.

let web: RunningWeb
let ada: Visitor
let proof: string

beforeEach(async () => {
  web = await startWeb({ box: () => aBox() })
  await web.person('ada', 'administrator')
  await web.store.update((tx) => {
    tx.put('groups', aGroup({ id: 'x-1' }))
    tx.put('printers', aPrinter({ id: 'x-1', token: 'K7QX2M9V4T8B3C5D' }))
  })
  ada = aVisitor(web)
  await ada.signIn('ada')
  const [, found = ''] = (await ada.text('/')).match(/name="proof" value="([^"]+)"/) ?? []
  proof = found
})
afterEach(() => web.stop())

const changing = () => web.web.routes.filter(({ method }) => method !== 'GET')
const pathOf = ({ path }: Route) => path.replaceAll(/:\w+/g, 'x-1')

const asForm = (fields: Record<string, string>): RequestInit => ({
  body: new URLSearchParams(fields),
})
const asJson = (more: Record<string, string> = {}): RequestInit => ({
  headers: { 'content-type': 'application/json', ...more },
  body: '{}',
})
const bodyOf = ({ takes }: Route, fields: Record<string, string>, more: Record<string, string>) =>
  takes === 'json'
    ? asJson({ ...more, ...(fields.proof && { 'x-proof': fields.proof }) })
    : { ...asForm(fields), headers: { ...more, ...(fields.proof && { 'x-proof': fields.proof }) } }

/** All that is kept, but when somebody was seen. */
const kept = () => JSON.stringify(web.store.state)

describe('every address that changes something, for who is signed in', () => {
  const signedIn = () => changing().filter(({ who }) => who === 'signed in')

  test('there are some', () => {
    expect(signedIn().map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/logout', '/printers/:printer/poll']),
    )
  })

  test.each<[string, () => [fields: Record<string, string>, headers: Record<string, string>]]>([
    ['without the proof', () => [{}, {}]],
    ['with an empty proof', () => [{ proof: '' }, {}]],
    ['with the proof of another session', () => [{ proof: 'x'.repeat(43) }, {}]],
    ['of another site, with the proof', () => [{ proof }, { origin: 'http://evil.example' }]],
    ['of a page without a site, with the proof', () => [{ proof }, { origin: 'null' }]],
    ['of a neighbour of the domain', () => [{ proof }, { 'sec-fetch-site': 'same-site' }]],
    ['of another port of this host', () => [{ proof }, { origin: 'http://127.0.0.1:1' }]],
  ])('declines what comes %s, and does nothing', async (_what, made) => {
    const [fields, headers] = made()
    const before = kept()
    for (const route of signedIn()) {
      const init = { ...bodyOf(route, fields, headers), method: route.method }
      const answer = await ada.get(pathOf(route), init)
      expect([route.method, route.path, answer.status]).toEqual([route.method, route.path, 403])
      expect(await answer.text()).toContain('this form does not come from a page')
    }
    expect(kept()).toBe(before)
    expect(web.polls()).toBe(0)
  })

  test('declines what another site can send without being asked first, in every other dress', async () => {
    const before = kept()
    for (const route of signedIn())
      for (const type of [
        'text/plain',
        'multipart/form-data; boundary=x',
        'application/x-www-form-urlencoded',
      ]) {
        const headers = { 'content-type': type, origin: 'http://evil.example' }
        const answer = await ada.get(pathOf(route), { method: route.method, body: '{}', headers })
        expect([route.path, [400, 403, 415].includes(answer.status)]).toEqual([route.path, true])
      }
    expect(kept()).toBe(before)
  })

  test('declines a form of another site with the password that the browser remembers', async () => {
    const before = kept()
    const authorization = basic('ada', 'ada rides a horse')
    for (const route of signedIn()) {
      const headers = { authorization, origin: 'http://evil.example' }
      const init = { ...bodyOf(route, {}, headers), method: route.method }
      const answer = await aVisitor(web).get(pathOf(route), init)
      expect([route.path, answer.status]).toEqual([route.path, 403])
    }
    expect(kept()).toBe(before)
  })

  test('sends who is signed out to sign in, or says so', async () => {
    const before = kept()
    for (const route of signedIn()) {
      const init = { ...bodyOf(route, { proof }, {}), method: route.method }
      const answer = await aVisitor(web).get(pathOf(route), init)
      expect([route.path, answer.status]).toEqual([route.path, route.as === 'page' ? 303 : 401])
    }
    expect(kept()).toBe(before)
  })
})

test('what changes something without an account is what students do, and signing in', () => {
  const open = changing().filter(({ who }) => who === 'anybody')
  expect(open.map(({ path }) => path).sort()).toEqual(
    expect.arrayContaining(['/first', '/login', '/p/:token']),
  )
  for (const { path } of open) expect(path).toMatch(/^\/(first|login|p\/:token.*|t\/:receipt.*)$/)
})

test('no GET changes anything', async () => {
  const before = kept()
  for (const route of web.web.routes.filter(({ method }) => method === 'GET'))
    if (route.path !== '/events') await (await ada.get(pathOf(route))).arrayBuffer()
  expect(kept()).toBe(before)
})
