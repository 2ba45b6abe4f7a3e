import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Statistics } from '../../src/core/status/statistics.ts'
import { openTicket } from '../../src/core/tickets/open.ts'
import { aReading, aSupply } from '../parts/readings.ts'
import { startTwoGroups } from '../parts/two-groups.ts'
import { aVisitor, type Visitor } from '../parts/visitor.ts'
import type { RunningWeb } from '../parts/web.ts'

// Figures of the fleet, for who may look at reports.

let web: RunningWeb
let ada: Visitor
let ben: Visitor

beforeEach(async () => {
  ;({ web, ada, ben } = await startTwoGroups())
  web.says.set('10.0.0.1', aReading({ pageCount: 1234, supplies: [aSupply({ percent: 5 })] }))
  await web.sweep.pollNow('lib')
  await web.store.update((tx) => {
    const { lib } = tx.state.printers
    if (!lib) throw new Error('no library')
    openTicket(
      tx,
      lib,
      {
        ...{ kind: 'issue', fault: 'jam', wants: null, form: null, printerThen: null },
        ...{ words: '', requester: { name: null, email: null } },
      },
      web.act,
    )
  })
})
afterEach(() => web.stop())

test('the page tells figures of the printers and tickets in reach alone', async () => {
  const page = await ada.text('/reports')
  expect(page).toContain('1\u00a0234 pages stand on the counters of the 1')
  expect(page).toContain('<th scope="row">24 hours</th><td>1</td><td>0</td><td>none</td>')
  expect(page).toMatch(/By colour or kind.*<th scope="row">Black<\/th><td>1</s)
  expect(page).toMatch(/Most tickets in 30 days.*href="\/printers\/lib">LIB-1<\/a><\/th><td>1</s)
  const bens = await ben.text('/reports')
  expect(bens).toContain('0 open, 0 taken.')
  expect(bens).not.toContain('LIB-1')
})

test('a supply that runs low is of the model that its printer tells, where nobody wrote one down', async () => {
  await web.store.update((tx) => {
    const { lib } = tx.state.printers
    if (lib) tx.put('printers', { ...lib, make: null, model: null })
  })
  const model = web.fleet.status('lib').device.model ?? 'none is told'
  const told = (await (await web.get('/api/v1/statistics', 'ada')).json()) as Statistics
  const { lowSupplies } = told
  expect(lowSupplies.models).toEqual([{ name: model, count: 1 }])
  expect(await ada.text('/')).toMatch(new RegExp(`at 5 %.*${model}</span>`, 's'))
})

test('the API tells the same', async () => {
  const figures = await (await web.get('/api/v1/statistics', 'ada')).json()
  expect(figures).toMatchObject({
    ...{ printers: 2, verdicts: { error: 1, unknown: 1 }, pages: { counted: 1234, printers: 1 } },
    tickets: { open: 1, most: [{ id: 'lib', count: 1 }] },
  })
  const bens = await (await web.get('/api/v1/statistics', 'ben')).json()
  expect(bens).toMatchObject({ printers: 1, tickets: { open: 0, most: [] } })
})

test('who may not look at reports is told so', async () => {
  const eve = await web.person('eve', 'manager', ['Gym'])
  await web.store.update((tx) => {
    const person = tx.state.people[eve.id]
    if (person) tx.put('people', { ...person, rights: { ...person.rights, reports: 'none' } })
  })
  const visitor = aVisitor(web)
  await visitor.signIn('eve')
  expect((await visitor.get('/reports')).status).toBe(403)
  expect((await web.get('/api/v1/statistics', 'eve')).status).toBe(403)
})
