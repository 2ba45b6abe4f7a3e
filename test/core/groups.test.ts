import { beforeEach, expect, test } from 'vitest'
import { recipientsOf } from '../../src/core/outbox/recipients.ts'
import { addGroup, changeGroup, removeGroup } from '../../src/core/printers/groups.ts'
import type { Store } from '../../src/core/store.ts'
import { createAct } from '../parts/act.ts'
import { aLetter } from '../parts/letters.ts'
import { aGroup, aPerson, aPrinter } from '../parts/records.ts'
import { createMemoryStore } from '../parts/store.ts'

const act = createAct()
const refusal = (code: string, words: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(words) })
let store: Store

beforeEach(async () => {
  store = createMemoryStore()
  await store.update((tx) => {
    tx.put('groups', aGroup({ id: 'lib', name: 'Library', managers: ['u-1'] }))
    tx.put('groups', aGroup({ id: 'gym', name: 'Gym' }))
    tx.put('printers', aPrinter({ id: 'p-1', group: 'lib' }))
    tx.put('printers', aPrinter({ id: 'p-2', group: 'lib', isActive: false }))
  })
})

test('a group is added, named anew and moved to another building', async () => {
  const { id } = await store.update((tx) => addGroup(tx, { name: 'Pool', building: null }, act))
  await store.update((tx) => changeGroup(tx, { group: id, changes: { name: 'Lido' } }, act))
  await store.update((tx) => changeGroup(tx, { group: id, changes: { building: 'South' } }, act))
  expect(store.state.groups[id]).toEqual({ id, name: 'Lido', building: 'South', managers: [] })
  const entries = Object.values(store.state.journal)
  expect(entries.map(({ what, changes }) => [what, changes])).toEqual([
    ['group added', {}],
    ['group changed', { name: ['Pool', 'Lido'] }],
    ['group changed', { building: [null, 'South'] }],
  ])
})

test.each([
  [{ name: 'GYM' }, 'conflict', /named Gym already/],
  [{ name: '' }, 'invalid', /1 to 64/],
  [{ name: 'a\u202eb' }, 'invalid', /1 to 64/],
  [{ name: 'x'.repeat(65) }, 'invalid', /1 to 64/],
  [{ building: '' }, 'invalid', /building/],
])('refuses %j', async (changes, code, words) => {
  const changing = store.update((tx) => changeGroup(tx, { group: 'lib', changes }, act))
  await expect(changing).rejects.toEqual(refusal(code, words))
  const adding = store.update((tx) =>
    addGroup(tx, { name: 'New', building: null, ...changes }, act),
  )
  await expect(adding).rejects.toEqual(refusal(code, words))
})

test('a group may change the case of its own name', async () => {
  await store.update((tx) => changeGroup(tx, { group: 'lib', changes: { name: 'LIBRARY' } }, act))
  expect(store.state.groups.lib?.name).toBe('LIBRARY')
})

test('a group goes only when its printers have somewhere to go, retired ones too', async () => {
  const remove = (printersTo: string | null) =>
    store.update((tx) => removeGroup(tx, { group: 'lib', printersTo }, act))
  for (const nowhere of ['stay', 'lib'])
    await expect(remove(nowhere)).rejects.toEqual(refusal('conflict', /2 printers in Library/))
  await expect(remove('gone')).rejects.toEqual(refusal('missing', /no such group/))
  expect(store.state.printers['p-1']?.group).toBe('lib')
  await remove('gym')
  expect(store.state.groups.lib).toBeUndefined()
  expect(Object.values(store.state.printers).map(({ group }) => group)).toEqual(['gym', 'gym'])
  const entries = Object.values(store.state.journal)
  expect(entries.map(({ what, subject, changes }) => [what, subject, changes.group])).toEqual([
    ['changed', 'p-1', ['Library', 'Gym']],
    ['changed', 'p-2', ['Library', 'Gym']],
    ['group removed', 'lib', undefined],
  ])
})

test('its printers may go to no group, and an empty one just goes', async () => {
  await store.update((tx) => removeGroup(tx, { group: 'lib', printersTo: null }, act))
  await store.update((tx) => removeGroup(tx, { group: 'gym', printersTo: 'stay' }, act))
  expect(store.state.groups).toEqual({})
  expect(store.state.printers['p-1']?.group).toBeNull()
})

test('a letter that waits goes to whoever looks after the printers of a removed group', async () => {
  await store.update((tx) => {
    tx.put('people', aPerson({ id: 'u-2', email: 'gus@school.test' }))
    tx.put('groups', aGroup({ id: 'gym', name: 'Gym', managers: ['u-2'] }))
    tx.put('outbox', aLetter({ id: 'l-1', to: { group: 'lib' } }))
    removeGroup(tx, { group: 'lib', printersTo: 'gym' }, act)
  })
  const letter = store.state.outbox['l-1']
  expect(letter && recipientsOf(store.state, letter, null)).toEqual({ to: ['gus@school.test'] })
})
