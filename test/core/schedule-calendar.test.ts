import { expect, it } from 'vitest'
import { Refusal } from '../../src/core/refusal.ts'
import { createCalendar } from '../../src/core/schedule/calendar.ts'
import type { Store } from '../../src/core/store.ts'
import { createTestClock } from '../parts/clock.ts'
import { quiet } from '../parts/log.ts'
import { createMemoryStore } from '../parts/store.ts'

const hour = 3_600_000
const day = 24 * hour

/** A backup each day at three, UTC; it is eight in the morning of 2 March. */
function aPrintRoom(store: Store = createMemoryStore()) {
  const made = createTestClock()
  let isTrusted = true
  const clock = { ...made, trusted: () => isTrusted }
  const calls: string[] = []
  let call = (_slot: string): boolean | Promise<boolean> => true
  const calendar = createCalendar({
    ...{ store, clock, timeZone: 'UTC', log: quiet },
    lines: [
      {
        name: 'backup',
        when: { daily: '03:00' },
        call(slot) {
          calls.push(slot)
          return call(slot)
        },
      },
    ],
  })
  return {
    ...{ store, clock, calls, ask: calendar.ask },
    trust: (now: boolean) => {
      isTrusted = now
    },
    answers: (next: typeof call) => {
      call = next
    },
    /** Asked each minute, as the timetable does. */
    async passes(ms: number) {
      for (let left = ms; left > 0; left -= 60_000) {
        clock.advance(60_000)
        await calendar.ask()
      }
    },
  }
}

it('a machine that was off at three makes its backup at the start, once, and the next at three', async () => {
  const room = aPrintRoom()
  await room.ask()
  await room.passes(day - 6 * hour)
  expect(room.calls).toEqual(['2026-03-02'])
  await room.passes(2 * hour)
  expect(room.calls).toEqual(['2026-03-02', '2026-03-03'])
  const again = aPrintRoom(room.store)
  await again.passes(hour)
  expect(again.calls).toEqual([])
})

it('nothing is done while the clock is not trusted, and what is due as soon as it is', async () => {
  const room = aPrintRoom()
  room.trust(false)
  room.clock.set(new Date('1970-01-01T00:00:00Z'))
  await room.passes(30 * hour)
  expect(room.calls).toEqual([])
  expect(room.store.state.schedule).toEqual({})
  room.clock.set(new Date('2026-03-02T08:00:00Z'))
  room.trust(true)
  await room.passes(hour)
  expect(room.calls).toEqual(['2026-03-02'])
})

it('a clock that is set two years ahead, and back, makes one backup too many and none too few', async () => {
  const room = aPrintRoom()
  await room.ask()
  room.clock.set(new Date('2028-03-02T08:00:00Z'))
  await room.passes(hour)
  room.clock.set(new Date('2026-03-02T09:00:00Z'))
  await room.passes(2 * day)
  expect(room.calls).toEqual(['2026-03-02', '2028-03-02', '2026-03-03', '2026-03-04'])
})

it.each([
  ['says that it was not done', () => false],
  ['breaks', () => Promise.reject(new Error('no such folder'))],
])(
  'a backup that %s is tried again after an hour, and the next day there is one of that day',
  async (_what, fails) => {
    const room = aPrintRoom()
    room.answers(fails)
    await room.ask()
    await room.passes(hour - 60_000)
    expect(room.calls).toHaveLength(1)
    await room.passes(60_000)
    expect(room.calls).toEqual(['2026-03-02', '2026-03-02'])
    await room.passes(18 * hour - 60_000)
    expect(new Set(room.calls)).toEqual(new Set(['2026-03-02']))
    room.answers(() => true)
    await room.passes(60_000)
    expect(room.calls.at(-1)).toBe('2026-03-03')
    expect(room.store.state.schedule.backup?.done).toEqual(['2026-03-03'])
  },
)

it('one that takes long is not begun again meanwhile', async () => {
  const room = aPrintRoom()
  let end = (_done: boolean) => {}
  room.answers(
    () =>
      new Promise((resolve) => {
        end = resolve
      }),
  )
  const first = room.ask()
  await room.passes(3 * hour)
  end(true)
  await first
  await room.passes(hour)
  expect(room.calls).toEqual(['2026-03-02'])
})

it('what the disk would not note is not done again before it is noted', async () => {
  const store = createMemoryStore()
  let isFull = true
  const update: Store['update'] = async (change) => {
    if (isFull) throw new Refusal('unkeepable', 'The disk is full.')
    return store.update(change)
  }
  const room = aPrintRoom({ ...store, update })
  await room.passes(5 * hour)
  expect(room.calls).toEqual(['2026-03-02'])
  isFull = false
  await room.passes(hour)
  expect(room.calls).toEqual(['2026-03-02'])
  expect(store.state.schedule.backup?.done).toEqual(['2026-03-02'])
})
