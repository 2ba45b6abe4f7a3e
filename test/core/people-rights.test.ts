import { beforeEach, describe, expect, test } from 'vitest'
import { changePerson, type PersonChanges } from '../../src/core/people/changed.ts'
import { onAccount, onNewAccount, refuseMoreThanOwn } from '../../src/core/people/giver.ts'
import { setManagers } from '../../src/core/people/managers.ts'
import {
  addPerson,
  disablePerson,
  enablePerson,
  setOwnPassword,
  setPassword,
} from '../../src/core/people/people.ts'
import type { Person } from '../../src/core/people/person.ts'
import { noRights, roles } from '../../src/core/people/rights.ts'
import {
  beginSession,
  endSessions,
  sessionHandle,
  sessionsOf,
} from '../../src/core/people/sessions.ts'
import { addToken, removeToken } from '../../src/core/people/tokens.ts'
import type { Store } from '../../src/core/store.ts'
import { createAct } from '../parts/act.ts'
import { aGroup, aPerson, cheapPassword } from '../parts/records.ts'
import { createMemoryStore } from '../parts/store.ts'

// Who looks after accounts, and how far: Root after all, Dean after accounts of the gym only.

const act = createAct()
const password = await cheapPassword('root', 'root rides a horse')
const refusal = (code: string, words: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(words) })
const deans = { ...roles.manager.rights, people: 'change' } as const

let store: Store
const root = aPerson({ id: 'root', role: 'administrator', password })
const dean = aPerson({ id: 'dean', rights: deans, password })
const ben = aPerson({ id: 'ben', password, email: 'ben@school.example' })

beforeEach(async () => {
  store = createMemoryStore()
  await store.update((tx) => {
    for (const person of [root, dean, ben]) tx.put('people', person)
    tx.put('groups', aGroup({ id: 'lib', name: 'Library' }))
    tx.put('groups', aGroup({ id: 'gym', name: 'Gym', managers: ['dean', 'ben'] }))
  })
})

const change = (giver: Person, person: string, changes: PersonChanges) =>
  store.update((tx) =>
    onAccount(tx, { giver, person }, ({ name }) => changePerson(tx, { name, changes }, act)),
  )
const lastEntry = () => Object.values(store.state.journal).at(-1)

describe('what is said of an account', () => {
  test('is changed, and the journal has each right before and after', async () => {
    const { rights } = roles.reader
    await change(root, 'ben', { name: 'Benjamin', reach: 'all', rights, groups: ['lib'] })
    expect(store.state.people.ben).toMatchObject({ name: 'Benjamin', reach: 'all', rights })
    expect(store.state.groups.gym?.managers).toEqual(['dean'])
    expect(store.state.groups.lib?.managers).toEqual(['ben'])
    expect(lastEntry()).toMatchObject({ what: 'person changed', details: { name: 'Benjamin' } })
    expect(lastEntry()?.changes).toEqual({
      name: ['ben', 'Benjamin'],
      reach: ['groups', 'all'],
      'rights.printers': ['change', 'look'],
      'rights.tickets': ['change', 'look'],
      'rights.inventory': ['none', 'look'],
      'rights.contracts': ['none', 'look'],
      'rights.jobs': ['none', 'look'],
      groups: ['Gym', 'Library'],
    })
  })

  test('an e-mail address is what the journal forgets when its owner asks', async () => {
    await change(root, 'ben', { email: 'b@school.example' })
    expect(lastEntry()?.changes).toEqual({})
    expect(lastEntry()?.personal?.fields).toEqual({
      email: 'b@school.example',
      emailBefore: 'ben@school.example',
    })
  })

  test.each([
    [{ name: 'DEAN' }, 'conflict', /an account named dean/],
    [{ name: 'a:b' }, 'invalid', /no colon/],
    [{ email: 'nowhere' }, 'invalid', /no e-mail address/],
    [{ email: null, summary: true }, 'invalid', /goes by e-mail/],
    [{ email: null, openId: true }, 'invalid', /first sign-in with OpenID/],
    [{ groups: ['gone'] }, 'missing', /no such group/],
  ] as const)('refuses %j', async (changes, code, words) => {
    await expect(change(root, 'ben', changes)).rejects.toEqual(refusal(code, words))
    expect(store.state.people.ben).toBe(ben)
  })

  test('a name may change its case', async () => {
    await change(root, 'ben', { name: 'Ben' })
    expect(store.state.people.ben?.name).toBe('Ben')
  })

  test('without OpenID the account there is forgotten, and who came in by it is out', async () => {
    const identity = { issuer: 'https://id.example', subject: '7' }
    await store.update((tx) => {
      tx.put('people', { ...ben, openId: true, identity })
      for (const by of ['openid', 'password'] as const)
        beginSession(tx, 'ben', { now: act.now, clockTrusted: true, by, browser: '' })
    })
    await change(root, 'ben', { openId: false })
    expect(store.state.people.ben).toMatchObject({ openId: false, identity: null })
    expect(sessionsOf(store.state, 'ben').map(({ by }) => by)).toEqual(['password'])
  })
})

describe('nobody gives more than their own', () => {
  const beyond = { ...deans, system: 'look' } as const

  test.each([
    ['a right that they lack', { rights: beyond }, /in the area “system” dean has “none”/],
    ['all printers', { reach: 'all' }, /some groups only/],
    ['a group of others', { groups: ['gym', 'lib'] }, /some groups only/],
  ] as const)('not %s', async (_, changes, words) => {
    await expect(change(dean, 'ben', changes)).rejects.toEqual(refusal('forbidden', words))
    expect(store.state.people.ben).toBe(ben)
    expect(store.state.groups.lib?.managers).toEqual([])
  })

  test('not to themselves, nor in a new account', async () => {
    const own = change(dean, 'dean', { rights: beyond })
    await expect(own).rejects.toEqual(refusal('forbidden', /“system”/))
    const adding = store.update((tx) =>
      onNewAccount(tx, dean, () => addPerson(tx, { name: 'Eve', role: 'reader', password }, act)),
    )
    await expect(adding).rejects.toEqual(refusal('forbidden', /more than they may/))
    expect(Object.keys(store.state.people)).toEqual(['root', 'dean', 'ben'])
    expect(() => refuseMoreThanOwn(dean, beyond)).toThrow(/“system”/)
  })

  test('but gives what is theirs, and may give up what they have', async () => {
    await change(dean, 'ben', { rights: deans })
    await change(dean, 'dean', { rights: { ...noRights, tickets: 'look' }, groups: [] })
    expect(store.state.people.ben?.rights).toEqual(deans)
    expect(store.state.groups.gym?.managers).toEqual(['ben'])
  })

  test('an account that may more, or elsewhere, is not touched', async () => {
    await expect(change(dean, 'root', { summary: false })).rejects.toEqual(
      refusal('forbidden', /root may more here than dean/),
    )
    await store.update((tx) =>
      tx.put('groups', aGroup({ id: 'lib', name: 'Library', managers: ['ben'] })),
    )
    await expect(change(dean, 'ben', { summary: false })).rejects.toEqual(
      refusal('forbidden', /ben may more here than dean/),
    )
    await expect(change(dean, 'nobody', {})).rejects.toEqual(refusal('missing', /no such account/))
  })

  test('managers are named in groups in sight, of accounts that may no more', async () => {
    const set = (giver: Person, group: string, managers: string[]) =>
      store.update((tx) => setManagers(tx, { giver, group, managers }, act))
    await set(dean, 'gym', ['dean'])
    expect(store.state.groups.gym?.managers).toEqual(['dean'])
    expect(lastEntry()).toMatchObject({
      what: 'group changed',
      changes: { managers: ['ben, dean', 'dean'] },
    })
    await expect(set(dean, 'lib', ['dean'])).rejects.toEqual(refusal('missing', /group/))
    await expect(set(dean, 'gym', ['root'])).rejects.toEqual(refusal('forbidden', /root may more/))
    await expect(set(root, 'gym', ['gone'])).rejects.toEqual(refusal('missing', /account/))
  })
})

describe('the last account that may change every other one', () => {
  test.each([
    ['disabled', (name: string) => ({ name, act: 'disable' as const })],
    ['demoted', (name: string) => ({ name, act: 'demote' as const })],
    ['given less to see', (name: string) => ({ name, act: 'narrow' as const })],
    ['without a password', (name: string) => ({ name, act: 'take' as const })],
  ])('is not %s', async (_, of) => {
    const doing = (person: string) =>
      store.update((tx) =>
        onAccount(tx, { giver: root, person }, ({ name }) => {
          switch (of(name).act) {
            case 'disable':
              return disablePerson(tx, { name }, act)
            case 'demote':
              return changePerson(tx, { name, changes: roles.reader }, act)
            case 'narrow':
              return changePerson(tx, { name, changes: { reach: 'groups' } }, act)
            default:
              return setPassword(tx, { name, password: null }, act)
          }
        }),
      )
    await expect(doing('root')).rejects.toEqual(refusal('conflict', /the last account/))
    expect(store.state.people.root).toBe(root)
    const second = aPerson({ id: 'second', role: 'administrator', password })
    await store.update((tx) => tx.put('people', second))
    await doing('root')
    await expect(doing('second')).rejects.toEqual(refusal('conflict', /the last account/))
  })

  test('is not one that was never seen at the OpenID provider', async () => {
    const identity = { issuer: 'https://id.school.test', subject: '1' }
    const other = aPerson({ id: 'other', role: 'administrator', openId: true, email: 'o@s.test' })
    const disable = () =>
      store.update((tx) =>
        onAccount(tx, { giver: root, person: 'root' }, ({ name }) =>
          disablePerson(tx, { name }, act),
        ),
      )
    await store.update((tx) => tx.put('people', other))
    await expect(disable()).rejects.toEqual(refusal('conflict', /the last account/))
    await store.update((tx) => tx.put('people', { ...other, identity }))
    await disable()
    expect(store.state.people.root?.disabledAt).not.toBeNull()
  })

  test('at the machine itself is no last one: that is the way back in', async () => {
    await store.update((tx) => disablePerson(tx, { name: 'root' }, act))
    await store.update((tx) => enablePerson(tx, { name: 'root' }, act))
    expect(store.state.people.root?.disabledAt).toBeNull()
  })
})

describe('tokens', () => {
  test('are listed, end on their day or by hand, and the journal has both', async () => {
    const rights = { ...noRights, tickets: 'look' } as const
    await store.update((tx) =>
      addToken(tx, { name: 'ben', use: 'the board', rights, days: 30 }, act),
    )
    const [token] = store.state.people.ben?.tokens ?? []
    expect(token).toMatchObject({
      name: 'the board',
      rights,
      expiresAt: '2026-04-01T08:00:00.000Z',
    })
    const id = token?.id ?? ''
    await store.update((tx) => removeToken(tx, { name: 'ben', id }, act))
    expect(store.state.people.ben?.tokens).toEqual([])
    expect(lastEntry()).toMatchObject({
      what: 'token ended',
      details: { token: 'the board' },
      changes: { tokens: [1, 0] },
    })
    const again = store.update((tx) => removeToken(tx, { name: 'ben', id }, act))
    await expect(again).rejects.toEqual(refusal('missing', /no such token/))
  })

  test.each([
    [{ use: 'two\nlines' }, 'invalid', /in one line/],
    [{ days: 0 }, 'invalid', /1 to 3650 days/],
    [{ days: 1.5 }, 'invalid', /1 to 3650 days/],
  ])('refuses %j', async (words, code, sentence) => {
    const adding = store.update((tx) => addToken(tx, { name: 'ben', ...words }, act))
    await expect(adding).rejects.toEqual(refusal(code, sentence))
  })

  test('have no end while nobody knows what day it is', async () => {
    const unsure = { ...act, clockTrusted: false }
    const adding = store.update((tx) => addToken(tx, { name: 'ben', days: 30 }, unsure))
    await expect(adding).rejects.toEqual(refusal('conflict', /clock of this machine is not set/))
    await store.update((tx) => addToken(tx, { name: 'ben' }, unsure))
    expect(store.state.people.ben?.tokens[0]?.expiresAt).toBeNull()
  })

  test('are fifty at most', async () => {
    const one = () => store.update((tx) => addToken(tx, { name: 'ben' }, act))
    for (let count = 0; count < 50; count++) await one()
    await expect(one()).rejects.toEqual(refusal('conflict', /50 tokens/))
  })
})

test('browsers are signed out one by one, by a handle that is not what is kept', async () => {
  const begin = (id: string) =>
    store.update((tx) =>
      beginSession(tx, id, { now: act.now, clockTrusted: true, by: 'password', browser: '' }),
    )
  await begin('ben')
  await begin('ben')
  await begin('dean')
  const [first, second] = sessionsOf(store.state, 'ben')
  const [deans] = sessionsOf(store.state, 'dean')
  if (!first || !second || !deans) throw new Error('nobody is signed in')
  expect(first.id).not.toContain(sessionHandle(first))
  const end = (handles: string[]) =>
    store.update((tx) => endSessions(tx, { person: ben, handles }, act))
  await expect(end([sessionHandle(deans)])).rejects.toEqual(refusal('missing', /no such browser/))
  expect(await end([sessionHandle(first)])).toBe(1)
  expect(sessionsOf(store.state, 'ben')).toEqual([second])
  expect(lastEntry()).toMatchObject({
    what: 'sessions ended',
    details: { name: 'ben', sessions: 1 },
  })
})

test('an own password that somebody else has changed meanwhile stays theirs', async () => {
  const newer = await cheapPassword('ben', 'somebody else has it')
  await store.update((tx) => setPassword(tx, { name: 'ben', password: newer }, act))
  const own = store.update((tx) => setOwnPassword(tx, { checked: ben, password }, act))
  await expect(own).rejects.toEqual(refusal('conflict', /has changed this account/))
  expect(store.state.people.ben?.password).toEqual(newer)
})
