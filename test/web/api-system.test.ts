import { afterEach, expect, test } from 'vitest'
import type { z } from 'zod'
import { readConfig, shownSettings } from '../../src/config.ts'
import type { Act } from '../../src/core/act.ts'
import type { Made } from '../../src/core/backup/made.ts'
import { roles } from '../../src/core/people/rights.ts'
import { Refusal } from '../../src/core/refusal.ts'
import { isDescribed } from '../../src/web/api/openapi.ts'
import type { WebParts } from '../../src/web/server.ts'
import { aBox } from '../parts/box.ts'
import { aLetter } from '../parts/letters.ts'
import { aPrintRoom, longAgo } from '../parts/summary.ts'
import { type RunningWeb, startWeb } from '../parts/web.ts'

let web: RunningWeb
afterEach(() => web.stop())

const env = { EMAIL_TO: 'desk@school.test', SNMP_COMMUNITY: 'hush-hush' }

async function ada(parts: Partial<WebParts> = {}) {
  const settings = shownSettings(readConfig(env, () => ''))
  web = await startWeb({ box: () => aBox(), settings, ...parts })
  await web.person('boss', 'administrator')
}

/** Calls it, as the boss; what it answers is held against its own schema. */
async function call(method: string, path: string, body?: object, who = 'boss') {
  const init = body && {
    ...{ body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
  }
  const answer = await web.get(path, who, { method, ...init })
  const text = await answer.text()
  const told = text ? JSON.parse(text) : null
  const bare = path.split('?')[0] ?? ''
  const of = web.web.routes.find(
    (route) =>
      isDescribed(route) &&
      route.method === method &&
      new RegExp(`^${route.path.replaceAll(/:\w+/g, '[^/]+')}$`).test(bare),
  )
  if (!of || !isDescribed(of)) throw new Error(`${method} ${path} is not described`)
  if (answer.ok && told !== null) {
    const read = (of.described.answers as z.ZodType).safeParse(told)
    expect(read.error?.message).toBeUndefined()
  }
  return { status: answer.status, told }
}

test('the system tells how it is', async () => {
  const sweep = { ok: false, sentence: 'No printer was asked for 20 minutes.' }
  await ada({ health: () => ({ sweep }) })
  await web.store.update((tx) => tx.put('outbox', aLetter()))
  const { status, told } = await call('GET', '/api/v1/system')
  expect(status).toBe(200)
  expect(told).toMatchObject({
    ...{ version: '1.2.3', clockTrusted: true, parts: { sweep } },
    backup: { newest: { bytes: 1_500_000 }, isCopied: false, trouble: null },
    letters: { waiting: 1, givenUp: 0, oldest: '2026-03-02T08:00:00.000Z' },
    summaryPostedAt: null,
  })
  expect(JSON.stringify(told)).not.toContain('/data/backup')
})

test('a backup is made by whoever asked, and told with what is in it', async () => {
  const inside = {
    ...{ printers: 2, groups: 1, people: 1, tickets: 0, letters: 0, entries: 3 },
    ...{ journalFiles: 0, modelFiles: 0 },
  }
  const acts: Act[] = []
  const made: Made = {
    ...{ name: 'platen-2.tar.gz', path: '/data/backup/platen-2.tar.gz', bytes: 2_000_000 },
    ...{ seconds: 3.2, inside, damage: [], copy: null, trouble: null },
  }
  let isFull = false
  await ada({
    async makeBackup(act) {
      acts.push(act)
      if (isFull) throw new Refusal('unkeepable', 'The disk is full.')
      return made
    },
  })
  expect(await call('POST', '/api/v1/system/backup')).toMatchObject({
    status: 201,
    told: { name: 'platen-2.tar.gz', inside, isCopied: false },
  })
  expect(acts).toMatchObject([{ by: 'boss', from: 'API' }])
  isFull = true
  expect(await call('POST', '/api/v1/system/backup')).toMatchObject({
    status: 503,
    told: { error: 'unkeepable', message: 'The disk is full.' },
  })
})

test('letters are listed page by page, without what they tell', async () => {
  await ada()
  await web.store.update((tx) => {
    for (const minute of [10, 11, 12])
      tx.put('outbox', aLetter({ id: `l-${minute}`, postedAt: `2026-03-02T07:${minute}:00.000Z` }))
  })
  const { told } = await call('GET', '/api/v1/letters?limit=2&page=1')
  expect(told).toMatchObject({ page: 1, limit: 2, total: 3 })
  expect(told.letters.map(({ id }: { id: string }) => id)).toEqual(['l-12', 'l-11'])
  expect(told.letters[0]).toMatchObject({ to: ['desk@school.test'], kind: 'ticket-opened' })
  expect(JSON.stringify(told)).not.toMatch(/thesis|receipt|R1|Sam/)
  expect((await call('GET', '/api/v1/letters?limit=2&page=2')).told.letters).toHaveLength(1)
  expect((await call('GET', '/api/v1/letters?state=sent')).told.total).toBe(0)
  expect((await call('GET', '/api/v1/letters?state=lost')).status).toBe(422)
})

test('a letter is sent again, and dropped', async () => {
  await ada()
  const endedAt = '2026-03-01T08:00:00.000Z'
  await web.store.update((tx) => {
    tx.put('outbox', aLetter({ id: 'l-lost', state: 'given-up', endedAt, tries: 9 }))
    tx.put('outbox', aLetter({ id: 'l-sent', state: 'sent', endedAt }))
  })
  expect(await call('POST', '/api/v1/letters/l-lost/retry')).toMatchObject({
    status: 200,
    told: { state: 'waiting', tries: 0, dueAt: '2026-03-02T08:00:00.000Z' },
  })
  expect(await call('DELETE', '/api/v1/letters/l-lost')).toEqual({ status: 204, told: null })
  expect(web.store.state.outbox['l-lost']).toBeUndefined()
  expect((await call('DELETE', '/api/v1/letters/l-lost')).status).toBe(404)
  expect((await call('DELETE', '/api/v1/letters/l-sent')).status).toBe(409)
  expect((await call('POST', '/api/v1/letters/l-sent/retry')).status).toBe(409)
})

test('the journal is told by number, and filtered', async () => {
  await ada()
  for (const name of ['eva', 'ann', 'kim']) await web.person(name, 'reader')
  const { told } = await call('GET', '/api/v1/journal?what=person+added&limit=2')
  const numbers = told.entries.map(({ number }: { number: number }) => number)
  expect(numbers).toEqual([4, 3])
  expect(told).toMatchObject({ next: 3, archived: [] })
  const rest = await call('GET', '/api/v1/journal?what=person+added&limit=2&before=3')
  expect(rest.told).toMatchObject({ entries: [{ number: 2 }, { number: 1 }], next: null })
  const none = await call('GET', '/api/v1/journal?by=nobody')
  expect(none.told.entries).toEqual([])
  expect((await call('GET', '/api/v1/journal?before=x')).status).toBe(422)
})

test('what an entry tells of a person is told to who may look at accounts', async () => {
  await ada()
  const eva = await web.person('eva', 'reader')
  const seeing = { ...roles.reader.rights, system: 'look' } as const
  await web.store.update((tx) => {
    tx.put('people', { ...eva, rights: seeing })
    tx.put('outbox', aLetter({ to: { email: 'sam@school.test' } }))
  })
  await call('DELETE', '/api/v1/letters/l-1')
  const path = '/api/v1/journal?what=letter'
  const whole = (await call('GET', path)).told
  expect(whole.entries[0].personal).toMatchObject({
    how: 'shown',
    fields: { email: 'sam@school.test' },
  })
  const part = (await call('GET', path, undefined, 'eva')).told
  expect(part.entries[0].personal).toEqual({ how: 'hidden', fields: null })
  expect(JSON.stringify(part)).not.toContain('sam@')
  expect(JSON.stringify(whole)).not.toContain('salt')
})

test('settings are told, and a secret is not', async () => {
  await ada()
  const { told } = await call('GET', '/api/v1/settings')
  const of = (name: string) => told.settings.find((each: { name: string }) => each.name === name)
  expect(of('EMAIL_TO')).toMatchObject({ value: 'desk@school.test', isDefault: false })
  expect(of('SNMP_COMMUNITY')).toMatchObject({ value: '<secret>' })
})

test('the summary is posted to the desk, by hand', async () => {
  await ada()
  const { report } = await aPrintRoom(web.store)
  expect(await call('POST', '/api/v1/digest', {})).toEqual({ status: 200, told: { letters: [] } })
  await report('t-old', 'lib', 30)
  await report('t-new', 'gym', 3)
  expect((await call('POST', '/api/v1/digest', { lookbackHours: 24 })).told).toEqual({
    letters: [{ to: 'desk@school.test', tickets: 1 }],
  })
  expect((await call('POST', '/api/v1/digest', { lookbackHours: -1 })).status).toBe(422)
  expect((await call('POST', '/api/v1/digest', { hours: 24 })).status).toBe(422)
  expect(web.store.state.schedule.summary?.done).toEqual([longAgo])
})

test('nobody to send the summary to is told', async () => {
  await ada({ settings: [] })
  expect(await call('POST', '/api/v1/digest', {})).toMatchObject({
    status: 409,
    told: { message: expect.stringContaining('Nobody gets the summary') },
  })
})

test('who looks after some groups is not told of what touches all, and does nothing to it', async () => {
  await ada()
  const gus = await web.person('gus', 'administrator')
  await web.store.update((tx) => {
    tx.put('people', { ...gus, reach: 'groups' })
    tx.put('outbox', aLetter())
  })
  for (const [method, path, body] of [
    ['GET', '/api/v1/letters'],
    ['GET', '/api/v1/journal'],
    ['POST', '/api/v1/letters/l-1/retry'],
    ['DELETE', '/api/v1/letters/l-1'],
    ['POST', '/api/v1/system/backup'],
    ['POST', '/api/v1/digest', {}],
  ] as const)
    expect([path, (await call(method, path, body, 'gus')).status]).toEqual([path, 403])
  expect(web.store.state.outbox['l-1']).toMatchObject({ tries: 0 })
})
