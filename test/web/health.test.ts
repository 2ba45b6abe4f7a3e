import { afterEach, expect, test } from 'vitest'
import { aReading, silence } from '../parts/readings.ts'
import { aPrinter } from '../parts/records.ts'
import { type RunningWeb, startWeb } from '../parts/web.ts'

let web: RunningWeb
afterEach(() => web.stop())

async function answers(path: string) {
  const answer = await web.get(path)
  return [answer.status, await answer.json()]
}

test('alive while the loop turns, though nothing else is well', async () => {
  web = await startWeb({ waitingFor: () => ['The first sweep has not begun.'] })
  expect(await answers('/healthz')).toEqual([200, { alive: true }])
})

test('ready once nothing is waited for', async () => {
  const missing = ['The state is not loaded yet.', 'The first sweep has not begun.']
  web = await startWeb({ waitingFor: () => missing })
  expect(await answers('/readyz')).toEqual([503, { ready: false, waitingFor: missing }])
  missing.length = 0
  expect(await answers('/readyz')).toEqual([200, { ready: true, waitingFor: [] }])
})

test('one sick part makes the whole unwell, and says what to do', async () => {
  const store = { ok: true, sentence: 'Saves.' }
  const sweep = { ok: false, sentence: 'No printer was asked for 20 minutes; restart platen.' }
  web = await startWeb({ health: () => ({ store, sweep }) })
  const parts = { store, sweep }
  expect(await answers('/api/v1/health')).toEqual([503, { ok: false, version: '1.2.3', parts }])
})

test('all well is 200', async () => {
  const store = { ok: true, sentence: 'Saves.' }
  web = await startWeb({ health: () => ({ store }) })
  const whole = { ok: true, version: '1.2.3', parts: { store } }
  expect(await answers('/api/v1/health')).toEqual([200, whole])
})

test('a probe that is answered well makes no noise in the log', async () => {
  web = await startWeb({ waitingFor: () => ['The first sweep has not begun.'] })
  await answers('/healthz')
  await answers('/readyz')
  while (web.lines.length < 2) await new Promise((resolve) => setTimeout(resolve, 5))
  expect(web.lines.map(({ level }) => level)).toEqual(['debug', 'info'])
})

const device = { index: 1, model: null, status: { code: 5, name: 'down' } }
const says = {
  jam: aReading({ device, errors: { raw: '04', flags: ['jammed'] } }),
  paper: aReading({ device, errors: { raw: '40', flags: ['noPaper'] } }),
  toner: aReading({ errors: { raw: '20', flags: ['lowToner'] } }),
  silent: silence(),
  well: aReading(),
}

/** A printer each, by id, which says so; `retired` said that it is jammed, and nobody asks it any more. */
async function aFleet(ids: readonly (keyof typeof says)[]) {
  web = await startWeb()
  const printers = [
    ...ids.map((id) => ({ printer: aPrinter({ id, label: `Secret ${id}` }), says: says[id] })),
    { printer: aPrinter({ id: 'retired', isActive: false }), says: says.jam },
  ]
  await web.store.update((tx) => {
    for (const { printer } of printers) tx.put('printers', printer)
    tx.put('printers', aPrinter({ id: 'new' }))
  })
  // A silence counts once it came three times in a row.
  for (let times = 0; times < 3; times++)
    for (const { printer, says } of printers) web.fleet.heard(printer, says)
}

const printersHealth = (query = '') => answers(`/api/v1/health/printers${query}`)

test('a plain monitor sees how many printers are how, and that some stand still', async () => {
  await aFleet(['jam', 'paper', 'toner', 'silent', 'well'])
  const [status, told] = await printersHealth()
  expect(status).toBe(503)
  expect(told).toEqual({
    ...{ ok: false, asked: 6, failing: 3 },
    counts: { PAPER_JAM: 1, PAPER_OUT: 1, LOW_TONER: 1, OFFLINE: 1, OK: 1, UNKNOWN: 1 },
  })
  expect(JSON.stringify(told)).not.toContain('Secret')
})

test('printers that print on, and those nothing is known of yet, are no fault', async () => {
  await aFleet(['toner', 'well'])
  expect(await printersHealth()).toEqual([
    200,
    { ok: true, asked: 3, failing: 0, counts: { LOW_TONER: 1, OK: 1, UNKNOWN: 1 } },
  ])
})

test.each([
  ['?allow=PAPER_OUT', 503, 2],
  ['?allow=PAPER_OUT,offline,PAPER_JAM', 200, 0],
  ['?most=2', 503, 3],
  ['?most=3', 200, 3],
  ['?allow=PAPER_JAM&most=2', 200, 2],
])('a monitor may let some pass: %s', async (query, status, failing) => {
  await aFleet(['jam', 'paper', 'silent'])
  expect(await printersHealth(query)).toMatchObject([status, { failing }])
})

test.each(['?allow=JAMMED', '?allow=', '?most=x', '?most=-1', '?alow=OFFLINE'])(
  'what a monitor mistypes is told: %s',
  async (query) => {
    await aFleet([])
    expect((await printersHealth(query))[0]).toBe(422)
  },
)

test('who is signed in sees the word of one printer, and of none out of reach', async () => {
  await aFleet(['jam', 'toner'])
  await web.person('ada', 'administrator')
  await web.person('ben', 'manager')
  const one = async (id: string, who: string | null) => {
    const answer = await web.get(`/api/v1/health/printers/${id}`, who)
    return [answer.status, await answer.json()]
  }
  const jammed = { ok: false, status: 'PAPER_JAM' }
  expect(await one('jam', 'ada')).toEqual([503, jammed])
  expect(await one('jam?allow=PAPER_JAM', 'ada')).toEqual([200, { ...jammed, ok: true }])
  expect(await one('toner', 'ada')).toEqual([200, { ok: true, status: 'LOW_TONER' }])
  expect((await one('retired', 'ada'))[0]).toBe(409)
  expect((await one('jam', 'ben'))[0]).toBe(404)
  expect((await one('nothing', 'ada'))[0]).toBe(404)
  expect((await one('jam', null))[0]).toBe(401)
})
