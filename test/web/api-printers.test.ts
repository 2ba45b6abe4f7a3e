import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { disablePerson } from '../../src/core/people/people.ts'
import { isDescribed } from '../../src/web/api/openapi.ts'
import { until } from '../boot.ts'
import { anAlert, aReading, aSupply, aTray, silence } from '../parts/readings.ts'
import { aPrinter } from '../parts/records.ts'
import { startTwoGroups } from '../parts/two-groups.ts'
import { type RunningWeb, startWeb } from '../parts/web.ts'

// Printers for scripts: what they are told, what they may do.

let web: RunningWeb

beforeEach(async () => {
  ;({ web } = await startTwoGroups())
})
afterEach(() => web.stop())

/** Sends JSON, and holds what comes back against the schema that is told of it. */
async function call(method: string, path: string, who = 'ada', body?: unknown) {
  const headers: Record<string, string> =
    body === undefined ? {} : { 'content-type': 'application/json' }
  const sent = body === undefined ? null : JSON.stringify(body)
  const answer = await web.get(`/api/v1${path}`, who, { method, headers, body: sent })
  const text = await answer.text()
  const told = text === '' ? null : JSON.parse(text)
  if (answer.ok && told !== null) schemaOf(method, path).parse(told)
  expect(text).not.toMatch(/hush-hush|token-|community"/)
  return { status: answer.status, told }
}

function schemaOf(method: string, path: string): z.ZodType {
  const asked = `/api/v1${path}`.split('?')[0]?.split('/') ?? []
  const found = web.web.routes.filter(isDescribed).find((route) => {
    const parts = route.path.split('/')
    const fits = parts.every((part, at) => part.startsWith(':') || part === asked[at])
    return route.method === method && parts.length === asked.length && fits
  })
  const answers = found?.described.answers
  if (!answers || !('parse' in answers)) throw new Error(`nothing is told of ${method} ${path}`)
  return answers
}

const labels = (told: { printers: { label: string }[] }) => told.printers.map(({ label }) => label)

describe('printers', () => {
  test('are listed, searched, put in order and told a page at a time', async () => {
    await web.store.update((tx) =>
      tx.put('printers', aPrinter({ id: 'old', label: 'OLD-1', isActive: false, ipAddress: 'o' })),
    )
    const all = await call('GET', '/printers?sort=label')
    expect([labels(all.told), all.told.total]).toEqual([['GYM-1', 'LIB-1'], 2])
    expect(all.told.printers[0]).toMatchObject({
      ...{ id: 'gym', group: { id: 'g-gym', name: 'Gym' }, hasOwnCommunity: true },
      ...{ snmpVersion: null, isActive: true, createdAt: '2026-03-01T08:00:00.000Z' },
    })
    const second = await call('GET', '/printers?sort=label&limit=1&page=2')
    expect([labels(second.told), second.told.page, second.told.total]).toEqual([['LIB-1'], 2, 2])
    expect(labels((await call('GET', '/printers?group=g-gym')).told)).toEqual(['GYM-1'])
    expect(labels((await call('GET', '/printers?retired=1')).told)).toEqual(['OLD-1'])
    expect(labels((await call('GET', '/printers', 'ben')).told)).toEqual(['GYM-1'])
    expect((await call('GET', '/printers?sort=colour')).status).toBe(422)
  })

  test.each(['gym', '10.0.0.2', '10.0.0.2:161'])('one is found by %s', async (key) => {
    expect((await call('GET', `/printers/${key}`, 'ben')).told).toMatchObject({ id: 'gym' })
  })

  test.each(['lib', '10.0.0.1', '10.0.0.1:161', '10.9.9.9', '__proto__', 'constructor'])(
    'out of reach or unknown, %s is missing to everything',
    async (key) => {
      for (const [method, path, body] of [
        ['GET', ''],
        ['PATCH', '', { location: 'x' }],
        ['POST', '/poll'],
        ['GET', '/history'],
      ] as const)
        expect((await call(method, `/printers/${key}${path}`, 'ben', body)).status).toBe(404)
      expect([web.polls(), web.store.state.printers.lib?.location]).toEqual([0, 'Room 12'])
    },
  )

  test('at a port of its own is found by address and port', async () => {
    const added = { label: 'SIM-1', ipAddress: '10.0.0.7:1161' }
    expect((await call('POST', '/printers', 'ada', added)).status).toBe(201)
    expect((await call('GET', '/printers/10.0.0.7:1161')).told.label).toBe('SIM-1')
    expect((await call('GET', '/printers/10.0.0.7')).status).toBe(404)
  })

  test('one is added, changed, retired and removed', async () => {
    const added = await call('POST', '/printers', 'ada', {
      ...{ label: 'NEW-1', ipAddress: '10.0.0.9', group: 'g-lib', community: 'top secret' },
    })
    const path = `/printers/${added.told.id}`
    expect([added.status, added.told.hasOwnCommunity]).toEqual([201, true])
    expect(web.store.state.printers[added.told.id]?.community).toBe('top secret')
    const changed = await call('PATCH', path, 'ada', { model: 'Folio', community: null })
    expect(changed.told).toMatchObject({ model: 'Folio', label: 'NEW-1', hasOwnCommunity: false })
    expect((await call('DELETE', path)).status).toBe(409)
    expect((await call('PATCH', path, 'ada', { isActive: false })).told.isActive).toBe(false)
    expect((await call('POST', `${path}/poll`)).status).toBe(409)
    expect(await call('DELETE', path)).toEqual({ status: 204, told: null })
    expect((await call('GET', path)).status).toBe(404)
    expect(JSON.stringify(web.store.state.journal)).not.toContain('top secret')
    const doors = Object.values(web.store.state.journal).map(({ from }) => from)
    expect(doors).toContain('API')
  })

  test.each([
    [{ label: 'A', ipAddress: '10.0.0.2' }, 409, 'ipAddress'],
    [{ label: 'A', ipAddress: '300.0.0.2' }, 422, 'ipAddress'],
    [{ label: 'A' }, 422, 'ipAddress'],
    [{ label: 'A', ipAddress: 'a', token: 'mine' }, 422, 'token'],
    [{ label: 'A', ipAddress: 'a', group: 'g-none' }, 422, 'group'],
  ])('%j is refused with the field', async (body, status, field) => {
    const answer = await call('POST', '/printers', 'ada', body)
    expect([answer.status, answer.told.details.field]).toEqual([status, field])
    expect(Object.keys(web.store.state.printers)).toHaveLength(2)
  })

  test('are moved by a manager between the groups in reach alone, and not removed', async () => {
    expect((await call('PATCH', '/printers/gym', 'ben', { group: 'g-lib' })).status).toBe(422)
    expect((await call('PATCH', '/printers/gym', 'ben', { group: null })).status).toBe(422)
    await call('PATCH', '/printers/gym', 'ben', { isActive: false })
    expect((await call('DELETE', '/printers/gym', 'ben')).status).toBe(403)
    expect(web.store.state.printers.gym?.group).toBe('g-gym')
  })

  test('are not changed by who may only look', async () => {
    await web.person('eva', 'reader')
    expect((await call('GET', '/printers/lib', 'eva')).status).toBe(200)
    expect((await call('PATCH', '/printers/lib', 'eva', { location: 'x' })).status).toBe(403)
    expect((await call('DELETE', '/printers/lib', 'eva')).status).toBe(403)
  })
})

describe('asking', () => {
  test('one printer waits for what it says', async () => {
    const reading = aReading({ pageCount: 7, supplies: [aSupply()], trays: [aTray()] })
    web.says.set('10.0.0.2', { ...reading, alerts: [anAlert({ description: 'Low' })] })
    expect((await call('POST', '/printers/10.0.0.2/poll', 'ben')).told).toMatchObject({
      ...{ pageCount: 7, ageSeconds: 0, printer: { id: 'gym' } },
    })
    web.says.set('10.0.0.2', silence())
    const silent = await call('POST', '/printers/gym/poll', 'ben')
    expect([silent.status, silent.told]).toMatchObject([
      503,
      { error: 'unreachable', details: { status: { pageCount: 7, snmp: { ok: false } } } },
    ])
  })

  test('one waits no longer for an account that has ended meanwhile', async () => {
    let answers = (_: ReturnType<typeof aReading>) => {}
    web.says.set('10.0.0.2', new Promise((resolve) => (answers = resolve)))
    const waiting = call('POST', '/printers/gym/poll', 'ben')
    await until(() => web.polls() === 1)
    await web.store.update((tx) => disablePerson(tx, { name: 'ben' }, web.act))
    answers(aReading())
    expect((await waiting).status).toBe(401)
  })

  test('all in reach goes on in the background, and says how far it is', async () => {
    web.says.set('10.0.0.1', silence())
    const begun = await call('POST', '/polls', 'ada', {})
    expect([begun.status, begun.told]).toMatchObject([202, { total: 2, endedAt: null }])
    const path = `/polls/${begun.told.id}`
    await until(async () => (await call('GET', path)).told.endedAt !== null)
    expect((await call('GET', path)).told).toMatchObject({ total: 2, done: 2, silent: 1 })
    expect((await call('GET', path, 'ben')).status).toBe(404)
  })

  test('some is asked of these alone, and only where all are in reach and in use', async () => {
    const begun = await call('POST', '/polls', 'ben', { printers: ['gym', 'gym'] })
    expect([begun.status, begun.told.total]).toEqual([202, 1])
    expect((await call('POST', '/polls', 'ben', { printers: ['gym', 'lib'] })).status).toBe(404)
    await call('PATCH', '/printers/gym', 'ben', { isActive: false })
    expect((await call('POST', '/polls', 'ben', { printers: ['gym'] })).status).toBe(409)
    expect((await call('POST', '/polls', 'ben', { printers: [] })).status).toBe(422)
    expect(web.fleet.status('lib').fetchedAt).toBeNull()
  })
})

test('the status is told as its schema says, whatever the printer said', async () => {
  const stage = { percent: null, level: -3, levelState: 'someRemaining' } as const
  web.says.set(
    '10.0.0.1',
    aReading({
      ...{ pageCount: 7, supplies: [aSupply(stage)], trays: [aTray(stage)], console: ['', 'x'] },
      alerts: [anAlert({})],
    }),
  )
  await call('POST', '/printers/lib/poll')
  expect((await call('GET', '/status')).told.printers).toHaveLength(2)
  expect((await call('GET', '/status/lib')).told.supplies).toHaveLength(1)
})

test('the history is told, the newest of it where less is wished for', async () => {
  const line = (at: number) => ({
    ...{ at: `2026-03-0${at}T09:00:00.000Z`, printer: 'gym', ok: true, pageCount: at },
    ...{ status: 'idle', errors: [], alerts: [null], supplies: [['1.1', 5, 10, 50]] as const },
  })
  const error = 'No answer'
  const silent = { at: '2026-03-03T09:00:00.000Z', printer: 'gym', ok: false, error }
  const store = web.store
  await web.stop()
  web = await startWeb({ store, history: async () => [line(1), line(2), silent] })
  expect((await call('GET', '/printers/gym/history', 'ben')).told).toEqual({
    ...{ printer: 'gym', lines: [line(1), line(2), silent] },
  })
  const newest = await call('GET', '/printers/10.0.0.2/history?limit=1', 'ben')
  expect(newest.told.lines).toEqual([silent])
  expect((await call('GET', '/printers/gym/history?limit=9999', 'ben')).status).toBe(422)
})
