import { request } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { resolveTicket, takeTicket } from '../../src/core/tickets/settle.ts'
import { unkeepable } from '../../src/disk/unkeepable.ts'
import type { WebParts } from '../../src/web/server.ts'
import { until } from '../boot.ts'
import { aReading, silence } from '../parts/readings.ts'
import { aPrinter } from '../parts/records.ts'
import { type RunningWeb, startWeb } from '../parts/web.ts'

let web: RunningWeb
const path = '/p/QRCODE1'
const optional = { name: 'optional', email: 'optional', status: 'none' } as const
const printer = aPrinter({ id: 'p-1', label: 'LIB-1', token: 'QRCODE1', ipAddress: '10.0.0.1' })

async function start(parts: Partial<WebParts> = {}): Promise<void> {
  web = await startWeb(parts)
  await web.store.update((tx) => tx.put('printers', printer))
}
async function restart(parts: Partial<WebParts>): Promise<void> {
  await web.stop()
  await start(parts)
}
beforeEach(() => start())
afterEach(() => web.stop())

type Fields = Readonly<Record<string, string>>
const post = (fields: Fields, to = path) =>
  web.get(to, null, { method: 'POST', body: new URLSearchParams(fields) })
const tickets = () => Object.values(web.store.state.tickets)
const text = async (answer: Promise<Response>) => (await answer).text()
/** By its number: a name is looked up first, and that takes its time. */
const here = () => ({ host: '127.0.0.1', port: web.port })
/** The value of the hidden field that tells one view of the page from another. */
const formOf = (html: string) => /name="form" value="([^"]+)"/.exec(html)?.[1] ?? ''
const jam = { matter: 'issue-jam' }

test('the page names the printer and its place, whatever case the code was read in', async () => {
  for (const at of [path, '/P/QRCODE1', '/p/qrcode1', '/P/qrcode1/']) {
    const answer = await web.get(at)
    const html = await answer.text()
    expect(answer.status).toBe(200)
    for (const words of ['LIB-1', 'Library, Room 12', 'Paper jam', 'Staples', 'method="post"'])
      expect(html).toContain(words)
    expect(html).not.toMatch(/<script|style=|<style| on\w+=/)
  }
})

test('a report becomes a ticket with what the printer said, and a receipt', async () => {
  web.says.set('10.0.0.1', aReading({ errors: { raw: '04', flags: ['jammed'] } }))
  await web.sweep.pollNow('p-1')
  const fields = { ...jam, words: 'It\r\ntore', name: ' Bo  B ', email: 'bo@school.edu' }
  const answer = await post({ ...fields, form: formOf(await text(web.get(path))) })
  expect(answer.status).toBe(303)
  expect(tickets()).toMatchObject([
    {
      ...{ printer: 'p-1', kind: 'issue', fault: 'jam', words: 'It\ntore' },
      requester: { name: 'Bo B', email: 'bo@school.edu' },
      printerThen: { verdict: 'error', reasons: [{ word: 'jam', sentence: 'Paper jam' }] },
    },
  ])
  const [ticket] = tickets()
  expect(answer.headers.get('location')).toBe(`/t/${ticket?.receipt}`)
})

test('the receipt tells what became of it, and nothing of who reported it', async () => {
  await post({ ...jam, words: 'my secret words', name: 'Bo', email: 'bo@school.edu' })
  const [ticket] = tickets()
  const receipt = `/t/${ticket?.receipt}`
  const act = (by: string) => ({ ...web.act, by, now: web.clock.now() })
  const read = async () => {
    const answer = await web.get(receipt)
    return { words: await answer.text(), refresh: answer.headers.get('refresh') }
  }
  web.clock.advance(12 * 60_000)
  const open = await read()
  for (const words of ['Paper jam', 'LIB-1', '12 minutes ago', 'Waits for somebody'])
    expect(open.words).toContain(words)
  expect(open.refresh).toBe('30')
  await web.store.update((tx) => takeTicket(tx, ticket?.id ?? '', act('ada')))
  expect((await read()).words).toContain('ada is working on it')
  await web.store.update((tx) => resolveTicket(tx, ticket?.id ?? '', act('bea')))
  const done = await read()
  expect(done.words).toContain('Done by bea')
  expect(done.refresh).toBeNull()
  for (const { words } of [open, done]) expect(words).not.toMatch(/Bo|secret|bo@school/)
  expect((await web.get('/t/NOBODYKNOWS')).status).toBe(404)
})

test('the address of a receipt is in no line of the log', async () => {
  await post(jam)
  const receipt = tickets()[0]?.receipt ?? ''
  await text(web.get(`/t/${receipt}`))
  await text(web.get(`/T/${receipt.toLowerCase()}/?joined`))
  await until(() => web.lines.filter(({ facts }) => String(facts.path).includes('…')).length === 2)
  const told = JSON.stringify(web.lines)
  expect(told).toContain('"/t/…"')
  expect(told.toUpperCase()).not.toContain(receipt.length > 3 ? receipt.toUpperCase() : '/T/R')
})

test('an unknown code, and that of a printer put away, say what to do', async () => {
  await web.store.update((tx) =>
    tx.put('printers', aPrinter({ id: 'p-2', token: 'GONE', isActive: false })),
  )
  for (const at of ['/p/NOBODY', '/p/GONE', '/p/__proto__', '/p/%00'])
    for (const method of ['GET', 'POST']) {
      const body = method === 'POST' ? new URLSearchParams(jam) : null
      const answer = await web.get(at, null, { method, body })
      expect(answer.status, at).toBe(404)
      expect(await answer.text()).toContain('use another one')
    }
  expect(tickets()).toEqual([])
})

test('what is missing or wrong is told beside its field, and the words are kept', async () => {
  await restart({ portal: { name: 'required', email: 'required', status: 'none' } })
  const fields = { words: 'It <b>tore</b>', name: '', email: 'bo@', form: 'A'.repeat(16) }
  const answer = await post(fields)
  const html = await answer.text()
  expect(answer.status).toBe(422)
  expect(html).toContain('It &lt;b&gt;tore&lt;/b&gt;')
  expect(html).toContain('value="bo@"')
  for (const field of ['name', 'email'])
    expect(html).toMatch(new RegExp(`id="${field}"[^>]* aria-describedby="${field}-wrong"`))
  for (const field of ['matter', 'name', 'email']) expect(html).toContain(`id="${field}-wrong"`)
  expect(formOf(html)).toBe('A'.repeat(16))
  const long = await post({ ...jam, words: 'x'.repeat(501), name: 'Bo', email: 'bo@school.edu' })
  expect([long.status, tickets().length]).toEqual([422, 0])
  expect(await long.text()).toContain('aria-describedby="words-wrong"')
  const lines = { ...jam, words: 'x\r\n'.repeat(250), name: 'Bo', email: 'bo@school.edu' }
  expect((await post(lines)).status).toBe(303)
})

test('what the site does not ask for is not on the page, nor kept when it is sent', async () => {
  await restart({ portal: { name: 'off', email: 'off', status: 'none' } })
  expect(await text(web.get(path))).not.toMatch(/id="(name|email)"/)
  expect((await post({ ...jam, name: 'Bo', email: 'no address' })).status).toBe(303)
  expect(tickets()[0]?.requester).toEqual({ name: null, email: null })
})

test.each([
  ['a form over the limit', 413, { body: `words=${'x'.repeat(17_000)}` }, 'x-www-form-urlencoded'],
  ['JSON', 415, { body: '{}' }, 'json'],
  ['nothing at all', 422, { body: '' }, 'x-www-form-urlencoded'],
  ['a file', 415, { body: new FormData() }, null],
  ['broken UTF-8, escaped', 400, { body: 'words=%ff%fe' }, 'x-www-form-urlencoded'],
  ['broken UTF-8', 400, { body: Buffer.from([119, 61, 255]) }, 'x-www-form-urlencoded'],
])('%s is declined with a page', async (_what, status, init, type) => {
  const headers = new Headers(type ? { 'content-type': `application/${type}` } : {})
  const answer = await web.get(path, null, { method: 'POST', headers, ...init })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    status,
    'text/html; charset=utf-8',
  ])
  expect(tickets()).toEqual([])
})

test('a form that does not say its length is told, too, that it is over the limit', async () => {
  const status = await new Promise<number>((resolve, reject) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const sent = request({ ...here(), path, method: 'POST', headers }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    sent.on('error', reject)
    sent.write(`words=${'x'.repeat(10_000)}`)
    setTimeout(() => sent.end('x'.repeat(10_000)), 20)
  })
  expect(status).toBe(413)
})

test('who goes away in the middle of a form breaks nothing', async () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': 500 }
  const sent = request({ ...here(), path, method: 'POST', headers })
  sent.on('error', () => {})
  sent.write('matter=issue-jam')
  // Two answers later the headers were read for sure.
  for (let asked = 0; asked < 2; asked++) await text(web.get('/healthz'))
  sent.destroy()
  const lineOf = () => web.lines.find(({ facts }) => facts.path === path)
  await until(() => lineOf() !== undefined)
  expect(lineOf()?.facts).toMatchObject({ path, status: 'broken off', from: '127.0.0.1' })
  expect(web.lines.filter(({ level }) => level === 'error')).toEqual([])
})

test.each([
  ['PUT', path, 'GET, POST, HEAD, OPTIONS'],
  ['DELETE', '/t/ABC', 'GET, POST, HEAD, OPTIONS'],
  ['POST', '/style.css', 'GET, HEAD, OPTIONS'],
  ['DELETE', '/simple.css', 'GET, HEAD, OPTIONS'],
])('%s %s is told what is taken', async (method, at, allow) => {
  const answer = await web.get(at, null, { method })
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow])
})

test('markup and control characters in any field are text', async () => {
  const nasty = '<script>alert(1)</script>"\'`\u0000\u001b[2J\u0007\u202Eevil'
  const fields = { words: nasty, name: nasty, email: nasty, matter: nasty, form: nasty }
  const html = await text(post(fields))
  expect(html).not.toContain('<script')
  expect(html).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202E]/)
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&#96;')
  await post({ ...jam, words: nasty, name: nasty })
  const [ticket] = tickets()
  expect(`${ticket?.words}${ticket?.requester.name}`).not.toMatch(/[\p{Cc}\u202E]/u)
  await web.store.update((tx) =>
    tx.put('printers', { ...printer, label: nasty, building: nasty, location: nasty }),
  )
  for (const at of [path, `${path}?thanks`, `/t/${ticket?.receipt}`, `/t/${nasty}`])
    expect(await text(web.get(encodeURI(at)))).not.toMatch(/<script|[\u0000-\u0008\u000b-\u001f]/)
})

test('who fills in what nobody sees is thanked, and nothing is kept', async () => {
  const html = await text(web.get(path))
  expect(html).toMatch(/class="away" aria-hidden="true"/)
  expect(html).toMatch(/name="website" tabindex="-1" autocomplete="off"/)
  const answer = await post({ ...jam, website: 'https://spam.example' })
  expect(answer.status).toBe(303)
  expect(await text(web.get(answer.headers.get('location') ?? ''))).toContain('Thank you')
  expect(Object.values(web.store.state.outbox)).toEqual([])
  expect(tickets()).toEqual([])
})

test('the same form sent twice is one ticket and the same receipt', async () => {
  const form = formOf(await text(web.get(path)))
  const [one, two] = await Promise.all([post({ ...jam, form }), post({ ...jam, form })])
  expect(one.headers.get('location')).toBe(two.headers.get('location'))
  expect(tickets()).toMatchObject([{ meToo: [] }])
  expect(Object.values(web.store.state.outbox)).toHaveLength(1)
  expect(form).not.toBe(formOf(await text(web.get(path))))
})

test('the same trouble by another is told so on the receipt', async () => {
  await post(jam)
  const form = formOf(await text(web.get(path)))
  const second = await post({ ...jam, form })
  const again = await post({ ...jam, form })
  expect(second.headers.get('location')).toBe(`/t/${tickets()[0]?.receipt}?joined`)
  expect(again.headers.get('location')).toBe(second.headers.get('location'))
  const html = await text(web.get(second.headers.get('location') ?? ''))
  expect(html).toContain('This was reported before; we added you.')
  expect(html).toContain('by 2 people')
})

test('the fourth issue within the hour is thanked and told that the trouble is known', async () => {
  for (const fault of ['jam', 'empty', 'panel'])
    expect((await post({ matter: `issue-${fault}` })).status).toBe(303)
  web.clock.advance(20 * 60_000)
  const fourth = await post({ matter: 'issue-poor-print' })
  expect([fourth.status, fourth.headers.get('retry-after')]).toEqual([429, '2400'])
  const html = await fourth.text()
  expect(html).toContain('Thank you')
  expect(html).toContain('The trouble with LIB-1 is known')
  expect((await post(jam)).status).toBe(303)
  expect((await post({ matter: 'supply-toner' })).status).toBe(303)
  expect(tickets()).toHaveLength(4)
})

test('a burst over the whole site is told to wait, with the words kept', async () => {
  await post({ matter: 'supply-paper' })
  for (let sent = 1; sent < 60; sent++) await post({ matter: 'supply-paper' })
  const form = 'B'.repeat(16)
  const late = await post({ ...jam, words: 'It tore', form })
  expect([late.status, late.headers.get('retry-after')]).toEqual([429, '60'])
  const html = await late.text()
  expect(html).toContain('Send it again in a minute')
  expect(html).toContain('It tore')
  expect(html).toMatch(/value="issue-jam" required checked/)
  expect(formOf(html)).toBe(form)
  web.clock.set(new Date('2030-01-01T00:00:00Z'))
  expect((await post({ ...jam, form })).status).toBe(429)
  web.clock.advance(60_000)
  expect((await post({ ...jam, form })).status).toBe(303)
  expect(tickets()).toHaveLength(2)
})

test('whoever sends twice is told of the ticket also when the burst is on', async () => {
  const form = 'C'.repeat(16)
  const first = await post({ ...jam, form })
  for (let sent = 0; sent < 60; sent++) await post({ matter: 'supply-paper' })
  const again = await post({ ...jam, form })
  expect([again.status, again.headers.get('location')]).toEqual([
    303,
    first.headers.get('location'),
  ])
})

test('three hundred in an hour are enough for a site', async () => {
  for (let minute = 0; minute < 5; minute++) {
    for (let sent = 0; sent < 60; sent++) await post({ matter: 'supply-paper' })
    web.clock.advance(60_000)
  }
  const late = await post(jam)
  expect([late.status, late.headers.get('retry-after')]).toEqual([429, String(55 * 60)])
  expect(await late.text()).toContain('in 55 minutes')
})

test('what the disk does not take is told, with the words kept', async () => {
  web.store.update = () => Promise.reject(unkeepable('ENOSPC', 'sure'))
  const answer = await post({ ...jam, words: 'It tore' })
  expect(answer.status).toBe(503)
  const html = await answer.text()
  expect(html).toContain('nothing was saved')
  expect(html).toContain('It tore')
})

test('with none the page tells nothing of the state of the printer', async () => {
  web.says.set('10.0.0.1', aReading({ errors: { raw: '04', flags: ['jammed'] } }))
  await web.sweep.pollNow('p-1')
  await post(jam)
  expect(await text(web.get(path))).not.toMatch(/Known already|Me too|jammed|minutes ago/)
})

test('with coarse it tells known trouble, without a name or a word of anybody', async () => {
  await restart({ portal: { ...optional, status: 'coarse' } })
  expect(await text(web.get(path))).not.toContain('Known already')
  web.says.set('10.0.0.1', aReading({ errors: { raw: '04', flags: ['jammed'] } }))
  await web.sweep.pollNow('p-1')
  await post({ ...jam, words: 'my own words', name: 'Bo', email: 'bo@school.edu' })
  web.clock.advance(12 * 60_000)
  const act = { ...web.act, by: 'ada' }
  await web.store.update((tx) => takeTicket(tx, tickets()[0]?.id ?? '', act))
  const html = await text(web.get(path))
  expect(html).toContain('The printer itself says: paper is jammed.')
  expect(html).toContain('Somebody reported a paper jam 12 minutes ago. Somebody is on it.')
  expect(html).not.toMatch(/my own|Bo\b|bo@|\bada\b|it is over/)
  const [ticket] = tickets()
  const clearedAt = web.clock.now().toISOString()
  await web.store.update((tx) => ticket && tx.put('tickets', { ...ticket, clearedAt }))
  expect(await text(web.get(path))).toContain(
    'Somebody is on it. The printer says that it is over.',
  )
})

test('"me too" joins the ticket beside it, without a name even where one is asked for', async () => {
  await restart({ portal: { name: 'required', email: 'required', status: 'coarse' } })
  await post({ matter: 'issue-other', words: 'It smokes', name: 'Bo', email: 'bo@school.edu' })
  const html = await text(web.get(path))
  const [joins = ''] = /(?<=name="joins" value=")[^"]+/.exec(html) ?? []
  const answer = await post({ joins, form: formOf(html) })
  expect(answer.headers.get('location')).toBe(`/t/${tickets()[0]?.receipt}?joined`)
  expect((await post({ joins, form: formOf(html) })).status).toBe(303)
  expect(tickets()).toMatchObject([{ meToo: [{ requester: { name: null, email: null } }] }])
  await web.store.update((tx) => resolveTicket(tx, joins, web.act))
  const late = await post({ joins, form: 'D'.repeat(16) })
  expect(late.status).toBe(409)
  expect(await late.text()).toContain('That trouble is settled by now')
  await web.store.update((tx) => tx.put('printers', aPrinter({ id: 'p-2', token: 'TWO' })))
  expect((await post({ joins, form: 'E'.repeat(16) }, '/p/TWO')).status).toBe(404)
})

test('"me too" takes nothing but the tap, and only where it is shown', async () => {
  await restart({ portal: { ...optional, status: 'coarse' } })
  await post(jam)
  const html = await text(web.get(path))
  const [joins = ''] = /(?<=name="joins" value=")[^"]+/.exec(html) ?? []
  const sent = { joins, form: formOf(html), words: 'x'.repeat(9000), email: 'a@b.edu, c@d.edu' }
  expect((await post(sent)).status).toBe(303)
  expect(tickets()).toMatchObject([{ meToo: [{ words: '', requester: { email: null } }] }])
  await restart({ portal: { ...optional, status: 'none' } })
  expect((await post({ joins, form: 'F'.repeat(16) })).status).toBe(404)
})

test('reports that one printer refuses do not shut the page of another', async () => {
  await web.store.update((tx) => tx.put('printers', aPrinter({ id: 'p-2', token: 'TWO' })))
  for (const matter of ['issue-jam', 'issue-panel', 'issue-poor-print']) await post({ matter })
  for (let at = 0; at < 60; at++)
    expect((await post({ matter: 'issue-other', words: `again ${at}` })).status).toBe(429)
  expect((await post(jam, '/p/TWO')).status).toBe(303)
})

test('with coarse it names the nearest printer that works: same building, then group', async () => {
  await restart({ portal: { ...optional, status: 'coarse' } })
  const place = (id: string, building: string, group: string | null) =>
    aPrinter({ ...{ id, building, group, location: 'Hall' }, label: id, ipAddress: id })
  const fleet = [
    { ...printer, group: 'g-1' },
    place('far', 'Annex', null),
    place('grouped', 'Annex', 'g-1'),
    place('dead', 'Library', 'g-1'),
    place('aged', 'Library', null),
    place('well', 'Library', null),
  ]
  await web.store.update((tx) => {
    for (const each of fleet) tx.put('printers', each)
  })
  web.says.set('10.0.0.1', aReading({ errors: { raw: '04', flags: ['jammed'] } }))
  web.says.set('dead', silence())
  web.says.set('aged', aReading({ errors: { raw: '80', flags: ['lowPaper'] } }))
  for (const { id } of fleet) await web.sweep.pollNow(id)
  const elsewhere = async () =>
    /Printing works at <strong>(\w+)<\/strong>/.exec(await text(web.get(path)))?.[1]
  expect(await elsewhere()).toBe('well')
  const put = (id: string) =>
    web.store.update((tx) => tx.put('printers', { ...place(id, 'Library', null), isActive: false }))
  await put('well')
  expect(await elsewhere()).toBe('aged')
  await put('aged')
  expect(await elsewhere()).toBe('grouped')
  await web.store.update((tx) => tx.drop('printers', 'grouped'))
  expect(await elsewhere()).toBeUndefined()
})

test('page and looks together are under 15 KB, with all there is to tell', async () => {
  await restart({ portal: { ...optional, status: 'coarse' } })
  web.says.set('10.0.0.1', aReading({ errors: { raw: '04', flags: ['jammed'] } }))
  await web.store.update((tx) =>
    tx.put('printers', aPrinter({ id: 'p-2', label: 'LIB-2', ipAddress: '10.0.0.2' })),
  )
  for (const id of ['p-1', 'p-2']) await web.sweep.pollNow(id)
  for (const fault of ['jam', 'poor-print', 'panel']) await post({ matter: `issue-${fault}` })
  const html = await text(post({ words: 'x'.repeat(400), email: 'bo@' }))
  const urls = [...html.matchAll(/(?:href|src)="(\/[^"]+\.\w+)"/g)].map(([, url = '']) => url)
  expect(urls).toEqual(['/simple.css', '/style.css'])
  const sizes = await Promise.all(
    urls.map(async (url) => (await (await web.get(url)).arrayBuffer()).byteLength),
  )
  const plain = Buffer.byteLength(await text(web.get(path)))
  const looks = sizes.reduce((sum, size) => sum + size, 0)
  expect(looks + Buffer.byteLength(html)).toBeLessThan(15 * 1024)
  expect(looks + plain).toBeLessThan(15_000)
})

test('the feed tells managers of the tickets of their printers, and of no others', async () => {
  await post({ ...jam, words: 'It <b>tore</b>', email: 'bo@school.edu' })
  await web.person('ada', 'administrator')
  await web.person('eve', 'manager')
  expect((await web.get('/api/v1/tickets')).status).toBe(401)
  const feed = async (who: string) =>
    ((await (await web.get('/api/v1/tickets', who)).json()) as { tickets: unknown[] }).tickets
  const told = await feed('ada')
  expect(told).toMatchObject([
    {
      title: 'Paper jam',
      state: 'open',
      words: 'It <b>tore</b>',
      meToo: 0,
      printer: { id: printer.id },
    },
  ])
  expect(JSON.stringify(told)).not.toContain(tickets()[0]?.receipt)
  expect(await feed('eve')).toEqual([])
})

test('a form that is sent again when its trouble is mended makes no second ticket', async () => {
  const form = 'G'.repeat(16)
  await post({ ...jam, form })
  const id = tickets()[0]?.id ?? ''
  await web.store.update((tx) => resolveTicket(tx, id, web.act))
  const again = await post({ ...jam, form })
  expect(again.headers.get('location')).toBe(`/t/${tickets()[0]?.receipt}`)
  expect(tickets()).toHaveLength(1)
})

test('a flood of reports is answered, each of them, and the printers are read meanwhile', async () => {
  const flood = Array.from({ length: 400 }, (_, at) =>
    post({ matter: 'supply-other', words: `flood ${at}` }),
  )
  const polled = await Promise.all(
    Array.from({ length: 20 }, async () => {
      await web.sweep.pollNow(printer.id)
      return web.fleet.status(printer.id).snmp.ok
    }),
  )
  expect(polled).toEqual(Array.from({ length: 20 }, () => true))
  const statuses = (await Promise.all(flood)).map(({ status }) => status)
  expect(new Set(statuses)).toEqual(new Set([303, 429]))
  expect(statuses.filter((status) => status === 303)).toHaveLength(10)
  expect((await web.get('/healthz')).status).toBe(200)
})
