import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTicket, type TicketWords } from '../../src/core/tickets/open.ts'
import { isDescribed } from '../../src/web/api/openapi.ts'
import { startTwoGroups } from '../parts/two-groups.ts'
import { basic, type RunningWeb } from '../parts/web.ts'

let web: RunningWeb

beforeEach(async () => {
  ;({ web } = await startTwoGroups())
})
afterEach(() => web.stop())

const jam: TicketWords = {
  ...{ kind: 'issue', fault: 'jam', wants: null, words: 'It crunches', form: 'F'.repeat(16) },
  ...{ requester: { name: 'Sam', email: 'sam@school.edu' }, printerThen: null },
}
async function report(printerId: string, words: Partial<TicketWords> = {}) {
  const printer = web.store.state.printers[printerId]
  if (!printer) throw new Error(`no printer ${printerId}`)
  return web.store.update((tx) => {
    const { ticket } = openTicket(tx, printer, { ...jam, ...words }, web.act)
    tx.put('tickets', { ...ticket, receipt: 'RECEIPT1' })
    return ticket
  })
}

/** What came back; an answer that its own declaration does not describe fails. */
async function ask(name: string, path: string, { who = 'ada', body }: Asked = {}) {
  const route = web.web.routes.find((each) => isDescribed(each) && each.described.name === name)
  if (!route || !isDescribed(route)) throw new Error(`no operation ${name}`)
  const authorization = basic(who, `${who} rides a horse`)
  const headers = new Headers({ authorization })
  if (body !== undefined) headers.set('content-type', 'application/json')
  const answer = await fetch(`http://127.0.0.1:${web.port}/api/v1/tickets${path}`, {
    method: route.method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const said = JSON.parse(await answer.text())
  const { answers } = route.described
  if (answer.ok && answers && 'parse' in answers) expect(answers.parse(said)).toEqual(said)
  return { status: answer.status, said }
}
interface Asked {
  readonly who?: string
  readonly body?: object
}

test('the list is answered 304 while no ticket in it has changed', async () => {
  await report('lib')
  const before = await web.get('/api/v1/tickets', 'ada')
  web.clock.advance(1000)
  const headers = { 'if-none-match': before.headers.get('etag') ?? '' }
  expect((await web.get('/api/v1/tickets', 'ada', { headers })).status).toBe(304)
  await report('gym')
  expect((await web.get('/api/v1/tickets', 'ada', { headers })).status).toBe(200)
})

test('lists what is to do, page by page, and tells no receipt and no form', async () => {
  const [first, second] = [await report('lib'), await report('gym')]
  const { said } = await ask('listTickets', '?limit=1')
  expect(said).toMatchObject({
    ...{ schema: 1, page: 1, limit: 1, total: 2 },
    tickets: [
      {
        ...{ id: first.id, title: 'Paper jam', meToo: 0, words: 'It crunches' },
        printer: { id: 'lib', label: 'LIB-1' },
      },
    ],
  })
  expect(JSON.stringify(said)).not.toMatch(/RECEIPT1|FFFF/)
  const ids = async (query: string, who = 'ada') =>
    (await ask('listTickets', query, { who })).said.tickets.map(({ id }: { id: string }) => id)
  expect(await ids('?limit=1&page=2')).toEqual([second.id])
  expect(await ids('?sort=newest&q=crunch')).toEqual([second.id, first.id])
  expect(await ids('', 'ben')).toEqual([second.id])
  expect((await ask('listTickets', '?printer=lib', { who: 'ben' })).status).toBe(404)
  expect((await ask('listTickets', '?state=closed')).status).toBe(422)
  const { said: ill } = await ask('listTickets', '?kind=wish')
  expect(ill.message).toBe('"kind" in the address is one of issue, supply.')
})

test('tells one whole: who else reported it, its notes, what happened', async () => {
  const { id } = await report('lib')
  await report('lib', { words: 'Here too', form: null })
  await ask('noteTicket', `/${id}/note`, { body: { words: 'Roller\r\nworn' } })
  const { said } = await ask('getTicket', `/${id}`)
  expect(said).toMatchObject({
    ...{ state: 'open', meToo: 1, others: [{ words: 'Here too' }] },
    notes: [{ by: 'ada', words: 'Roller\nworn' }],
    history: [{ what: 'ticket opened' }, { what: 'ticket joined' }, { what: 'ticket noted' }],
  })
  expect(JSON.stringify(said)).not.toMatch(/RECEIPT1|FFFF|127\.0\.0\.1/)
  expect((await ask('getTicket', `/${id}`, { who: 'ben' })).status).toBe(404)
})

test('is taken, given back, resolved and opened again, with a body and without', async () => {
  const { id } = await report('gym')
  const states = []
  for (const [name, verb, body] of [
    ['takeTicket', 'take', {}],
    ['giveBackTicket', 'give-back', undefined],
    ['takeTicket', 'take', { as: 'ben' }],
    ['resolveTicket', 'resolve', undefined],
    ['reopenTicket', 'reopen', undefined],
  ] as const) {
    const { said } = await ask(name, `/${id}/${verb}`, { body })
    states.push([said.state, said.takenBy])
  }
  expect(states).toEqual([
    ['taken', 'ada'],
    ['open', null],
    ['taken', 'ben'],
    ['resolved', 'ben'],
    ['open', null],
  ])
  expect((await ask('reopenTicket', `/${id}/reopen`)).status).toBe(409)
  const wrong = await ask('takeTicket', `/${id}/take`, { body: { as: 'Nobody' } })
  expect([wrong.status, wrong.said.details]).toEqual([422, { field: 'as' }])
  expect((await ask('takeTicket', `/${id}/take`, { body: { by: 'eve' } })).status).toBe(422)
})

test('goes into another one of its printer', async () => {
  const [one, other] = [await report('gym'), await report('gym', { fault: 'panel', form: null })]
  const far = await report('lib')
  const into = (id: string, who: string) =>
    ask('mergeTicket', `/${one.id}/merge`, { who, body: { into: id } })
  expect((await into(far.id, 'ben')).status).toBe(404)
  expect((await into(far.id, 'ada')).status).toBe(422)
  expect((await into(other.id, 'ben')).said).toMatchObject({
    state: 'merged',
    mergedInto: other.id,
  })
})

test('is filed for somebody, and joins the same trouble', async () => {
  const body = { printer: 'gym', fault: 'jam', words: 'At the desk', name: 'Kim' }
  const opened = await ask('openTicket', '', { who: 'ben', body })
  expect([opened.status, opened.said.how]).toEqual([201, 'opened'])
  expect(opened.said.ticket).toMatchObject({
    ...{ kind: 'issue', fault: 'jam', requester: { name: 'Kim', email: null } },
    printerThen: { verdict: 'unknown' },
  })
  expect((await ask('openTicket', '', { who: 'ben', body })).said.how).toBe('joined')
  const [entry] = Object.values(web.store.state.journal).filter(
    ({ what }) => what === 'ticket opened',
  )
  expect(entry).toMatchObject({ by: 'ben', from: 'API' })
})

test.each<[string, number, object]>([
  ['of no matter', 422, {}],
  ['of two matters', 422, { fault: 'jam', wants: 'toner' }],
  ['of a matter that there is not', 422, { fault: 'fire' }],
  ['in too many words', 422, { fault: 'jam', words: 'x'.repeat(501) }],
  ['with an address that is none', 422, { fault: 'jam', email: 'bo@' }],
  ['of a printer out of reach', 404, { fault: 'jam', printer: 'lib' }],
])('a report %s is declined', async (_what, status, words) => {
  const body = { printer: 'gym', ...words }
  expect((await ask('openTicket', '', { who: 'ben', body })).status).toBe(status)
  expect(web.store.state.tickets).toEqual({})
})

test('a printer that is retired has no new ticket', async () => {
  await web.store.update((tx) => {
    const { gym } = tx.state.printers
    if (gym) tx.put('printers', { ...gym, isActive: false })
  })
  const { status } = await ask('openTicket', '', { body: { printer: 'gym', wants: 'toner' } })
  expect(status).toBe(409)
})

test('an address is forgotten by who looks after all, and by nobody else', async () => {
  await report('gym')
  const body = { email: 'sam@school.edu' }
  expect((await ask('eraseRequester', '/erase', { who: 'ben', body })).status).toBe(403)
  const { said } = await ask('eraseRequester', '/erase', { body })
  expect(said).toEqual({ tickets: 1, letters: 1, entries: 1 })
  expect(JSON.stringify(web.store.state)).not.toContain('sam@')
})

test('who may only look does nothing', async () => {
  await web.person('rae', 'reader')
  const { id } = await report('gym')
  const as = (name: string, path: string, body: object) => ask(name, path, { who: 'rae', body })
  expect((await ask('getTicket', `/${id}`, { who: 'rae' })).status).toBe(200)
  const asked = [
    await as('takeTicket', `/${id}/take`, {}),
    await as('noteTicket', `/${id}/note`, { words: 'x' }),
    await as('openTicket', '', { printer: 'gym', fault: 'panel' }),
    await as('eraseRequester', '/erase', { email: 'sam@school.edu' }),
  ]
  expect(asked.map(({ status }) => status)).toEqual([403, 403, 403, 403])
})
