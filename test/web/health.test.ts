import { afterEach, expect, test } from 'vitest'
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
