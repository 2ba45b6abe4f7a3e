import { afterEach, beforeEach, expect, it } from 'vitest'
import { createCalendar } from '../../src/core/schedule/calendar.ts'
import { summaryLine } from '../../src/core/tickets/digest.ts'
import type { OpenStore } from '../../src/disk/store.ts'
import { createOutbox } from '../../src/mail/outbox.ts'
import { createPost } from '../../src/mail/transport.ts'
import { createTestClock, type TestClock } from '../parts/clock.ts'
import { simulateDisk } from '../parts/disk.ts'
import { open } from '../parts/history.ts'
import { quiet } from '../parts/log.ts'
import { freePort } from '../parts/process.ts'
import { type Smtp, startSmtp } from '../parts/smtp.ts'
import { aPrintRoom } from '../parts/summary.ts'

// The summary of a day, on a disk that loses its power at every step: in the end everybody who gets it
// has had it once.

let smtp: Smtp | null = null
let port = 0
beforeEach(async () => {
  port = await freePort()
})
afterEach(async () => {
  await smtp?.stop()
  smtp = null
})

/** What of platen takes part, as a start makes it. */
function onStore(store: OpenStore, clock: TestClock = createTestClock()) {
  const recipients = 'desk@school.test'
  const calendar = createCalendar({
    ...{ store, clock, timeZone: 'UTC', log: quiet },
    lines: [summaryLine({ store, clock, daily: '07:00', recipients })],
  })
  const post = createPost({
    ...{ host: '127.0.0.1', port, startTls: false, caFile: null, user: null, password: null },
    from: { name: '', address: 'platen@school.test' },
  })
  const site = { name: 'North', url: 'https://print.school.test', timeZone: 'UTC' }
  const outbox = createOutbox({ ...{ store, clock, log: quiet, post, fallback: null }, site })
  return { ask: calendar.ask, outbox, clock }
}

/** A disk that holds a room with two tickets, whose desk and whose Ben get the summary. */
async function aDisk() {
  const disk = simulateDisk(1)
  const store = await open(disk, 1)
  const { report, wants } = await aPrintRoom(store)
  await report('t-lib', 'lib', 73)
  await report('t-gym', 'gym', 2)
  await wants('ben')
  return disk
}

const whole = [
  [['desk@school.test'], '2 tickets open, the oldest for 3 days: North'],
  [['Ben@school.test'], '1 ticket open, the oldest for 2 hours: North'],
]

/** Those of one moment are posted in no order. */
const received = () =>
  smtp?.letters
    .map(({ to, mail }) => [to, mail.subject])
    .sort(([a = ''], [b = '']) => (String(a) > String(b) ? -1 : 1))

it('the power may go at any step: each has one letter of the day', async () => {
  smtp = await startSmtp({ port })
  const disk = await aDisk()
  let cuts = 0
  for (let isCut = true; isCut; ) {
    cuts += 1
    const card = disk.crash(cuts)
    const before = await open(card, 2)
    card.cutAt = card.steps + cuts
    const asked = onStore(before)
      .ask()
      .then(() => false)
    isCut = await Promise.race([asked, card.dark.then(() => true)])
    const { ask, outbox } = onStore(await open(card.crash(cuts), 3))
    await ask()
    await outbox.tick()
    await ask()
    await outbox.tick()
    expect([cuts, received()]).toEqual([cuts, whole])
    smtp.letters.length = 0
  }
  // The change, and the word of the calendar behind it, are more than one step.
  expect(cuts).toBeGreaterThan(2)
})

it('the mail server may be away for hours: the letters wait, through a restart, and go once', async () => {
  const disk = await aDisk()
  const clock = createTestClock()
  const first = onStore(await open(disk, 2), clock)
  await first.ask()
  await first.outbox.tick()
  expect(first.outbox.trouble()).toContain('2 letters wait for 127.0.0.1')
  clock.advance(5 * 3_600_000)
  await first.ask()
  smtp = await startSmtp({ port })
  const second = onStore(await open(disk.kill(), 3), clock)
  await second.ask()
  await second.outbox.tick()
  await second.outbox.tick()
  expect(received()).toEqual(whole)
  const toldTo = (address: string) =>
    smtp?.letters.find(({ to }) => to.includes(address))?.mail.text ?? ''
  expect(toldTo('desk@school.test')).toContain('https://print.school.test/tickets/t-lib')
  expect(toldTo('Ben@school.test')).toContain('GYM-1')
  expect(toldTo('Ben@school.test')).not.toContain('t-lib')
  for (const { raw } of smtp.letters) expect(raw).not.toMatch(/Sam|sam@|thesis/)
})
