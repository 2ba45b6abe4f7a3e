import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { type Line, startTimetable } from '../src/timetable.ts'
import { createTestClock } from './parts/clock.ts'
import { quiet } from './parts/log.ts'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

function started(lines: readonly Line[], clock = createTestClock(), timeZone = 'Europe/Berlin') {
  stops.push(startTimetable(lines, quiet, timeZone, clock.now))
  return clock
}

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo() && tries < 1800; tries++) await wait(10)
  expect(isSo()).toBe(true)
}

it('a cron line goes on with the next minute that it means here, however far the clock is set', async () => {
  const heard: string[] = []
  const line = (name: string, when: string): Line => ({
    ...{ name, when },
    call: () => {
      heard.push(name)
    },
  })
  const clock = started([line('each', '* * * * *'), line('nine', '0 9 * * *')])
  for (const [set, calls] of [
    ['2028-03-02T08:00:10Z', ['each', 'nine']],
    ['1970-01-01T00:00:10Z', ['each']],
    ['2026-03-02T08:05:10Z', ['each']],
  ] as const) {
    clock.set(new Date(set))
    await until(() => heard.length >= calls.length)
    expect(heard.splice(0)).toEqual(calls)
  }
  await wait(1100)
  expect(heard).toEqual([])
})

it('a line that breaks is called again, and none after the end', async () => {
  let calls = 0
  started([
    {
      name: 'breaks',
      when: { everySeconds: 0.01 },
      call: () => {
        calls += 1
        throw new Error('broken')
      },
    },
  ])
  await until(() => calls > 3)
  for (const stop of stops.splice(0)) stop()
  const before = calls
  await wait(50)
  expect(calls).toBe(before)
})

it('a cron line that means nothing is told at the start', () => {
  const line = { name: 'odd', when: 'at three', call: () => {} }
  expect(() => started([line])).toThrow()
})
