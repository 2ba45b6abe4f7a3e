import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { disablePerson } from '../../src/core/people/people.ts'
import type { Status } from '../../src/core/status/status.ts'
import { aReading, aSupply, silence } from '../parts/readings.ts'
import { aGroup, aPrinter } from '../parts/records.ts'
import { type RunningWeb, startWeb } from '../parts/web.ts'

interface Feed {
  schema: 1
  generatedAt: string
  clockTrusted: boolean
  printers: Status[]
}

let web: RunningWeb
const list = async (path: string, who: string): Promise<Feed> => {
  const answer = await web.get(path, who)
  expect(answer.status).toBe(200)
  return (await answer.json()) as Feed
}
const labels = (feed: Feed) => feed.printers.map(({ printer }) => printer.label)
const address = (n: number) => `10.0.0.${n}`

beforeEach(async () => {
  web = await startWeb()
  await web.store.update((tx) => {
    tx.put('groups', aGroup({ id: 'g-lib', name: 'Library' }))
    tx.put('groups', aGroup({ id: 'g-gym', name: 'Gym' }))
    const printer = (id: string, label: string, group: string, n: number, isActive = true) =>
      tx.put('printers', aPrinter({ id, label, group, isActive, ipAddress: address(n) }))
    printer('p-1', 'LIB-10', 'g-lib', 1)
    printer('p-2', 'LIB-2', 'g-lib', 2)
    printer('p-3', 'GYM-1', 'g-gym', 3)
    printer('p-4', 'LIB-1', 'g-lib', 4, false)
  })
  await web.person('root', 'administrator')
  await web.person('ada', 'manager', ['Library'])
  await web.person('bo', 'manager')
})
afterEach(() => web.stop())

test('an administrator sees every printer, in the order of the labels', async () => {
  const feed = await list('/api/v1/status', 'root')
  expect(feed).toMatchObject({ schema: 1, clockTrusted: true })
  expect(feed.generatedAt).toBe('2026-03-02T08:00:00.000Z')
  expect(labels(feed)).toEqual(['GYM-1', 'LIB-2', 'LIB-10'])
})

test('a manager sees the printers of the groups that name them and no others', async () => {
  expect(labels(await list('/api/v1/status', 'ada'))).toEqual(['LIB-2', 'LIB-10'])
  expect(labels(await list('/api/v1/status', 'bo'))).toEqual([])
})

test('a printer shows as the one payload, without its community or its token', async () => {
  web.says.set(address(1), aReading({ pageCount: 77, supplies: [aSupply({ percent: 41 })] }))
  await web.sweep.pollNow('p-1')
  web.clock.advance(42_000)
  const answer = await web.get('/api/v1/status/p-1', 'ada')
  const text = await answer.text()
  expect(JSON.parse(text)).toEqual({ ...web.fleet.status('p-1'), ageSeconds: 42 })
  expect(JSON.parse(text)).toMatchObject({
    printer: { id: 'p-1', label: 'LIB-10', group: { id: 'g-lib', name: 'Library' } },
    verdict: 'ok',
    pageCount: 77,
    supplies: [{ percent: 41 }],
    fetchedAt: '2026-03-02T08:00:00.000Z',
    stale: false,
  })
  expect(text).not.toContain('hush-hush')
  expect(text).not.toContain('token-p-1')
})

test('the age grows from one answer to the next', async () => {
  await web.sweep.pollNow('p-1')
  const ages: unknown[] = []
  for (const ms of [0, 5000, 1500, 600]) {
    web.clock.advance(ms)
    ages.push((await list('/api/v1/status?printer=p-1', 'ada')).printers[0]?.ageSeconds)
  }
  expect(ages).toEqual([0, 5, 6, 7])
  expect((await list('/api/v1/status?printer=p-2', 'ada')).printers[0]?.ageSeconds).toBeNull()
})

test('one printer can be asked for in the feed', async () => {
  expect(labels(await list('/api/v1/status?printer=p-2', 'ada'))).toEqual(['LIB-2'])
})

test('a retired printer is left out of the list and still answered by its id', async () => {
  expect(labels(await list('/api/v1/status?printer=p-4', 'ada'))).toEqual(['LIB-1'])
  const status = (await (await web.get('/api/v1/status/p-4', 'ada')).json()) as Status
  expect(status.printer.isActive).toBe(false)
  const forced = await web.get('/api/v1/status/p-4?force=1', 'ada')
  expect([forced.status, web.polls()]).toEqual([409, 0])
})

test('an unknown printer and one out of reach give the same 404', async () => {
  for (const path of [
    '/api/v1/status/ID',
    '/api/v1/status?printer=ID',
    '/api/v1/status/ID?force=1',
  ]) {
    const answers = await Promise.all(
      ['p-3', 'p-99', '__proto__', 'constructor'].map(async (id) => {
        const answer = await web.get(path.replace('ID', id), 'ada')
        return [answer.status, await answer.text()]
      }),
    )
    expect(answers[0]?.[0]).toBe(404)
    for (const answer of answers) expect(answer).toEqual(answers[0])
    for (const id of ['p-99', '__proto__', 'constructor'])
      expect((await web.get(path.replace('ID', id), 'root')).status).toBe(404)
  }
  expect(web.polls()).toBe(0)
})

test('who is taken out of a group sees its printers no more', async () => {
  expect(labels(await list('/api/v1/status', 'ada'))).toHaveLength(2)
  await web.store.update((tx) => tx.put('groups', aGroup({ id: 'g-lib', name: 'Library' })))
  expect(labels(await list('/api/v1/status', 'ada'))).toEqual([])
})

describe('past the cache', () => {
  test('one printer is asked before the answer', async () => {
    await web.sweep.pollNow('p-1')
    web.says.set(address(1), aReading({ pageCount: 78 }))
    web.clock.advance(60_000)
    const held = await list('/api/v1/status?printer=p-1', 'ada')
    expect(held.printers[0]).toMatchObject({ pageCount: null, ageSeconds: 60 })
    const forced = await list('/api/v1/status?printer=p-1&force=1', 'ada')
    expect(forced.printers[0]).toMatchObject({ pageCount: 78, ageSeconds: 0 })
  })

  test('a new reading within the same instant is shown', async () => {
    await list('/api/v1/status?printer=p-1&force=1', 'ada')
    web.says.set(address(1), aReading({ pageCount: 78 }))
    const forced = await list('/api/v1/status?printer=p-1&force=1', 'ada')
    expect(forced.printers[0]).toMatchObject({ pageCount: 78 })
  })

  test('all that the person may see are asked, and no others', async () => {
    await list('/api/v1/status?force=1', 'ada')
    expect(web.polls()).toBe(2)
    expect(web.fleet.status('p-1').fetchedAt).not.toBeNull()
    expect(web.fleet.status('p-3').fetchedAt).toBeNull()
  })

  test('a silent printer is told as unreachable, with its last reading', async () => {
    web.says.set(address(1), aReading({ pageCount: 77 }))
    await web.sweep.pollNow('p-1')
    web.says.set(address(1), silence())
    for (const path of ['/api/v1/status/p-1?force=1', '/api/v1/status?printer=p-1&force=1']) {
      const answer = await web.get(path, 'ada')
      expect(answer.status).toBe(503)
      expect(await answer.json()).toMatchObject({
        error: 'unreachable',
        message: expect.stringContaining('LIB-10 did not answer'),
        details: { status: { pageCount: 77, snmp: { ok: false }, stale: true } },
      })
    }
  })

  test('a silent printer does not spoil the list', async () => {
    web.says.set(address(1), silence())
    const feed = await list('/api/v1/status?force=1', 'ada')
    expect(feed.printers.map(({ snmp }) => snmp.ok)).toEqual([true, false])
  })

  test.each(['/api/v1/status?force=1', '/api/v1/status/p-1?force=1'])(
    'who is disabled while %s waits sees nothing',
    async (path) => {
      let answers = (_: ReturnType<typeof aReading>) => {}
      web.says.set(
        address(1),
        new Promise((resolve) => {
          answers = resolve
        }),
      )
      const waiting = web.get(path, 'ada')
      while (web.polls() < 1) await list('/api/v1/status', 'root')
      await web.store.update((tx) => disablePerson(tx, { name: 'ada' }, web.act))
      answers(aReading())
      expect(await (await waiting).text()).not.toContain('LIB')
    },
  )

  test('who presses the button twice does not ask the campus twice', async () => {
    let answers = (_: ReturnType<typeof aReading>) => {}
    web.says.set(address(1), new Promise((resolve) => (answers = resolve)))
    const first = list('/api/v1/status?force=1', 'ada')
    while (web.polls() < 2) await list('/api/v1/status', 'ada')
    const second = list('/api/v1/status?force=1', 'ada')
    // Two answers later it was read for sure.
    for (let asked = 0; asked < 2; asked++) await list('/api/v1/status', 'ada')
    answers(aReading())
    await Promise.all([first, second])
    expect(web.polls()).toBe(2)
  })
})

describe('the ETag', () => {
  const asking = (tag: string | null, path = '/api/v1/status') =>
    web.get(path, 'ada', { headers: { 'if-none-match': tag ?? '' } })
  const tagOf = async (path = '/api/v1/status') => (await web.get(path, 'ada')).headers.get('etag')

  test('answers 304 while only the ages grow', async () => {
    await web.sweep.pollNow('p-1')
    const tag = await tagOf()
    web.clock.advance(60_000)
    const answer = await asking(tag)
    expect([answer.status, await answer.text()]).toEqual([304, ''])
    expect(answer.headers.get('etag')).toBe(tag)
    expect(answer.headers.get('cache-control')).toBe('private, no-cache')
    expect((await asking(`"other", ${tag}`)).status).toBe(304)
    expect((await asking('*')).status).toBe(304)
    expect((await asking('"other"')).status).toBe(200)
  })

  test.each([
    ['a reading', () => web.sweep.pollNow('p-1')],
    [
      'a silence',
      () => {
        web.says.set(address(1), silence())
        return web.sweep.pollNow('p-1')
      },
    ],
    ['age that makes it stale', () => web.clock.advance(451_000)],
    [
      'a new label',
      () => web.store.update((tx) => tx.put('printers', { ...printerOne(), label: 'LIB-11' })),
    ],
    [
      'a new name of the group',
      () =>
        web.store.update((tx) => {
          const group = tx.state.groups['g-lib']
          if (group) tx.put('groups', { ...group, name: 'Old Library' })
        }),
    ],
    ['a printer gone', () => web.store.update((tx) => tx.drop('printers', 'p-2'))],
  ])('changes with %s', async (_what, happens) => {
    await web.sweep.pollNow('p-1')
    const [all, one] = [await tagOf(), await tagOf('/api/v1/status/p-1')]
    web.clock.advance(1000)
    await happens()
    expect(await tagOf()).not.toBe(all)
    if (_what !== 'a printer gone') expect(await tagOf('/api/v1/status/p-1')).not.toBe(one)
  })

  test('is not the same for two who see different printers', async () => {
    const root = (await web.get('/api/v1/status', 'root')).headers.get('etag')
    expect(await tagOf()).not.toBe(root)
  })

  test('the feed is stored by nobody, unless they ask with the ETag; forced, by nobody', async () => {
    const plain = await web.get('/api/v1/status', 'ada')
    expect(plain.headers.get('cache-control')).toBe('no-store')
    const forced = await asking(plain.headers.get('etag'), '/api/v1/status?force=1')
    expect([forced.status, forced.headers.get('cache-control')]).toEqual([200, 'no-store'])
  })

  function printerOne() {
    const printer = web.store.state.printers['p-1']
    if (!printer) throw new Error('p-1 is not there')
    return printer
  }
})

test.each([
  ['?force=maybe', 'force'],
  ['?force=', 'force'],
  ['?froce=1', 'froce'],
  ['?force=1&force=0', 'force'],
  ['?printer=', 'printer'],
  ['?__proto__=1', '__proto__'],
])('the address part %s is refused with the field', async (query, field) => {
  const answer = await web.get(`/api/v1/status${query}`, 'ada')
  expect(answer.status).toBe(422)
  expect(await answer.json()).toMatchObject({ error: 'invalid', details: { field } })
})

test('what a printer writes arrives as it wrote it, and as nothing but JSON', async () => {
  const nasty =
    '</script><img src=x onerror=alert(1)>\u0000\u001b[2J"ageSeconds":null,\u2028\ud800é'
  web.says.set(
    address(1),
    aReading({ console: [nasty], supplies: [aSupply({ description: nasty })] }),
  )
  await web.sweep.pollNow('p-1')
  const answer = await web.get('/api/v1/status?printer=p-1', 'ada')
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  const text = await answer.text()
  expect(text.trimEnd()).not.toMatch(/[\u0000-\u001f]/)
  const [status] = (JSON.parse(text) as Feed).printers
  expect(status?.console).toEqual([nasty])
  expect(status?.supplies[0]?.description).toBe(nasty)
  expect(status?.ageSeconds).toBe(0)
})

test('HEAD tells what GET would, without the body', async () => {
  const whole = await web.get('/api/v1/status', 'ada')
  const length = String((await whole.arrayBuffer()).byteLength)
  const head = await web.get('/api/v1/status', 'ada', { method: 'HEAD' })
  expect([head.status, await head.text()]).toEqual([200, ''])
  expect(head.headers.get('content-length')).toBe(length)
  expect(head.headers.get('etag')).toBe(whole.headers.get('etag'))
})
