import { expect, it } from 'vitest'
import { disablePerson } from '../../src/core/people/people.ts'
import { roles } from '../../src/core/people/rights.ts'
import { Refusal } from '../../src/core/refusal.ts'
import { createCalendar } from '../../src/core/schedule/calendar.ts'
import type { Store } from '../../src/core/store.ts'
import { postSummary, summaryLine } from '../../src/core/tickets/digest.ts'
import { lastSummary, summaries } from '../../src/core/tickets/summary.ts'
import { createAct } from '../parts/act.ts'
import { createTestClock } from '../parts/clock.ts'
import { quiet } from '../parts/log.ts'
import { createMemoryStore } from '../parts/store.ts'
import { aPrintRoom, eight, hoursAgo, longAgo } from '../parts/summary.ts'

const whole = { recipients: 'desk@school.test', lookbackHours: null, includeClosed: false }

async function aRoom(store: Store = createMemoryStore()) {
  return { store, ...(await aPrintRoom(store)) }
}

/** Ids of the tickets that the desk is told of. */
const told = (store: Store, wish: object) =>
  summaries(store.state, { ...whole, ...wish }, eight)[0]?.facts.tickets.map(({ ticket }) => ticket)

it('the longest open first, with its printer, its state and how long it has been open', async () => {
  const { store, report } = await aRoom()
  await report('t-new', 'gym', 1)
  await report('t-old', 'lib', 73)
  const [letter] = summaries(store.state, whole, eight)
  expect(letter).toMatchObject({
    to: 'desk@school.test',
    facts: {
      at: eight.toISOString(),
      tickets: [
        {
          ...{ ticket: 't-old', printer: 'LIB-1', place: 'Library Room 12', state: 'open' },
          ...{ title: 'Asks for toner', openMinutes: 73 * 60, isSettled: false },
        },
        { ticket: 't-new', printer: 'GYM-1', place: 'Gym', openMinutes: 60 },
      ],
    },
  })
  expect(JSON.stringify(letter)).not.toMatch(/Sam|sam@|thesis/)
})

it('an account is told of what it may see, and only where it asked for it and has an address', async () => {
  const { store, report, wants, posted } = await aRoom()
  await report('t-lib', 'lib', 2)
  await report('t-gym', 'gym', 1)
  const send = () => store.update((tx) => postSummary(tx, whole, createAct()))
  await wants('ben')
  await wants('ada', { disabledAt: eight.toISOString() })
  await send()
  expect(posted()).toEqual({
    'desk@school.test': ['t-lib', 't-gym'],
    'Ben@school.test': ['t-gym'],
  })
})

it.each([
  ['may not look at tickets', { rights: { ...roles.administrator.rights, tickets: 'none' } }],
  ['is disabled', { disabledAt: eight.toISOString() }],
  ['has no address', { email: null }],
  ['does not want it', { summary: false }],
])('an account that %s gets no summary', async (_what, words) => {
  const { store, report, wants } = await aRoom()
  await report('t-lib', 'lib', 2)
  const to = () => summaries(store.state, whole, eight).map((each) => each.to)
  await wants('ada')
  expect(to()).toContain('ada@school.test')
  await wants('ada', words)
  expect(to()).not.toContain('ada@school.test')
})

it('an address gets one letter, in whatever case it stands in settings and accounts', async () => {
  const { store, report, wants } = await aRoom()
  await report('t-lib', 'lib', 2)
  await wants('ben')
  const recipients = 'DESK@school.test, desk@school.test; ben@SCHOOL.test'
  expect(summaries(store.state, { ...whole, recipients }, eight)).toMatchObject([
    { to: 'DESK@school.test' },
    { to: 'ben@SCHOOL.test', facts: { tickets: [{ ticket: 't-lib' }] } },
  ])
})

it('looks back some hours, and further where the clock was not right then', async () => {
  const { store, report } = await aRoom()
  await report('t-old', 'lib', 30)
  await report('t-unsure', 'gym', 29, { clockTrusted: false })
  await report('t-new', 'gym', 3)
  expect(told(store, {})).toEqual(['t-old', 't-unsure', 't-new'])
  expect(told(store, { lookbackHours: 24 })).toEqual(['t-unsure', 't-new'])
})

it('tells of what was settled where that is asked for: in the hours, else since the last of a day', async () => {
  const { store, report } = await aRoom()
  await report('t-open', 'lib', 100)
  await report('t-done-long', 'lib', 90, { resolvedHoursAgo: 80 })
  await report('t-done', 'gym', 90, { resolvedHoursAgo: 30 })
  await report('t-just', 'gym', 9, { resolvedHoursAgo: 2 })
  expect(told(store, {})).toEqual(['t-open'])
  expect(told(store, { includeClosed: true })).toEqual(['t-open', 't-just'])
  expect(told(store, { includeClosed: true, lookbackHours: 48 })).toEqual(['t-done', 't-just'])
  const line = aLine(store, createTestClock(hoursAgo(60).toISOString()))
  await line.call('2026-02-27')
  expect(lastSummary(store.state)).toBe(hoursAgo(60).toISOString())
  expect(told(store, { includeClosed: true })).toEqual(['t-open', 't-done', 't-just'])
  await store.update((tx) => postSummary(tx, whole, createAct('ada', hoursAgo(1))))
  expect(told(store, { includeClosed: true })).toEqual(['t-open', 't-done', 't-just'])
  expect(summaries(store.state, { ...whole, includeClosed: true }, eight)[0]).toMatchObject({
    facts: { tickets: [{}, { isSettled: true, state: 'resolved by ada', openMinutes: 3600 }, {}] },
  })
})

it('with nothing to tell there is no letter; with nobody to tell, somebody by hand is told so', async () => {
  const { store } = await aRoom()
  expect(summaries(store.state, whole, eight)).toEqual([])
  expect(() => summaries(store.state, { ...whole, recipients: null }, eight)).toThrow(
    /Nobody gets the summary\. Set ISSUE_SUMMARY_RECIPIENT or EMAIL_TO/,
  )
})

const aLine = (
  store: Store,
  clock = createTestClock(),
  recipients: string | null = 'desk@school.test',
) => summaryLine({ store, clock, daily: '07:00', recipients })

/** As after a start: the calendar knows what the store does, and nothing else. */
function started(store: Store, clock = createTestClock()) {
  const lines = [aLine(store, clock)]
  return createCalendar({ store, clock, timeZone: 'UTC', log: quiet, lines })
}

const lettersIn = ({ state }: Store) =>
  Object.values(state.outbox).filter((l) => l.kind === 'summary')

it('where platen is new the slot that has begun is past, and the next has the first one', async () => {
  const { store, report } = await aRoom()
  await store.update((tx) => tx.drop('schedule', 'summary'))
  await report('t-lib', 'lib', 2)
  const clock = createTestClock()
  await started(store, clock).ask()
  expect([lettersIn(store), store.state.schedule.summary?.done]).toEqual([[], ['2026-03-02']])
  clock.advance(24 * 3_600_000)
  await started(store, clock).ask()
  expect(lettersIn(store)).toHaveLength(1)
})

it('is posted once a day, however often platen starts', async () => {
  const { store, report } = await aRoom()
  await report('t-lib', 'lib', 2)
  const clock = createTestClock()
  for (let start = 0; start < 3; start++) {
    const calendar = started(store, clock)
    await calendar.ask()
    clock.advance(60_000)
    await calendar.ask()
  }
  expect(lettersIn(store)).toHaveLength(1)
  clock.advance(24 * 3_600_000)
  await started(store, clock).ask()
  expect(lettersIn(store)).toHaveLength(2)
  const notes = Object.values(store.state.journal).filter(({ what }) => what === 'summary posted')
  expect(notes.map(({ by, details }) => [by, details.slot])).toEqual([
    ['platen', '2026-03-02'],
    ['platen', '2026-03-03'],
  ])
})

it('a disk that does not take it has neither letter nor mark, and it comes an hour later', async () => {
  const memory = createMemoryStore()
  const { report } = await aRoom(memory)
  await report('t-lib', 'lib', 2)
  let isFull = true
  const update: Store['update'] = (change) =>
    memory.update((tx) => {
      const told = change(tx)
      if (isFull) throw new Refusal('unkeepable', 'The disk is full.')
      return told
    })
  const clock = createTestClock()
  const calendar = started({ ...memory, update }, clock)
  await calendar.ask()
  expect(lettersIn(memory)).toEqual([])
  expect(memory.state.schedule.summary?.done).toEqual([longAgo])
  isFull = false
  clock.advance(3_600_000)
  await calendar.ask()
  expect(lettersIn(memory)).toHaveLength(1)
})

it('the power may go between the letters and the word of the calendar: the day is done', async () => {
  const { store, report } = await aRoom()
  await report('t-lib', 'lib', 2)
  await aLine(store).call('2026-03-02')
  expect(store.state.schedule.summary?.done).toEqual([longAgo, '2026-03-02'])
  await aLine(store).call('2026-03-02')
  expect(lettersIn(store)).toHaveLength(1)
})

it('a day with nothing to tell, or nobody to tell, is done all the same', async () => {
  const { store, report } = await aRoom()
  await aLine(store).call('2026-03-01')
  await report('t-lib', 'lib', 2)
  await aLine(store, createTestClock(), null).call('2026-03-02')
  expect(lettersIn(store)).toEqual([])
  expect(store.state.schedule.summary?.done).toEqual([longAgo, '2026-03-01', '2026-03-02'])
  expect(lastSummary(store.state)).toBeNull()
})

it('one by hand does not stand for that of the day', async () => {
  const { store, report } = await aRoom()
  await report('t-lib', 'lib', 2)
  await store.update((tx) => postSummary(tx, whole, createAct()))
  expect(store.state.schedule.summary?.done).toEqual([longAgo])
  await started(store).ask()
  expect(lettersIn(store)).toHaveLength(2)
})

it('a summary that waits goes to nobody who was disabled meanwhile', async () => {
  const { store, report, wants, posted } = await aRoom()
  await report('t-gym', 'gym', 1)
  await wants('ben')
  await store.update((tx) => postSummary(tx, whole, createAct()))
  await store.update((tx) => disablePerson(tx, { name: 'ben' }, createAct()))
  expect(Object.keys(posted())).toEqual(['desk@school.test'])
})
