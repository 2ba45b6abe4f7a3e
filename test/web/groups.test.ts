import { afterEach, beforeEach, expect, test } from 'vitest'
import { noRights } from '../../src/core/people/rights.ts'
import { silence } from '../parts/readings.ts'
import { aPrinter } from '../parts/records.ts'
import { startTwoGroups } from '../parts/two-groups.ts'
import { aVisitor, type Visitor } from '../parts/visitor.ts'
import { type RunningWeb, startWeb } from '../parts/web.ts'

// Ada looks after everything, Ben after the gym.

let web: RunningWeb
let ada: Visitor
let ben: Visitor

beforeEach(async () => {
  ;({ web, ada, ben } = await startTwoGroups())
})
afterEach(() => web.stop())

const group = (id: string) => web.store.state.groups[id]
const idOf = (name: string) =>
  Object.values(web.store.state.people).find((person) => person.name === name)?.id ?? ''
const proofOf = async (who: Visitor, path: string) =>
  (await who.text(path)).match(/name="proof" value="([^"]+)"/)?.[1] ?? ''

test('the list counts the printers by how they are, and names who looks after them', async () => {
  await web.store.update((tx) =>
    tx.put('printers', aPrinter({ id: 'gym-2', group: 'g-gym', ipAddress: '10.0.0.3' })),
  )
  web.says.set('10.0.0.3', silence())
  for (const id of ['lib', 'gym', 'gym-2']) await web.sweep.pollNow(id)
  const page = await ada.text('/groups')
  expect(page).toMatch(/>Gym<\/a>[\s\S]*?1 silent, 1 well<\/div>[\s\S]*?looked after by ben/)
  expect(page).toMatch(/>Library<\/a>[\s\S]*?<div>1 well<\/div>[\s\S]*?nobody looks after it/)
})

test('who looks after one group sees that one alone, and is offered no form', async () => {
  const list = await ben.text('/groups')
  expect(list).toContain('/groups/g-gym')
  expect(list).not.toMatch(/Library|g-lib|action="\/groups/)
  const own = await ben.text('/groups/g-gym')
  expect(own).toContain('href="/printers/gym"')
  expect(own).not.toContain('action="/groups')
  expect((await ben.get('/groups/g-lib')).status).toBe(404)
  const proof = await proofOf(ben, '/groups')
  for (const way of ['change', 'remove'])
    for (const [id, status] of [
      ['g-lib', 404],
      ['g-gym', 403],
    ] as const) {
      const answer = await ben.send(`/groups/${id}/${way}`, { proof, name: 'Mine', to: 'none' })
      expect([way, id, answer.status]).toEqual([way, id, status])
    }
  expect((await ben.send('/groups/add', { proof, name: 'Mine' })).status).toBe(403)
  expect((await ben.send('/groups/g-gym/managers', { proof })).status).toBe(403)
  expect(Object.values(web.store.state.groups).map(({ name }) => name)).toEqual(['Library', 'Gym'])
})

test('a group is added, named anew, and given managers', async () => {
  const added = await ada.submit('/groups', '/groups/add', { name: ' Pool ', building: '' })
  const path = added.headers.get('location') ?? ''
  const id = path.slice('/groups/'.length)
  expect(group(id)).toMatchObject({ name: 'Pool', building: null })
  await ada.submit(path, `${path}/change`, { name: 'Lido', building: 'South' })
  await ada.submit(path, `${path}/managers`, { manager: idOf('ben') })
  expect(group(id)).toEqual({ id, name: 'Lido', building: 'South', managers: [idOf('ben')] })
  expect(await ben.text('/groups')).toContain('Lido')
  await ada.submit(path, `${path}/managers`)
  expect(await ben.text('/groups')).not.toContain('Lido')
})

test('a name that somebody has is refused, and what was typed stays', async () => {
  const added = await ada.submit('/groups', '/groups/add', { name: 'gym', building: 'B "1"' })
  const text = await added.text()
  expect(added.status).toBe(409)
  expect(text).toContain('a group named Gym already')
  expect(text).toContain('value="B &quot;1&quot;"')
  const path = '/groups/g-lib'
  const changed = await ada.submit(path, `${path}/change`, { name: 'GYM', building: 'C' })
  expect([changed.status, (await changed.text()).includes('value="GYM"')]).toEqual([409, true])
  expect(group('g-lib')?.name).toBe('Library')
})

test('a group goes when its printers have somewhere to go', async () => {
  const path = '/groups/g-lib'
  const kept = await ada.submit(path, `${path}/remove`)
  expect(kept.status).toBe(409)
  expect(await kept.text()).toContain('1 printer in Library; say which group they go to')
  const gone = await ada.submit(path, `${path}/remove`, { to: 'g-gym' })
  expect(gone.headers.get('location')).toBe('/groups')
  expect(web.store.state.printers.lib?.group).toBe('g-gym')
  expect((await ada.get(path)).status).toBe(404)
  expect((await ben.get('/printers/lib')).status).toBe(200)
})

test('who changes accounts of some groups names no manager who may more', async () => {
  const { id } = await web.person('dean', 'manager', ['Gym'])
  const dean = web.store.state.people[id]
  if (!dean) throw new Error('no dean')
  const rights = { ...dean.rights, people: 'change' } as const
  await web.store.update((tx) => tx.put('people', { ...dean, rights }))
  const visitor = aVisitor(web)
  await visitor.signIn('dean')
  const path = '/groups/g-gym'
  const both = await visitor.submit(path, `${path}/managers`, { manager: idOf('ada') })
  expect(both.status).toBe(403)
  const proof = await proofOf(visitor, path)
  expect((await visitor.send('/groups/g-lib/managers', { proof, manager: id })).status).toBe(404)
  expect(group('g-gym')?.managers).toEqual([idOf('ben'), id])
  await visitor.submit(path, `${path}/managers`, { manager: id })
  expect(group('g-gym')?.managers).toEqual([id])
})

test('where there is no group the list says what to do', async () => {
  const bare = await startWeb()
  await bare.person('ada', 'administrator')
  await bare.person('rob', 'manager')
  const text = async (who: string) => (await bare.get('/groups', who)).text()
  expect(await text('ada')).toContain('No groups yet. Add one below')
  expect(await text('rob')).toContain('You are in the managers of no group')
  await bare.stop()
})

test('who may not look at printers sees no groups', async () => {
  const person = web.store.state.people[idOf('ben')]
  if (!person) throw new Error('no ben')
  await web.store.update((tx) => tx.put('people', { ...person, rights: noRights }))
  expect((await ben.get('/groups')).status).toBe(403)
  expect((await ben.get('/groups/g-gym')).status).toBe(403)
})
