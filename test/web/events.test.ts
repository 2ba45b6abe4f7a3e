import { afterEach, beforeEach, expect, test } from 'vitest'
import { disablePerson, setPassword } from '../../src/core/people/people.ts'
import { addToken } from '../../src/core/people/tokens.ts'
import { createEvents } from '../../src/web/events.ts'
import { until } from '../boot.ts'
import { aReading } from '../parts/readings.ts'
import { aGroup, aPrinter, cheapPassword } from '../parts/records.ts'
import { aVisitor, type Visitor } from '../parts/visitor.ts'
import { type RunningWeb, startWeb } from '../parts/web.ts'

let web: RunningWeb
let ada: Visitor

beforeEach(async () => {
  web = await startWeb()
  await web.store.update((tx) => {
    tx.put('groups', aGroup({ id: 'g-gym', name: 'Gym' }))
    tx.put('printers', aPrinter({ id: 'lib', ipAddress: '10.0.0.1' }))
    tx.put('printers', aPrinter({ id: 'gym', ipAddress: '10.0.0.2', group: 'g-gym' }))
  })
  await web.person('ada', 'administrator')
  await web.person('ben', 'manager', ['Gym'])
  ada = aVisitor(web)
  await ada.signIn('ada')
})
afterEach(() => web.stop())

/** What a page is told, as it comes. */
async function listen(who: Visitor, headers: Record<string, string> = {}) {
  const gone = new AbortController()
  const answer = await who.get('/events', {
    signal: gone.signal,
    headers: { accept: 'text/event-stream', ...headers },
  })
  const stream = {
    answer,
    heard: '',
    state: 'open' as 'open' | 'ended' | 'cut',
    leave: () => gone.abort(),
  }
  const read = async () => {
    for await (const chunk of answer.body ?? []) stream.heard += Buffer.from(chunk).toString()
  }
  read().then(
    () => (stream.state = 'ended'),
    () => (stream.state = 'cut'),
  )
  return stream
}

const changes = ({ heard }: { heard: string }) =>
  [...heard.matchAll(/event: changed\ndata: (.*)\n\n/g)].map(([, data = '']) => JSON.parse(data))

async function news(id: 'lib' | 'gym', pageCount: number) {
  const address = id === 'lib' ? '10.0.0.1' : '10.0.0.2'
  web.says.set(address, aReading({ address, pageCount }))
  await web.sweep.pollNow(id)
}

test('what a printer says anew is told', async () => {
  const stream = await listen(ada)
  expect(stream.answer.headers.get('content-type')).toBe('text/event-stream')
  await news('lib', 1)
  await until(() => changes(stream).length > 0)
  expect(changes(stream)).toEqual([{ printers: ['lib'], records: false }])
})

test('a swarm of news is told at once, and the same again is no news', async () => {
  const stream = await listen(ada)
  for (let pages = 0; pages < 50; pages++) await news('lib', pages)
  await news('gym', 1)
  await until(() => changes(stream).length > 0)
  await news('gym', 1)
  await new Promise((resolve) => setTimeout(resolve, 700))
  expect(changes(stream)).toEqual([{ printers: ['lib', 'gym'], records: false }])
})

test('what is kept anew is told: a ticket, say', async () => {
  const stream = await listen(ada)
  await web.store.update((tx) => tx.put('groups', aGroup({ id: 'g-new' })))
  await until(() => changes(stream).length > 0)
  expect(changes(stream)).toEqual([{ printers: [], records: true }])
})

test('a manager hears only of the printers in reach', async () => {
  const ben = aVisitor(web)
  await ben.signIn('ben')
  await new Promise((resolve) => setTimeout(resolve, 600))
  const stream = await listen(ben)
  await news('lib', 1)
  await new Promise((resolve) => setTimeout(resolve, 700))
  await news('gym', 1)
  await until(() => changes(stream).length > 0)
  expect(changes(stream)).toEqual([{ printers: ['gym'], records: false }])
})

test('nobody hears anything without signing in', async () => {
  const answer = await aVisitor(web).get('/events')
  expect([answer.status, await answer.json()]).toMatchObject([401, { error: 'unauthenticated' }])
})

test.each([
  ['signing out', () => ada.submit('/', '/logout')],
  [
    'the end of the account',
    () => web.store.update((tx) => disablePerson(tx, { name: 'ada' }, web.act)),
  ],
])('%s ends the stream', async (_what, end) => {
  const stream = await listen(ada)
  await end()
  await until(() => stream.state === 'ended')
  expect(changes(stream)).toEqual([])
})

test('a stream ends with the token that it came with', async () => {
  const token = await web.store.update((tx) => addToken(tx, { name: 'ben' }, web.act))
  const stream = await listen(aVisitor(web), { authorization: `Bearer ${token}` })
  const password = await cheapPassword('ben', 'another long sentence')
  await web.store.update((tx) => setPassword(tx, { name: 'ben', password }, web.act))
  await until(() => stream.state === 'ended')
})

test('an open page does not keep its browser signed in', async () => {
  await listen(ada)
  web.clock.advance(12 * 3_600_000)
  expect((await ada.get('/')).status).toBe(303)
})

test('more streams than one person can look at are declined, until one has left', async () => {
  const streams = []
  for (let count = 0; count < 12; count++) streams.push(await listen(ada))
  const more = await ada.get('/events')
  expect([more.status, more.headers.get('retry-after')]).toEqual([429, '30'])
  streams[0]?.leave()
  await until(async () => (await listen(ada)).answer.status === 200)
})

test('the end of platen ends the streams, and cuts none', async () => {
  const stream = await listen(ada)
  await web.stop()
  await until(() => stream.state === 'ended')
  await news('lib', 1)
})

test('a stream that was left is a line of the log, and no trouble', async () => {
  const stream = await listen(ada)
  stream.leave()
  const lineOf = () => web.lines.find(({ facts }) => facts.path === '/events')
  await until(() => lineOf() !== undefined)
  expect(lineOf()).toMatchObject({ level: 'info', facts: { status: 200, who: 'ada' } })
})

test('HEAD is answered without a stream', async () => {
  const answer = await ada.get('/events', { method: 'HEAD' })
  expect([answer.status, await answer.text()]).toEqual([200, ''])
})

test('a silent stream beats, and who left is not remembered', async () => {
  const person = web.store.state.people[Object.keys(web.store.state.people)[0] ?? '']
  if (!person) throw new Error('nobody')
  let live = true
  const events = createEvents({
    store: web.store,
    heartbeatMs: 20,
  })
  const [route] = events.routes
  if (route?.who !== 'signed in') throw new Error('open to anybody')
  const ask = {
    ...{ id: '', params: {}, query: new URLSearchParams(), headers: {}, address: '' },
    ...{ form: new URLSearchParams(), person, session: 's', proof: '' },
    ...{ json: undefined, file: null, act: () => web.act, asNow: () => (live ? person : null) },
  }
  const { body } = await route.answer(ask)
  if (typeof body !== 'function') throw new Error('no stream')
  const heard: string[] = []
  let ended = 0
  const leave = body({ write: (text) => void heard.push(text), end: () => void ended++ })
  await until(() => heard.filter((text) => text === ': still here\n\n').length > 2)
  live = false
  await until(() => ended > 0)
  leave()
  const before = heard.length
  events.heard('lib')
  await new Promise((resolve) => setTimeout(resolve, 600))
  expect(heard).toHaveLength(before)
  events.close()
})
