import { afterEach, expect, test } from 'vitest'
import { disablePerson } from '../../src/core/people/people.ts'
import { addToken } from '../../src/core/people/tokens.ts'
import { aGroup, aPrinter } from '../parts/records.ts'
import { type RunningWeb, startWeb } from '../parts/web.ts'

let web: RunningWeb
afterEach(() => web.stop())

/** Ben looks after the gym; the card takes its time, and meanwhile this happens. */
async function openTo(meanwhile: () => Promise<void>): Promise<string> {
  web = await startWeb({
    async history() {
      await meanwhile()
      return []
    },
  })
  await web.store.update((tx) => {
    tx.put('groups', aGroup({ id: 'g-gym', name: 'Gym' }))
    tx.put('printers', aPrinter({ id: 'gym', group: 'g-gym' }))
  })
  await web.person('ben', 'manager', ['Gym'])
  return web.store.update((tx) => addToken(tx, { name: 'ben' }, web.act))
}

const statusOf = async (path: string, token: string) =>
  (await web.get(path, null, { headers: { authorization: `Bearer ${token}` } })).status

test('a history is not told of a printer that went out of reach while it was looked up', async () => {
  const token = await openTo(() =>
    web.store.update((tx) => tx.put('printers', aPrinter({ id: 'gym', group: null }))),
  )
  expect(await statusOf('/api/v1/printers/gym/history', token)).toBe(404)
})

test.each([
  ['/api/v1/printers/gym/history', 401],
  ['/printers/gym/history', 303],
])('%s tells nothing to whose account was disabled meanwhile', async (path, status) => {
  const token = await openTo(() =>
    web.store.update((tx) => void disablePerson(tx, { name: 'ben' }, web.act)),
  )
  expect(await statusOf(path, token)).toBe(status)
})
