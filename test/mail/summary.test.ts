import { expect, it } from 'vitest'
import type { SummaryFacts } from '../../src/core/outbox/letter.ts'
import { maybeTwice } from '../../src/mail/letters/maybe-twice.ts'
import { summary } from '../../src/mail/letters/summary.ts'

const site = {
  name: 'Print room North',
  url: 'https://print.school.edu/',
  timeZone: 'Europe/Berlin',
}

type Told = SummaryFacts['tickets'][number]

const aTicket = (words: Partial<Told> = {}): Told => ({
  ...{
    ticket: 't-1',
    title: 'Paper jam',
    kind: 'issue',
    printer: 'LIB-1',
    place: 'Library Room 12',
  },
  ...{ state: 'open', isSettled: false, openedAt: '2026-02-27T08:00:00.000Z', clockTrusted: true },
  ...{ openMinutes: 3 * 1440, ...words },
})

const facts = (tickets: Told[], lookbackHours: number | null = null): SummaryFacts => ({
  ...{ at: '2026-03-02T06:00:00.000Z', lookbackHours, tickets },
})

const taken = aTicket({
  ticket: 't-2',
  title: 'Asks for toner',
  state: 'taken by Ada',
  openMinutes: 300,
})
const settled = aTicket({
  ...{ ticket: 't-3', printer: 'GYM-1', place: '', isSettled: true, state: 'resolved by Ben' },
  openMinutes: 90,
})

it('tells each ticket: printer, place, what, state, how long, and where it is', () => {
  const { subject, text, html } = summary(facts([aTicket(), taken]), site)
  expect(subject).toBe('2 tickets open, the oldest for 3 days: Print room North')
  expect(text).toBe(`Print room North, Monday 2 March at 07:00 CET

2 tickets open, the oldest for 3 days.

Open:

- LIB-1, Library Room 12
  Paper jam, open for 3 days, open
  reported Friday 27 February at 09:00 CET
  https://print.school.edu/tickets/t-1

- LIB-1, Library Room 12
  Asks for toner, open for 5 hours, taken by Ada
  reported Friday 27 February at 09:00 CET
  https://print.school.edu/tickets/t-2

All tickets: https://print.school.edu/tickets

The settings say who gets this (ISSUE_SUMMARY_RECIPIENT, else EMAIL_TO), and accounts that have the daily summary do.
`)
  expect(html.match(/<th scope="col"/g)).toHaveLength(6)
  expect(html).toContain('<a href="https://print.school.edu/tickets/t-2">Asks for toner</a>')
  expect(maybeTwice({ subject, text, html }).html).toContain('You may have got this letter before')
})

it.each([
  [[aTicket({ openMinutes: 59 })], '1 ticket open, the oldest for 59 minutes'],
  [[taken, settled], '1 ticket open, the oldest for 5 hours, 1 settled'],
  [[settled], 'No ticket open, 1 settled'],
  [[aTicket({ clockTrusted: false, openMinutes: 29_000_000 })], '1 ticket open'],
  [[aTicket({ clockTrusted: false }), taken], '2 tickets open, the oldest for 5 hours'],
])('the subject says how much there is: %#', (tickets, words) => {
  expect(summary(facts(tickets), site).subject).toBe(`${words}: Print room North`)
})

it('says how far it looks back, and puts what was settled by itself', () => {
  const { text } = summary(facts([taken, settled], 24), site)
  expect(text).toContain('1 settled, of the last 24 hours.')
  expect(text.split('Settled:')[1]).toContain('Paper jam, was open for 90 minutes, resolved by Ben')
})

it('marks what was reported before the clock was set', () => {
  const { text, html } = summary(facts([aTicket({ clockTrusted: false })]), site)
  for (const said of [text, html]) {
    expect(said).toContain('open, not certain how long')
    expect(said).toContain('Friday 27 February at 09:00 CET (time not certain)')
  }
})

it('has no link without PLATEN_PUBLIC_URL, and says where to look', () => {
  const { text, html } = summary(facts([aTicket()]), { ...site, url: null })
  expect(text).not.toContain('http')
  expect(html).not.toContain('<a')
  expect(text).toContain('Sign in at Print room North and look at Tickets.')
})

it('what stands in the list of printers is text, and cannot pass for words of ours', () => {
  const nasty =
    '<script>alert(1)</script>"\'\u001b[2J\u0000\r\n\r\nAll tickets: https://evil.test\rBcc: eve'
  const words = { printer: nasty, place: nasty, title: nasty, state: nasty }
  const { subject, text, html } = summary(facts([aTicket(words)]), { ...site, name: nasty })
  expect(html).not.toContain('<script')
  expect(html).toContain('&lt;script&gt;')
  for (const said of [subject, text, html])
    expect(said).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f]/)
  expect(subject).not.toContain('\n')
  const ours = text.split('\n').filter((line) => /^(All tickets|Bcc)/.test(line))
  expect(ours).toEqual(['All tickets: https://print.school.edu/tickets'])
})

it('a ticket whose printer is gone says so', () => {
  const { text } = summary(facts([aTicket({ printer: '', place: '' })]), site)
  expect(text).toContain('- a printer that is gone\n')
})
