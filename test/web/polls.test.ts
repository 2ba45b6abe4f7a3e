import { expect, test } from 'vitest'
import { Refusal } from '../../src/core/refusal.ts'
import { createPolls } from '../../src/web/polls.ts'
import { until } from '../boot.ts'
import { createTestClock } from '../parts/clock.ts'
import { aPrinter } from '../parts/records.ts'
import { startTwoGroups } from '../parts/two-groups.ts'
import { startWeb } from '../parts/web.ts'

// Rounds in the background.

/** Printers that answer when they are told to. */
async function aFleet() {
  const { web } = await startTwoGroups()
  await web.stop()
  const waiting = new Map<string, (outcome: 'answered' | Error) => void>()
  const fleet = {
    status: web.fleet.status,
    pollNow: (id: string) =>
      new Promise<void>((resolve, reject) =>
        waiting.set(id, (outcome) => (outcome === 'answered' ? resolve() : reject(outcome))),
      ),
  }
  return { polls: createPolls({ clock: createTestClock(), fleet }), waiting }
}

test('a round goes on to its end though a printer goes meanwhile', async () => {
  const { polls, waiting } = await aFleet()
  const { id } = polls.start('ada', ['lib', 'gym'])
  expect(polls.get('ada', id)).toMatchObject({ total: 2, done: 0, endedAt: null })
  waiting.get('gym')?.(new Refusal('missing', 'There is no such printer.'))
  await until(() => polls.get('ada', id).done === 1)
  waiting.get('lib')?.('answered')
  await until(() => polls.get('ada', id).endedAt !== null)
  expect(polls.get('ada', id)).toMatchObject({ total: 2, done: 2, silent: 0 })
})

test('the same again is joined; of others a person has four under way at most', async () => {
  const { polls } = await aFleet()
  const first = polls.start('ada', ['lib', 'gym'])
  expect(polls.start('ada', ['gym', 'lib'])).toBe(first)
  expect(polls.start('ben', ['lib', 'gym'])).not.toBe(first)
  for (const id of ['a', 'b', 'c']) polls.start('ada', [id])
  expect(() => polls.start('ada', ['d'])).toThrow(expect.objectContaining({ code: 'too-many' }))
})

test('a round is nobody else’s business', async () => {
  const { polls } = await aFleet()
  const { id } = polls.start('ada', ['lib'])
  expect(() => polls.get('ben', id)).toThrow(expect.objectContaining({ code: 'missing' }))
  expect([polls.latest('ben'), polls.latest('ada')?.id]).toEqual([null, id])
})

test('old rounds are forgotten, those under way never', async () => {
  const { polls, waiting } = await aFleet()
  const first = polls.start('ada', ['lib'])
  const second = polls.start('ben', ['gym'])
  waiting.get('gym')?.('answered')
  await until(() => second.endedAt !== null)
  for (let at = 0; at < 100; at++) polls.start(`p-${at}`, ['lib'])
  expect(polls.get('ada', first.id)).toBe(first)
  expect(() => polls.get('ben', second.id)).toThrow('no such round')
})

test('once all were asked, the list is of what they said, however many there are', async () => {
  const web = await startWeb()
  const ids = Array.from({ length: 120 }, (_, at) => `p-${at}`)
  await web.store.update((tx) => {
    for (const [at, id] of ids.entries())
      tx.put('printers', aPrinter({ id, ipAddress: `10.0.1.${at + 1}` }))
  })
  await web.person('ada', 'administrator')
  const told = async (path: string, init: RequestInit = {}) =>
    (await web.get(`/api/v1${path}`, 'ada', init)).json() as Promise<Record<string, unknown>>
  const known = async () => (await told('/printers?verdict=ok')).total
  expect(await known()).toBe(0)
  const { id } = await told('/polls', { method: 'POST' })
  // Looked at all the while: what was made is kept for a second.
  await until(async () => {
    const { endedAt } = await told(`/polls/${id}`)
    if (endedAt === null) await known()
    return endedAt !== null
  })
  expect(await known()).toBe(120)
  await web.stop()
})
