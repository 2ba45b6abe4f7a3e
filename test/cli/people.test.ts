import { beforeEach, expect, test } from 'vitest'
import { type Ask, perform } from '../../src/cli/acts.ts'
import { peopleVerb } from '../../src/cli/people.ts'
import { WrongUsage } from '../../src/cli/verb.ts'
import { findByToken, findPerson } from '../../src/core/people/find.ts'
import { noRights, roles } from '../../src/core/people/rights.ts'
import { createAct } from '../parts/act.ts'
import { aDesk } from '../parts/desk.ts'
import { aGroup, aPerson } from '../parts/records.ts'
import { createMemoryStore } from '../parts/store.ts'

let store: ReturnType<typeof createMemoryStore>

beforeEach(async () => {
  store = createMemoryStore()
  await store.update((tx) => {
    tx.put('people', aPerson({ id: 'ada', role: 'administrator' }))
    tx.put('people', aPerson({ id: 'ben' }))
    tx.put('groups', aGroup({ managers: ['ben'] }))
  })
})

/** Types `platen people ARGS`; nobody answers a question for a password. */
async function people(...args: string[]) {
  const act = createAct('desk')
  const place = {
    store: { ...store, rewrite: async () => {} },
    seen: null,
    summaryTo: null,
    labels: { publicUrl: null, labelUrls: 'checked' as const },
    makeBackup: () => Promise.reject(new Error('no backup is made here')),
  }
  const ask = (name: string, given: unknown) => perform(place, { act: name, args: given }, act)
  const { desk, said } = aDesk({
    ask: ask as Ask,
    askSecret: () => Promise.reject(new Error('nobody is asked')),
  })
  const code = await peopleVerb.run(args, desk)
  return { code, ...said() }
}

test('who signs in with OpenID is added without a password', async () => {
  const words = ['--role', 'reader', '--openid', '--email', 'cy@school.example']
  expect(await people('add', 'cy', ...words)).toMatchObject({ code: 0, out: 'cy was added.\n' })
  const cy = findPerson(store.state, 'cy')
  expect(cy).toMatchObject({ ...roles.reader, password: null, openId: true })
})

test('rights are given area by area, and the list tells those that have no name', async () => {
  const given = await people('rights', 'ben', 'reports=change', 'printers=look', '--reach', 'all')
  expect(given.out).toBe('ben: printers=look tickets=change reports=change; all.\n')
  expect(findPerson(store.state, 'ben')).toMatchObject({
    reach: 'all',
    rights: { ...noRights, printers: 'look', tickets: 'change', reports: 'change' },
  })
  const { out } = await people('list')
  expect(out).toMatch(/^ada +administrator +all +0$/m)
  expect(out).toMatch(/^ben +printers=look tickets=change reports=change +all +0$/m)
})

test('a token has a use, rights and an end, and is ended by its id', async () => {
  const words = ['--for', 'the board', '--right', 'tickets=look', '--days', '30']
  const { out } = await people('token', 'ben', ...words)
  const found = findByToken(store.state, out.trim())
  expect(found?.token).toMatchObject({
    ...{ name: 'the board', rights: { ...noRights, tickets: 'look' } },
    expiresAt: '2026-04-01T08:00:00.000Z',
  })
  const id = found?.token.id ?? ''
  expect((await people('tokens', 'ben')).out).toMatch(
    new RegExp(`^${id} +the board +tickets=look +2026-04-01$`, 'm'),
  )
  expect((await people('untoken', 'ben', id)).out).toBe('A token of ben has ended.\n')
  expect(findByToken(store.state, out.trim())).toBeNull()
  expect((await people('tokens', 'ben')).out).toContain('No tokens')
})

test.each([
  [['add', 'cy', '--role', 'king'], /--role administrator, manager, reader/],
  [['add', 'cy', '--role', 'reader', '--group', 'Library'], /sees every printer/],
  [['add', 'cy', '--role', 'reader', '--openid'], /give --email too/],
  [['rights', 'ben'], /Say which rights/],
  [['rights', 'ben', 'coffee=look'], /"coffee" is no area; they are printers/],
  [['rights', 'ben', 'tickets=all'], /tickets=none, tickets=look or tickets=change/],
  [['rights', 'ben', '--reach', 'some'], /--reach is all or groups/],
  [['token', 'ben', '--days', '0'], /--days is a number/],
  [['untoken', 'ben'], /whose token, and its id/],
])('%j is wrong usage', async (args, words) => {
  const typed = people(...args)
  await expect(typed).rejects.toThrow(WrongUsage)
  await expect(typed).rejects.toThrow(words)
})
