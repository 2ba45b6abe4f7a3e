import { afterEach, expect, test } from 'vitest'
import { createTestClock } from '../parts/clock.ts'
import { aPrinter } from '../parts/records.ts'
import { aVisitor } from '../parts/visitor.ts'
import { startWeb } from '../parts/web.ts'

// A Pi that has just been started, and that nothing has told the time yet.

const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

const mark = '(time not certain)'

async function reported({ trusted }: { trusted: boolean }) {
  let isTrusted = trusted
  const clock = { ...createTestClock('1970-01-01T00:10:00Z'), trusted: () => isTrusted }
  const portal = { name: 'optional', email: 'optional', status: 'coarse' } as const
  const web = await startWeb({ portal }, clock)
  stops.push(web.stop)
  await web.person('ada', 'administrator')
  await web.store.update((tx) => tx.put('printers', aPrinter({ token: 'QRCODE1' })))
  const student = aVisitor(web)
  const answer = await student.send('/p/QRCODE1', { matter: 'issue-jam' })
  const [ticket] = Object.values(web.store.state.tickets)
  isTrusted = true
  clock.set(new Date('2026-03-02T08:00:00Z'))
  const desk = aVisitor(web)
  await desk.signIn('ada')
  return {
    status: answer.status,
    receipt: await student.text(`/t/${ticket?.receipt}`),
    code: await student.text('/p/QRCODE1'),
    list: await desk.text('/tickets'),
    ticket: await desk.text(`/tickets/${ticket?.id}`),
  }
}

test('what was reported then is kept, and each page says that its time is not certain', async () => {
  const { status, ...pages } = await reported({ trusted: false })
  expect(status).toBe(303)
  expect(pages.receipt).toMatch(/Reported .* ago<\/time> \(time not certain\)/)
  expect(pages.code).toMatch(/reported a paper jam .* ago \(time not certain\)\./)
  expect(pages.list).toContain(mark)
  expect(pages.ticket.split(mark)).toHaveLength(3)
})

test('no page says so of a time that was right', async () => {
  const { status, ...pages } = await reported({ trusted: true })
  expect(status).toBe(303)
  for (const page of Object.values(pages)) expect(page).not.toContain(mark)
})
