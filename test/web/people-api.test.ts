import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { noRights, type Rights, roles } from '../../src/core/people/rights.ts'
import { addToken } from '../../src/core/people/tokens.ts'
import { startTwoGroups } from '../parts/two-groups.ts'
import type { Visitor } from '../parts/visitor.ts'
import type { RunningWeb } from '../parts/web.ts'

// Accounts and groups for scripts.

let web: RunningWeb
let admin: Visitor
let ben: Visitor
let script: string

beforeEach(async () => {
  ;({ web, ada: admin, ben } = await startTwoGroups())
  script = await token('ada')
})
afterEach(() => web.stop())

const token = (name: string, rights: Rights | null = null) =>
  web.store.update((tx) => addToken(tx, { name, rights }, web.act))
const idOf = (name: string) =>
  Object.values(web.store.state.people).find((person) => person.name === name)?.id ?? ''

async function ask(method: string, path: string, body?: object, by = script) {
  const answer = await web.get(`/api/v1${path}`, null, {
    method,
    headers: { authorization: `Bearer ${by}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, told: text ? JSON.parse(text) : null, text }
}

test('an account is made, looked at, changed, disabled and enabled', async () => {
  const words = { name: 'cleo', rights: { tickets: 'look' }, reach: 'groups', groups: ['g-gym'] }
  const email = 'cleo@school.example'
  const made = await ask('POST', '/people', { ...words, email, openId: true })
  expect(made.status).toBe(201)
  expect(made.told).toMatchObject({
    ...{ name: 'cleo', role: null, rights: { ...noRights, tickets: 'look' } },
    ...{ groups: [{ id: 'g-gym', name: 'Gym' }], signsInBy: ['openid'] },
  })
  const path = `/people/${made.told.id}`
  const changed = await ask('PATCH', path, { rights: { reports: 'look' }, summary: true })
  expect(changed.told).toMatchObject({
    rights: { ...noRights, tickets: 'look', reports: 'look' },
    ...{ summary: true, email, groups: [{ id: 'g-gym' }] },
  })
  expect((await ask('PATCH', path, { role: 'reader', groups: [] })).told).toMatchObject({
    ...{ role: 'reader', reach: 'all', groups: [] },
  })
  expect((await ask('POST', `${path}/disable`)).told.disabledAt).not.toBeNull()
  expect((await ask('POST', `${path}/disable`)).status).toBe(409)
  expect((await ask('POST', `${path}/enable`)).told.disabledAt).toBeNull()
  expect((await ask('GET', path)).told.name).toBe('cleo')
  expect((await ask('GET', '/people?limit=1')).told).toMatchObject({ total: 3, limit: 1 })
})

test.each([
  [{ name: 'x', role: 'manager' }, /Give a password, or openId/],
  [{ name: 'x', openId: true, email: 'x@school.example' }, /a role, or reach and rights/],
  [{ name: 'x', role: 'king', password: 'long enough' }, /role/],
  [{ name: 'x', role: 'reader', password: 'long enough', admin: true }, /means nothing/],
])('%j makes no account', async (body, words) => {
  const { status, told } = await ask('POST', '/people', body)
  expect([status, told.message]).toEqual([422, expect.stringMatching(words)])
})

test('no answer holds a secret', async () => {
  const path = `/people/${idOf('ben')}`
  await token('ben')
  const told = await Promise.all(
    ['/people', path, `${path}/tokens`, `${path}/sessions`, '/groups', '/groups/g-gym'].map(
      (each) => ask('GET', each),
    ),
  )
  const all = told.map(({ text }) => text).join('')
  const person = web.store.state.people[idOf('ben')]
  const secrets = [
    ...[person?.password?.hash, person?.password?.salt, person?.tokens[0]?.hash],
    ...Object.keys(web.store.state.sessions),
  ]
  for (const secret of secrets) expect(all).not.toContain(secret)
  expect(told.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200])
})

test('a password is set: the person is out, and the old one is of no use', async () => {
  const path = `/people/${idOf('ben')}/password`
  expect((await ask('PUT', path, { password: 'short' })).status).toBe(422)
  expect((await ask('PUT', path, { password: 'ben has another' })).status).toBe(204)
  expect((await ben.get('/printers')).status).toBe(303)
  expect((await ben.signIn('ben')).status).toBe(422)
})

test('tokens are made, listed and ended', async () => {
  const path = `/people/${idOf('ben')}/tokens`
  const rights = { tickets: 'look' }
  const { status, told } = await ask('POST', path, { name: 'the board', rights, days: 7 })
  expect([status, told.name, told.expiresAt]).toEqual([
    201,
    'the board',
    '2026-03-09T08:00:00.000Z',
  ])
  expect((await ask('GET', '/groups', undefined, told.token)).status).toBe(403)
  const { token: _shown, ...listed } = told
  expect((await ask('GET', path)).told.tokens).toEqual([listed])
  expect((await ask('DELETE', `${path}/${told.id}`)).status).toBe(204)
  expect((await ask('DELETE', `${path}/${told.id}`)).status).toBe(404)
  expect((await ask('GET', path)).told.tokens).toEqual([])
})

test('browsers are listed and signed out', async () => {
  const path = `/people/${idOf('ben')}/sessions`
  const { sessions } = (await ask('GET', path)).told
  expect(sessions).toMatchObject([{ by: 'password', isThis: false }])
  expect((await ask('DELETE', `${path}/nothing`)).status).toBe(404)
  expect((await ask('DELETE', `${path}/${sessions[0].id}`)).status).toBe(204)
  expect((await ben.get('/printers')).status).toBe(303)
  await ben.signIn('ben')
  expect((await ask('DELETE', path)).status).toBe(204)
  expect((await ben.get('/printers')).status).toBe(303)
})

test('a token gives no more than it has, not even to its owner', async () => {
  const small = await token('ada', { ...noRights, people: 'change' })
  for (const [method, path, body] of [
    ['POST', `/people/${idOf('ada')}/tokens`, { name: 'all', days: null }],
    ['PUT', `/people/${idOf('ada')}/password`, { password: 'the script has it' }],
    ['PATCH', `/people/${idOf('ben')}`, { summary: false }],
    ['POST', '/people', { name: 'eve', role: 'administrator', password: 'eve has it all' }],
  ] as const)
    expect([path, (await ask(method, path, body, small)).status]).toEqual([path, 403])
  expect(idOf('eve')).toBe('')
})

test('groups are made, changed, staffed and removed', async () => {
  const made = await ask('POST', '/groups', { name: 'Pool' })
  expect([made.status, made.told.name]).toEqual([201, 'Pool'])
  const path = `/groups/${made.told.id}`
  expect((await ask('PATCH', path, { building: 'South' })).told).toMatchObject({
    ...{ name: 'Pool', building: 'South', printers: 0, managers: [] },
  })
  expect((await ask('PATCH', path, { name: 'gym' })).status).toBe(409)
  const staffed = await ask('PUT', `${path}/managers`, { managers: [idOf('ben')] })
  expect(staffed.told.managers).toEqual([{ id: idOf('ben'), name: 'ben' }])
  expect((await ask('DELETE', '/groups/g-gym')).status).toBe(409)
  expect((await ask('DELETE', `/groups/g-gym?printersTo=${made.told.id}`)).status).toBe(204)
  expect((await ask('GET', path)).told.printers).toBe(1)
  expect((await ask('DELETE', `${path}?printersTo=none`)).status).toBe(204)
  expect(web.store.state.printers.gym?.group).toBeNull()
})

test('who looks after one group sees that one, and makes none', async () => {
  const bens = await token('ben')
  const groups = (await ask('GET', '/groups', undefined, bens)).told
  expect([groups.total, groups.groups[0].name]).toEqual([1, 'Gym'])
  expect((await ask('GET', '/groups/g-lib', undefined, bens)).status).toBe(404)
  expect((await ask('PATCH', '/groups/g-lib', { name: 'Mine' }, bens)).status).toBe(404)
  expect((await ask('DELETE', '/groups/g-lib', undefined, bens)).status).toBe(404)
  expect((await ask('PATCH', '/groups/g-gym', { name: 'Mine' }, bens)).status).toBe(403)
  expect((await ask('DELETE', '/groups/g-gym?printersTo=none', undefined, bens)).status).toBe(403)
  expect((await ask('POST', '/groups', { name: 'Mine' }, bens)).status).toBe(403)
  expect(roles.manager.rights.printers).toBe('change')
})

describe('whoever comes upon a token, or a browser that is unattended, does not get hold of the account', () => {
  const ada = () => web.store.state.people[idOf('ada')]

  test('a token makes none for its owner, which would outlive it', async () => {
    const body = { name: 'for ever', days: null }
    expect((await ask('POST', `/people/${idOf('ada')}/tokens`, body)).status).toBe(403)
    expect(ada()?.tokens.length).toBe(1)
  })

  test('a token sets no password for its owner', async () => {
    const body = { password: 'the script has it' }
    expect((await ask('PUT', `/people/${idOf('ada')}/password`, body)).status).toBe(403)
    expect(ada()?.tokens.length).toBe(1)
  })

  test('the page asks for the old password, and there is no way round it', async () => {
    const page = await admin.text('/account')
    const [, proof = ''] = page.match(/name="proof" value="([^"]+)"/) ?? []
    const answer = await admin.get(`/api/v1/people/${idOf('ada')}/password`, {
      method: 'PUT',
      headers: { 'x-proof': proof, 'content-type': 'application/json' },
      body: JSON.stringify({ password: 'whoever sat down here' }),
    })
    expect(answer.status).toBe(403)
    expect((await admin.get('/printers')).status).toBe(200)
  })
})

test('a token that may less than its owner says that it is the token', async () => {
  const sent = await token('ada', { ...noRights, printers: 'look' })
  const headers = { authorization: `Bearer ${sent}` }
  const answer = await web.get('/api/v1/tickets', null, { headers })
  expect(await answer.json()).toMatchObject({
    ...{ error: 'forbidden', details: { needs: 'tickets look' } },
    message: expect.stringMatching(/^With this token ada may not look at tickets\./),
  })
})
