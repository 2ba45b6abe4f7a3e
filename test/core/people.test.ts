import { expect, test } from 'vitest'
import { maySee, visiblePrinters } from '../../src/core/people/access.ts'
import { findByToken, findPerson } from '../../src/core/people/find.ts'
import { hashPassword, isPassword, passwordCost } from '../../src/core/people/password.ts'
import {
  addPerson,
  disablePerson,
  enablePerson,
  setPassword,
} from '../../src/core/people/people.ts'
import type { Person } from '../../src/core/people/person.ts'
import { roles } from '../../src/core/people/rights.ts'
import { addToken } from '../../src/core/people/tokens.ts'
import { createAct } from '../parts/act.ts'
import { aGroup, aPrinter, cheapPassword } from '../parts/records.ts'
import { createMemoryStore } from '../parts/store.ts'

const act = createAct()
const password = await cheapPassword('ada', 'correct horse')
const refusal = (code: string, words: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(words) })

async function withAda(words: Partial<Parameters<typeof addPerson>[1]> = {}) {
  const store = createMemoryStore()
  await store.update((tx) => tx.put('groups', aGroup({ id: 'g-lib', name: 'Library' })))
  await store.update((tx) => tx.put('groups', aGroup({ id: 'g-gym', name: 'Gym' })))
  const ada = await store.update((tx) =>
    addPerson(tx, { name: 'Ada', role: 'manager', password, ...words }, act),
  )
  return { store, ada }
}

test('a manager is added to the groups that are named, in whatever case', async () => {
  const { store, ada } = await withAda({ groups: ['library'] })
  expect(store.state.groups['g-lib']?.managers).toEqual([ada.id])
  expect(store.state.groups['g-gym']?.managers).toEqual([])
})

test('refuses a name that somebody has, in any case, even when disabled', async () => {
  const { store } = await withAda()
  const again = () =>
    store.update((tx) => addPerson(tx, { name: 'ADA', role: 'manager', password }, act))
  await expect(again()).rejects.toEqual(refusal('conflict', /an account named Ada/))
  await store.update((tx) => disablePerson(tx, { name: 'ada' }, act))
  await expect(again()).rejects.toEqual(refusal('conflict', /a disabled account named Ada/))
})

test.each(['', ' ada', 'ada ', 'a:b', 'a\nb', 'a\u0000b', 'a\u202eb', 'x'.repeat(65)])(
  'refuses the name %j',
  async (name) => {
    const { store } = await withAda()
    const adding = store.update((tx) => addPerson(tx, { name, role: 'manager', password }, act))
    await expect(adding).rejects.toEqual(refusal('invalid', /no colon/))
  },
)

test('refuses an unknown group, tells those there are, and adds nobody', async () => {
  const { store } = await withAda()
  const before = structuredClone(Object.values(store.state.journal))
  const adding = store.update((tx) =>
    addPerson(tx, { name: 'Bo', role: 'manager', groups: ['Gym', 'Pool'], password }, act),
  )
  await expect(adding).rejects.toEqual(refusal('missing', /Pool; the groups are Gym, Library/))
  expect(findPerson(store.state, 'bo')).toBeUndefined()
  expect(store.state.groups['g-gym']?.managers).toEqual([])
  expect(Object.values(store.state.journal)).toEqual(before)
})

test('a token is shown once and kept only as its hash', async () => {
  const { store, ada } = await withAda()
  const token = await store.update((tx) => addToken(tx, { name: 'ada' }, act))
  expect(token).toMatch(/^platen_[0-9A-Z]{40}$/)
  expect(JSON.stringify(store.state)).not.toContain(token.slice(7))
  expect(findByToken(store.state, token)?.person?.id).toBe(ada.id)
})

test.each(['password', 'disable'] as const)('tokens end with a new %s', async (how) => {
  const { store } = await withAda()
  const token = await store.update((tx) => addToken(tx, { name: 'ada' }, act))
  await store.update((tx) =>
    how === 'password'
      ? setPassword(tx, { name: 'ada', password }, act)
      : disablePerson(tx, { name: 'ada' }, act),
  )
  expect(findByToken(store.state, token)?.person).toBeUndefined()
})

test('who is disabled gets no token, and may be enabled again', async () => {
  const { store } = await withAda()
  await store.update((tx) => disablePerson(tx, { name: 'ada' }, act))
  const adding = store.update((tx) => addToken(tx, { name: 'ada' }, act))
  await expect(adding).rejects.toEqual(refusal('conflict', /enable the account first/))
  await store.update((tx) => enablePerson(tx, { name: 'ada' }, act))
  expect(findPerson(store.state, 'ada')?.disabledAt).toBeNull()
})

test('each act is in the journal, with who did it and without any secret', async () => {
  const { store, ada } = await withAda({ groups: ['Gym'] })
  const token = await store.update((tx) => addToken(tx, { name: 'ada' }, act))
  await store.update((tx) => setPassword(tx, { name: 'ada', password }, act))
  await store.update((tx) => disablePerson(tx, { name: 'ada' }, act))
  const entries = Object.values(store.state.journal)
  expect(entries.map(({ by, subject, what }) => [by, subject, what])).toEqual([
    ['desk', ada.id, 'person added'],
    ['desk', ada.id, 'token added'],
    ['desk', ada.id, 'password set'],
    ['desk', ada.id, 'disabled'],
  ])
  expect(entries[0]?.details).toEqual({ name: 'Ada', role: 'manager', groups: 'Gym' })
  expect(entries[2]?.details).toEqual({ name: 'Ada', sessionsEnded: 0 })
  expect(entries[2]?.changes).toEqual({ tokens: [1, 0] })
  const written = JSON.stringify(entries)
  for (const secret of [password.hash, password.salt, token, 'correct horse'])
    expect(written).not.toContain(secret)
})

test('nobody has the name of what every object has', async () => {
  const { store } = await withAda()
  for (const name of ['__proto__', 'constructor', 'toString'])
    expect(findPerson(store.state, name)).toBeUndefined()
})

test.each([
  ['seven77', /8 characters or more/],
  ['aaaaaaaaaaaa', /over and over/],
  ['Margaret', /the name itself/],
  ['x'.repeat(2000), /too long/],
])('refuses the weak password %.20s', async (typed, words) => {
  const hashing = hashPassword({ name: 'margaret', typed })
  await expect(hashing).rejects.toEqual(refusal('invalid', words))
})

test('a password is right however the keyboard writes its letters, and only then', async () => {
  const kept = await cheapPassword('ada', 'caf\u00e9 au lait')
  expect(await isPassword(kept, 'cafe\u0301 au lait')).toBe(true)
  expect(await isPassword(kept, 'cafe au lait')).toBe(false)
  expect(await isPassword(kept, '')).toBe(false)
  expect(await isPassword(kept, 'x'.repeat(100_000))).toBe(false)
})

test('two who choose the same password are kept apart', async () => {
  const again = await cheapPassword('bo', 'correct horse')
  expect(again.hash).not.toBe(password.hash)
})

test('a password is kept at full cost, and old costs are still read', async () => {
  const kept = await hashPassword({ name: 'ada', typed: 'correct horse' })
  expect(kept).toMatchObject({ scheme: 'scrypt', ...passwordCost })
  expect(await isPassword(kept, 'correct horse')).toBe(true)
  expect(await isPassword(password, 'correct horse')).toBe(true)
})

test('an unknown name takes as long as a known one', async () => {
  const kept = await hashPassword({ name: 'ada', typed: 'correct horse' })
  // What the processors did for it: what else they have to do meanwhile is not measured.
  const timed = async (against: typeof kept | null) => {
    const before = process.cpuUsage()
    expect(await isPassword(against, 'wrong horse')).toBe(false)
    const { user, system } = process.cpuUsage(before)
    return user + system
  }
  let [known, unknown] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let time = 0; time < 3; time += 1) {
    known = Math.min(known, await timed(kept))
    unknown = Math.min(unknown, await timed(null))
  }
  expect(unknown).toBeGreaterThan(known / 3)
  expect(unknown).toBeLessThan(known * 3)
}, 120_000)

test('administrators see every printer, managers those of their groups, the disabled none', async () => {
  const { store, ada } = await withAda({ groups: ['Library'] })
  await store.update((tx) => tx.put('printers', aPrinter({ id: 'p-1', group: 'g-lib' })))
  await store.update((tx) => tx.put('printers', aPrinter({ id: 'p-2', group: 'g-gym' })))
  await store.update((tx) => tx.put('printers', aPrinter({ id: 'p-3', group: null })))
  const seen = (person: Person) => visiblePrinters(store.state, person).map(({ id }) => id)
  const root: Person = { ...ada, id: 'u-root', ...roles.administrator }
  expect(seen(root)).toEqual(['p-1', 'p-2', 'p-3'])
  expect(seen(ada)).toEqual(['p-1'])
  expect(seen({ ...ada, id: 'u-other' })).toEqual([])
  expect(seen({ ...root, disabledAt: act.now.toISOString() })).toEqual([])
  expect(maySee(store.state, ada, aPrinter({ group: 'g-gone' }))).toBe(false)
})
