import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { findPerson } from '../../src/core/people/find.ts'
import { isPassword } from '../../src/core/people/password.ts'
import { openDemo } from '../../src/demo/demo.ts'
import { createMemoryStore } from '../parts/store.ts'

async function aDemo(environment: Record<string, string> = {}) {
  const demo = await openDemo(environment)
  onTestFinished(demo.stop)
  const store = createMemoryStore()
  await demo.fill(store)
  return { demo, store, hints: demo.hints(store).join('\n') }
}

it('takes nothing real from the environment', async () => {
  const { demo } = await aDemo({
    EMAIL_HOST: 'mail.school.edu',
    EMAIL_TO: 'printers@school.edu',
    SNMP_COMMUNITY: 'secret',
    PLATEN_DATA_DIR: '/var/lib/platen',
    PLATEN_TIME_ZONE: 'Europe/Berlin',
    PLATEN_HTTP_PORT: '8099',
  })
  expect(demo.settings).toMatchObject({
    EMAIL_HOST: '127.0.0.1',
    PLATEN_TIME_ZONE: 'Europe/Berlin',
    PLATEN_PUBLIC_URL: 'http://127.0.0.1:8099',
  })
  expect(Object.values(demo.settings).join()).not.toMatch(/school|secret|\/var\//)
  expect(demo.folder).not.toContain('/var/lib')
})

it('two groups, an account that sees both, and a password that is another each time', async () => {
  const [one, two] = [await aDemo(), await aDemo()]
  const passwordOf = (hints: string) => /robin \/ (\S+)/.exec(hints)?.[1] ?? ''
  expect(passwordOf(one.hints)).toMatch(/^[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}$/)
  expect(passwordOf(one.hints)).not.toBe(passwordOf(two.hints))
  const robin = findPerson(one.store.state, 'robin')
  expect(await isPassword(robin?.password ?? null, passwordOf(one.hints))).toBe(true)
  const groups = Object.values(one.store.state.groups)
  expect(groups.map(({ name }) => name).sort()).toEqual(['Library', 'Science'])
  for (const { managers } of groups) expect(managers).toEqual([robin?.id])
})

it('there are tickets at every step of their way, and letters that tell of them', async () => {
  const { store } = await aDemo()
  const states = Object.values(store.state.tickets).map(({ state }) => state)
  expect(states.sort()).toEqual(['open', 'resolved', 'taken'])
  expect(Object.values(store.state.outbox)).toHaveLength(4)
})

it('its folder is gone when it ends', async () => {
  const demo = await openDemo({})
  const whole = dirname(demo.folder)
  expect(existsSync(whole)).toBe(true)
  await demo.stop()
  expect(existsSync(whole)).toBe(false)
})
